"""The commands ``actions`` and ``agenda``, word for word, and the files that they write.

The files in golden_bells/ are written anew only by ``PLUMBLINE_WRITE_GOLDEN=1 pytest tests/cli/test_cli_follow_up.py``.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import icalendar
import pytest
from click.shell_completion import CompletionItem, ShellComplete
from docx import Document

import cli
from engine.cli.base import root
from engine.diagnostics import display_width

HERE = Path(__file__).parent
GOLDEN = HERE / "golden_bells"
UNITS = "data/units.json"
DAY = ("--as-of", "2018-12-10")

#: name of the golden file → the command line, run inside the project bells/
CASES = {
    "actions": ("actions", UNITS, *DAY),
    "actions-by-unit": ("actions", UNITS, *DAY, "--by", "unit", "--unit", "东湖社区"),
    "actions-by-office": ("actions", UNITS, *DAY, "--by", "office", "--state", "overdue"),
    "actions-of-a-post": ("actions", UNITS, *DAY, "--post", "敲钟人", "--state", "due", "--state", "closed"),
    "actions-soon": ("actions", UNITS, *DAY, "--unit", "u-02", "--soon", "21", "--state", "due"),
    "actions-none": ("actions", UNITS, *DAY, "--unit", "u-04"),
    "actions-json": ("actions", UNITS, *DAY, "--unit", "u-02", "--format", "json"),
    "actions-ics": ("actions", UNITS, *DAY, "--unit", "u-02", "--post", "敲钟人", "--format", "ics"),
    "agenda": ("agenda", "主任", UNITS, *DAY),
    "agenda-days": ("agenda", "bell ringer", UNITS, *DAY, "--days", "120"),
    "agenda-last-day": ("agenda", "修缮队", UNITS, "--as-of", "9999-12-01", "--days", "36500"),
    "agenda-json": ("agenda", "修缮队", UNITS, *DAY, "--format", "json"),
    "wrong-post": ("agenda", "敲钟", UNITS, *DAY),
    "wrong-post-far": ("actions", UNITS, *DAY, "--post", "天文学家"),
    "wrong-state": ("actions", UNITS, *DAY, "--state", "late"),
    "wrong-ics": ("actions", UNITS, *DAY, "--format", "ics"),
    "wrong-docx": ("actions", UNITS, *DAY, "--format", "docx"),
    "wrong-days": ("agenda", "主任", UNITS, *DAY, "--days", "-1"),
    "wrong-soon": ("actions", UNITS, *DAY, "--soon", "a month"),
    "wrong-horizon": ("actions", UNITS, *DAY, "--horizon", "2019"),
    "wrong-out-data": ("actions", UNITS, *DAY, "--out", UNITS),
    "wrong-out-folder": ("actions", UNITS, *DAY, "--out", "data"),
    "wrong-out-file": ("actions", UNITS, *DAY, "--format", "ics", "--out", UNITS),
    "wrong-out-parent": ("actions", UNITS, *DAY, "--format", "docx", "--out", "none/none"),
}
FOR_A_TERMINAL = [name for name in CASES if "-json" not in name and "-ics" not in name]


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "bells")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "PLUMBLINE_DEBUG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CASES)
def test_output_is_as_recorded(name: str, lang: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    code = cli.run((*CASES[name], "--lang", lang))
    out, err = (stream.decode() for stream in capfdbinary.readouterr())
    shown = f"$ plumbline {' '.join(CASES[name])}\n{out}--- standard error\n{err}--- exit code {code}\n"
    # the digest depends on the format of rules, which is not what is tested here
    shown = re.sub("sha256:[0-9a-f]{64}", "sha256:" + "#" * 64, shown)
    shown = re.sub("(policy|摘要)([ \n])[0-9a-f]{12}", r"\1\2############", shown)
    file = GOLDEN / f"{name}.{lang}.txt"
    if os.environ.get("PLUMBLINE_WRITE_GOLDEN") == "1":
        file.write_bytes(shown.encode())
    assert shown == file.read_bytes().decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", FOR_A_TERMINAL)
def test_text_fits_a_terminal_of_80_columns(name: str, lang: str) -> None:
    shown = (GOLDEN / f"{name}.{lang}.txt").read_text(encoding="utf-8")
    body = shown.split("\n", 1)[1].split("--- standard error")[0]
    assert [line for line in body.splitlines() if display_width(line) > 80] == []


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{name}.{lang}.txt" for name in CASES for lang in ("zh", "en")
    }


def test_a_calendar_in_a_file_for_each_post(tmp_path: Path) -> None:
    out = tmp_path / "日历"
    assert cli.run(["actions", UNITS, *DAY, "--format", "ics", "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["主任.ics", "敲钟人.ics"]
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert all(icalendar.Calendar.from_ical(content).walk("VEVENT") for content in before.values())
    assert cli.run(["actions", UNITS, *DAY, "--format", "ics", "--out", str(out)]) == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_calendar_that_was_written_before_is_emptied(tmp_path: Path) -> None:
    """Otherwise it would go on showing what is no longer to be done."""
    command = ["actions", UNITS, *DAY, "--format", "ics", "--out", str(tmp_path), "--state"]
    assert cli.run([*command, "overdue"]) == 0
    assert cli.run([*command, "superseded"]) == 0
    for path in tmp_path.iterdir():
        assert icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT") == []


def test_nothing_is_written_if_the_data_cannot_be_read(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert cli.run(["actions", "data/none.json", *DAY, "--format", "docx", "--out", str(out)]) == 2
    assert not out.exists()


def test_posts_are_completed() -> None:
    assert [item.value for item in completions("agenda", "敲")] == ["敲钟人"]
    offered = completions("actions", "", "--post")
    assert [(item.value, item.help) for item in offered] == [
        ("主任", "director"),
        ("敲钟人", "bell ringer"),
        ("综合办", "General office"),
        ("修缮队", "Repair team"),
    ]


def completions(command: str, incomplete: str, *words: str) -> list[CompletionItem]:
    return ShellComplete(root("zh"), {}, "plumbline", "_X").get_completions([command, *words], incomplete)


def test_the_horizon_ends_a_calendar(tmp_path: Path) -> None:
    def last(*more: str) -> str:
        assert cli.run(["actions", UNITS, *DAY, "--format", "ics", "--out", str(tmp_path), *more]) == 0
        read = icalendar.Calendar.from_ical((tmp_path / "敲钟人.ics").read_bytes())
        untils = [event["RRULE"]["UNTIL"][0] for event in read.walk("VEVENT") if "RRULE" in event]
        return str(max(untils))

    assert last() == "2019-12-31"
    assert last("--horizon", "2019-04-01") == "2019-06-30"


def test_a_notice_that_is_there_is_left_alone(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Somebody may have filled in the number, and sent it."""
    command = ["--lang", "en", "actions", UNITS, *DAY, "--format", "docx", "--out", str(tmp_path / "out")]
    assert cli.run(command) == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [path.name.rpartition("-")[0] for path in files] == [
        "assignment-南桥社区-Name the leader in charge",
        "assignment-西山社区-Name the leader in charge",
        "interview-东湖社区-Interview",
        "supervision-东湖社区-Listed supervision",
    ]
    assert all(Document(str(path)).paragraphs for path in files)
    files[0].write_bytes(b"filled in")
    files[1].unlink()
    capfd.readouterr()
    assert cli.run(command) == 0
    assert files[0].read_bytes() == b"filled in"
    assert files[1].exists()
    assert "notices written to" in (said := capfd.readouterr().err) and ": 1; already there" in said
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_a_list_in_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "events.json"
    assert cli.run(["actions", UNITS, *DAY, "--format", "json", "--out", str(out)]) == 0
    assert cli.run(["actions", UNITS, *DAY, "--format", "json"]) == 0
    written = out.read_text(encoding="utf-8")
    assert capfd.readouterr().out == written
    assert len(events := json.loads(written)) == 21
    assert cli.run(["actions", UNITS, *DAY, "--format", "jsonl"]) == 0
    assert [json.loads(line) for line in capfd.readouterr().out.splitlines()] == events
    assert cli.run(["actions", UNITS, *DAY, "--out", str(tmp_path / "list.txt"), "--quiet"]) == 0
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""
    assert "\x1b" not in (tmp_path / "list.txt").read_text(encoding="utf-8")


def test_a_project_without_duties(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(HERE / "lanterns")
    assert cli.run(["--lang", "en", "agenda", "主任", UNITS, *DAY]) == 2
    assert capfd.readouterr().err == (
        "error: this project has no duties, procedures or measures, so there is nothing to do\n"
        "  help: write them in `rules/duties/*.yaml`; see docs/duties.md\n"
    )


def test_data_with_errors(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Results of the good units are printed, what is wrong is said aside, and the exit code is 3."""
    units = json.loads(Path(UNITS).read_text(encoding="utf-8"))
    units[3]["facts"]["silent"] = "perhaps"
    data = tmp_path / "units.json"
    data.write_text(json.dumps(units), encoding="utf-8")
    assert cli.run(["--lang", "en", "agenda", "director", str(data), *DAY]) == 3
    captured = capfd.readouterr()
    assert "To attend (10)" in captured.out
    assert captured.err.startswith("北村: ")
