"""Imports go one way: each package of the engine may import only those that stand before it.

Run as ``python .ci/imports.py``; prints every import that goes back and exits 1 if there is one.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

#: From the bottom up. A package may import from itself and from those before it.
LAYERS = (
    "messages",
    "nearest",
    "diagnostics",
    "language",
    "project",
    "facts",
    "inference",
    "duties",
    "wording",
    "explain",
    "report",
    "batch",
    "analysis",
    "ledger",
    "cli",
)


def imported(tree: ast.AST) -> list[tuple[int, str]]:
    """(line, module) for every import of the engine or the command line, wherever it stands."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            found += [
                (node.lineno, f"{module}.{alias.name}" if module == "engine" else module)
                for alias in node.names
            ]
    return [(line, name) for line, name in found if name.split(".")[0] in ("engine", "cli")]


def violations(root: Path) -> list[str]:
    """One line per import that goes back, as ``file:line: a imports b``."""
    wrong = []
    for path in sorted((root / "engine").rglob("*.py")):
        parts = path.relative_to(root / "engine").with_suffix("").parts
        layer = parts[0]
        if layer == "__init__":
            continue
        if layer not in LAYERS:
            wrong.append(f"{path.relative_to(root)}: `{layer}` has no place in the order of layers")
            continue
        for line, name in imported(ast.parse(path.read_text(encoding="utf-8"))):
            target = name.split(".")[1] if name.startswith("engine.") else name.split(".")[0]
            if target == "engine" or (target in LAYERS and LAYERS.index(target) <= LAYERS.index(layer)):
                continue
            wrong.append(f"{path.relative_to(root)}:{line}: `{layer}` imports `{name}`")
    return wrong


if __name__ == "__main__":
    found = violations(Path(__file__).resolve().parent.parent)
    print("\n".join(found) or "imports go one way")
    sys.exit(1 if found else 0)
