"""Imports go one way; the check itself is checked on a file that breaks the rule."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location("ci_imports", ROOT / ".ci" / "imports.py")
assert spec is not None and spec.loader is not None
imports = importlib.util.module_from_spec(spec)
spec.loader.exec_module(imports)


def test_the_engine_imports_one_way() -> None:
    assert imports.violations(ROOT) == []


def test_an_import_that_goes_back_is_named(tmp_path: Path) -> None:
    (tmp_path / "engine" / "language").mkdir(parents=True)
    (tmp_path / "engine" / "language" / "bad.py").write_text(
        "def f():\n    from engine.project import load\n"
    )
    assert imports.violations(tmp_path) == ["engine/language/bad.py:2: `language` imports `engine.project`"]
