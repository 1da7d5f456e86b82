"""The installed command as a process: exit codes, pipes, colours, encodings, and nothing but messages on errors."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LANTERNS = HERE / "lanterns"
DAY = ("--as-of", "2018-12-31")


def run(
    *args: str, env: dict[str, str] | None = None, cwd: Path = LANTERNS
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *args],
        cwd=cwd,
        env=environment(env),
        capture_output=True,
        timeout=60,
        check=False,
    )


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR", "PYTHONPATH")
    }
    return {**kept, "COLUMNS": "80", "PYTHONUTF8": "1", "LC_ALL": "en_US.UTF-8", **(more or {})}


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("check",), 0),
        (("test",), 0),
        (("test", "no such test"), 2),
        (("evaluate", "data/units.json", *DAY), 0),
        (("evaluate", "data/units.json"), 2),
        (("evaluate", "data/bad.json", *DAY), 3),
        (("evaluate", "data/units.json", *DAY, "--fail-on", "weak"), 4),
        (("evaluate", "data/units.json", *DAY, "--fail-on", "undetermined"), 4),
        (("evaluate", "data/units.json", *DAY, "--fail-on", "weak", "--unit", "u-05"), 0),
        # 3 comes before 4: bad data may hide a unit that --fail-on names
        (("evaluate", "data/bad.json", *DAY, "--fail-on", "undetermined"), 3),
        (("explain", "data/units.json", "u-01", *DAY), 0),
        (("--project", "data", "check"), 2),
    ],
)
def test_exit_codes(args: tuple[str, ...], code: int) -> None:
    done = run(*args)
    assert (done.returncode, b"Traceback" in done.stderr + done.stdout) == (code, False)


def test_a_policy_with_errors_prints_them_and_exits_with_2(tmp_path: Path) -> None:
    assert run("init", "plan", "--empty", cwd=tmp_path).returncode == 0
    rules = tmp_path / "plan" / "rules" / "classification.yaml"
    rules.write_text(rules.read_text().replace("listed_as_key", "listed_as_kee"))
    project = tmp_path / "plan"
    checked = run("check", cwd=project)
    assert checked.returncode == 1
    assert checked.stdout.startswith(b"rules/classification.yaml:")
    evaluated = run("evaluate", "units.json", *DAY, cwd=project)
    assert (evaluated.returncode, evaluated.stdout) == (2, b"")
    assert b"the policy does not load" in evaluated.stderr


def test_global_options_stand_before_or_after_the_command() -> None:
    before = run("--format", "json", "--lang", "zh", "evaluate", "data/units.json", *DAY)
    after = run("evaluate", "data/units.json", *DAY, "--lang", "zh", "--format", "json")
    assert before.stdout == after.stdout
    assert json.loads(before.stdout)["summary"]["units_read"] == 5


def test_the_language_follows_the_environment_and_lang_wins() -> None:
    assert "认定" in run("evaluate", "data/units.json", *DAY, env={"LC_ALL": "zh_CN.UTF-8"}).stdout.decode()
    assert "verdict" in run("evaluate", "data/units.json", *DAY, env={"LC_ALL": "C"}).stdout.decode()
    forced = run("evaluate", "data/units.json", *DAY, "--lang", "en", env={"LC_ALL": "zh_CN.UTF-8"})
    assert "verdict" in forced.stdout.decode()


def test_output_to_a_pipe_has_no_escape_sequences() -> None:
    for args in (("evaluate", "data/units.json", *DAY), ("--help",)):
        assert b"\x1b" not in run(*args).stdout
        assert b"\x1b" not in run(*args, env={"NO_COLOR": "1", "FORCE_COLOR": "1"}).stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "evaluate",
        *["data/units.json"],
        *DAY,
        "--format",
        "json",
    ]
    with subprocess.Popen(
        command, cwd=LANTERNS, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)


def test_a_console_in_another_encoding_gets_question_marks_instead_of_an_error() -> None:
    shown = run(
        "explain",
        "data/units.json",
        "u-01",
        *DAY,
        "--lang",
        "en",
        env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
    )
    assert shown.returncode == 0
    assert b"?  clause 1 Who is concerned" in shown.stdout
    gbk = run(
        "evaluate",
        "data/units.json",
        *DAY,
        "--lang",
        "zh",
        env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
    )
    assert "需要整改" in gbk.stdout.decode("gbk")


def test_machine_formats_are_utf_8_in_any_locale() -> None:
    for encoding in ("gbk", "ascii"):
        done = run(
            "evaluate",
            "data/units.json",
            *DAY,
            "--format",
            "json",
            env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        )
        assert json.loads(done.stdout.decode("utf-8"))["results"][0]["unit"]["name"] == "东湖社区"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_ctrl_c_is_a_short_message_and_130(tmp_path: Path) -> None:
    fifo = tmp_path / "units.json"
    os.mkfifo(fifo)  # reading it blocks until somebody writes
    command = [sys.executable, str(ROOT / "cli.py"), "evaluate", str(fifo), *DAY]
    with subprocess.Popen(
        command, cwd=LANTERNS, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"\ninterrupted\n")


def test_help_imports_no_part_of_the_engine_that_is_slow() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", str(ROOT / "cli.py"), "--help"],
        cwd=LANTERNS,
        env=environment(),
        capture_output=True,
        timeout=60,
        check=True,
    )
    names = {line.rsplit("|", 1)[1].strip() for line in done.stderr.decode().splitlines() if "|" in line}
    slow = {
        "pydantic",
        "networkx",
        "openpyxl",
        "lark",
        "yaml",
        "engine.project",
        "engine.inference",
        "engine.facts",
    }
    assert "click" in names
    assert names & slow == set()


def test_a_command_that_prints_text_does_not_import_rich() -> None:
    code = (
        "import sys, cli; cli.run(['evaluate', 'data/units.json', '--as-of', '2018-12-31']);"
        "print([m for m in ('rich', 'rich_click', 'openpyxl') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=LANTERNS,
        env=environment({"PYTHONPATH": str(ROOT)}),
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert done.stderr.decode().splitlines()[-1] == "[]"
