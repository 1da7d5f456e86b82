"""Which files make up a project, and what kind each is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.project.file_kinds import FILE_KINDS
from engine.project.models import Model
from engine.project.reporting import Reporter
from engine.project.validate import validate
from engine.project.yaml import Document, read_yaml

POLICY_FILES = ("document", "vocabulary", "organisation", "timetable", "parameters")
TEST_ENDINGS = (".test.yaml", ".test.yml")
#: A rule file's kind is told by the key it begins with.
RULE_KEYS = {
    "category": "screening",
    "criteria": "screening",
    "weak": "classification",
    "key": "classification",
    "tables": "assignment",
    "duties": "duties",
    "groups": "duties",
    "procedures": "procedures",
    "measures": "measures",
    "ladders": "measures",
    "comparisons": "comparisons",
    "baselines": "baselines",
    "tests": "tests",
}


@dataclass(frozen=True)
class ProjectFile:
    """A file of the project: its text with positions, its kind, and its content as a model."""

    document: Document
    kind: str
    model: Model


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that has both ``policy/`` and ``rules/``."""
    for folder in (start, *start.parents):
        if (folder / "policy").is_dir() and (folder / "rules").is_dir():
            return folder
    return None


@dataclass(frozen=True)
class ProjectFiles:
    """``files`` fit their model; ``unfit`` do not, but their text was read; ``unread`` were not even that (names)."""

    files: tuple[ProjectFile, ...]
    unfit: tuple[Document, ...]
    unread: tuple[str, ...]


def read_files(root: Path, report: Reporter, *, tests: bool = True) -> ProjectFiles:
    """Every YAML file of the project, in order of name; whatever is wrong with one is reported.

    ``tests=False`` leaves the files named ``*.test.yaml`` alone: half of a project, and no part of its policy.
    """
    found: list[ProjectFile] = []
    unfit: list[Document] = []
    unread: list[str] = []
    for path in _yaml_files(root):
        if not tests and path.name.endswith(TEST_ENDINGS):
            continue
        name = path.relative_to(root).as_posix()
        result = read_yaml(path, name)
        report.diagnostics.extend(result.diagnostics)
        if result.document is None:
            unread.append(name)
            continue
        kind = _kind(path, root, result.document, report)
        model = validate(result.document, kind, report) if kind is not None else None
        if kind is not None and model is not None:
            found.append(ProjectFile(result.document, kind, model))
        else:
            unfit.append(result.document)
    _check_policy_files(root, report)
    return ProjectFiles(tuple(found), tuple(unfit), tuple(unread))


def policy_texts(root: Path) -> dict[str, str]:
    """Name → text of every file that makes the policy: all but the project's tests. Raises OSError, UnicodeDecodeError."""
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8-sig")
        for path in _yaml_files(root)
        if not path.name.endswith(TEST_ENDINGS)
    }


def _yaml_files(root: Path) -> Iterator[Path]:
    for folder in ("policy", "rules"):
        yield from sorted(
            path
            for path in (root / folder).rglob("*")
            if path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith((".", "~"))
        )


def _kind(path: Path, root: Path, document: Document, report: Reporter) -> str | None:
    if path.parent == root / "policy":
        kind = path.name.partition(".")[0]
        if kind in POLICY_FILES:
            return kind
        expected = ", ".join(f"`policy/{name}.yaml`" for name in POLICY_FILES)
        report.in_file(document.name, "unknown-policy-file", expected=expected)
        return None
    if not isinstance(document.data, dict):
        report.at_value(document, (), "not-a-mapping", found=str(document.data or ""), key=document.name)
        return None
    for key, kind in RULE_KEYS.items():
        if key in document.data:
            return kind
    if path.name.endswith(TEST_ENDINGS):
        return "tests"
    report.in_file(document.name, "unknown-rule-file", expected=", ".join(f"`{k}`" for k in RULE_KEYS))
    return None


def missing_policy_files(root: Path) -> bool:
    """Whether one of the five files under policy/ is not there at all."""
    return any(
        not any((root / "policy" / f"{kind}{ending}").exists() for ending in (".yaml", ".yml"))
        for kind in POLICY_FILES
    )


def _check_policy_files(root: Path, report: Reporter) -> None:
    for kind in POLICY_FILES:
        names = [f"policy/{kind}{ending}" for ending in (".yaml", ".yml")]
        present = [name for name in names if (root / name).exists()]
        if not present:
            report.in_file(names[0], "missing-policy-file")
        elif len(present) > 1:
            report.in_file(present[1], "policy-file-twice", other=present[0])


assert set(POLICY_FILES) | set(RULE_KEYS.values()) == set(FILE_KINDS), "every file kind can be recognised"
