"""Every command in the documents is run, and prints what the document says.

A block that begins with ```` ```console ```` holds commands after ``$ `` and, below each, its exact output; a line that is
only ``…`` stands for lines left out, in a line for a part of it. The commands of one document run in order in one new
folder that holds a copy of the built-in project. ``cat > FILE`` is a block ```` ```yaml file=FILE ```` instead: its content
replaces that file; a block ```` ```diff file=FILE ```` changes lines of it. The documents' own script that checks an export
is run as it stands there.

To write the output of changed commands into the documents, run with ``PLUMBLINE_WRITE_DOCS=1`` and read the difference.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")) if path.name != "CHANGELOG.md"
)
BLOCK = re.compile(
    r"^```(?P<kind>console|(?:yaml|diff) file=(?P<file>\S+))\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE
)
EXIT = re.compile(r"^# exit code (\d+)$")


def run(command: str, folder: Path) -> str:
    """What ``plumbline …`` prints, standard error after standard output, and its exit code unless 0."""
    words = shlex.split(command)
    start = [sys.executable, "-m", "cli"]
    if words[:2] == ["python", "verify_ledger.py"]:
        words, start = words[1:], [sys.executable, "-I", str(ROOT / "docs" / "verify_ledger.py")]
    else:
        assert words[0] == "plumbline", f"only plumbline commands are run: {command}"
    environment = {
        **os.environ,
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [*start, *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    text = done.stdout + done.stderr
    return text + (f"# exit code {done.returncode}\n" if done.returncode else "")


def agrees(shown: list[str], actual: list[str]) -> bool:
    """Whether ``actual`` is what ``shown`` says, where ``…`` alone stands for any lines, in a line for any signs."""
    pattern = "".join(
        "(?:.*\n)*" if line == "…" else re.escape(line.rstrip()).replace("…", ".*") + "\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in actual)) is not None


def parts(body: str) -> list[tuple[str, list[str]]]:
    """(command, lines shown below it) for each command of a console block."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_the_document_print_what_it_says(document: Path, tmp_path: Path) -> None:
    project = tmp_path / "changgang"
    project.mkdir()
    for name in ("policy", "rules", "examples"):
        shutil.copytree(ROOT / name, project / name)
    text = document.read_text(encoding="utf-8")
    wrong: list[str] = []

    def check(block: re.Match[str]) -> str:
        if block["kind"].startswith("diff"):
            path = project / block["file"]
            before, after = (
                "".join(line[1:] + "\n" for line in block["body"].splitlines() if line[:1] in (" ", mark))
                for mark in "-+"
            )
            content = path.read_text(encoding="utf-8")
            assert content.count(before) == 1, f"{block['file']} does not have these lines once"
            path.write_text(content.replace(before, after), encoding="utf-8")
            return block[0]
        if block["file"]:
            (project / block["file"]).write_text(block["body"], encoding="utf-8")
            return block[0]
        lines = []
        for command, shown in parts(block["body"]):
            actual = run(command, project).splitlines()
            if not agrees(shown, actual):
                wrong.append(f"$ {command}\n" + "\n".join(actual))
                shown = actual
            lines += [f"$ {command}", *shown]
        return "```console\n" + "\n".join(lines) + "\n```"

    rewritten = BLOCK.sub(check, text)
    if os.environ.get("PLUMBLINE_WRITE_DOCS") == "1":
        document.write_text(rewritten, encoding="utf-8")
    else:
        assert not wrong, "\n\n".join(wrong)


def test_the_documents_come_in_both_languages() -> None:
    english = {path.name for path in DOCUMENTS if not path.name.endswith(".zh.md")}
    chinese = {path.name.replace(".zh.md", ".md") for path in DOCUMENTS if path.name.endswith(".zh.md")}
    assert english == chinese


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


@pytest.mark.parametrize("name", ["commands.md", "commands.zh.md"])
def test_every_command_is_documented(name: str) -> None:
    from engine.cli.base import COMMANDS

    shown = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert [c for c in COMMANDS if f"## {c}\n" not in shown] == []
