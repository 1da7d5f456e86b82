"""The parts of the command line by themselves: language, words, values, completion, new projects, last resorts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from string import Formatter
from types import ModuleType

import click
import pytest
from click.shell_completion import ShellComplete

import cli
from engine.cli import exits, new_project
from engine.cli.base import COMMANDS, root
from engine.cli.language import language
from engine.cli.one_unit import Words, unit_words
from engine.cli.values import parameter_value
from engine.language.values import YearsMonths
from engine.messages import cli as cli_messages
from engine.messages import explain as explain_messages
from engine.messages import report as report_messages
from engine.project import load
from engine.project.policy import Choice, Parameter, Text

LANTERNS = Path(__file__).parent / "lanterns"
UNITS = "data/units.json"


@pytest.mark.parametrize(
    ("args", "environ", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US"}, "en"),
        ([], {"LANG": "en_US", "LC_ALL": "zh_TW"}, "zh"),
        ([], {"LC_ALL": "", "LANG": "zh"}, "zh"),
        (["check", "--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["--lang=zh", "check"], {}, "zh"),
        (["--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        (["rule", "--", "--lang", "zh"], {}, "en"),
    ],
)
def test_language(args: list[str], environ: dict[str, str], lang: str) -> None:
    assert language(args, environ) == lang


def test_words_of_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LANTERNS)
    data, bad = Path(UNITS), Path("data/bad.json")

    def split(words: list[str]) -> Words:
        return unit_words(words, most=2, form="cli.explain-form")

    assert split([UNITS, "东湖社区"]) == Words((data,), "东湖社区", None)
    assert split([UNITS, "data/bad.json", "u-01", "weak"]) == Words((data, bad), "u-01", "weak")
    # the last word is the unit even if a file of that name happens to exist
    assert split([UNITS, "data/bad.json"]) == Words((data,), "data/bad.json", None)
    for wrong in ([UNITS], ["none.json", "u-01"], [UNITS, "u-01", "weak", "key"]):
        with pytest.raises(exits.CommandError):
            split(wrong)


def parameter(kind: str, *choices: str) -> Parameter:
    name = Text("名", "name")
    made = tuple(Choice(choice, choice.upper()) for choice in choices)
    return Parameter("p", name, kind, None, "text", name, "1", (), choices=made)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("number", "0.50", Decimal("0.50")),
        ("integer", "3", Decimal(3)),
        ("boolean", "是", True),
        ("boolean", "false", False),
        ("duration", "12个月", YearsMonths(12)),
        ("duration", "2 years", YearsMonths(24)),
        ("duration", "30 days", timedelta(days=30)),
        ("date", "2018-12-31", date(2018, 12, 31)),
        ("reading", "any", "any"),
        ("text", "任何", "任何"),
    ],
)
def test_parameter_values(kind: str, written: str, value: object) -> None:
    assert parameter_value(parameter(kind), written, "en") == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("number", "three"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("integer", "2.5"),
        ("boolean", "1"),
        ("duration", "soon"),
        ("date", "2018-02-30"),
        ("date", "2018-2-3"),
        ("reading", "some"),
        ("text", ""),
    ],
)
def test_values_of_the_wrong_kind_are_refused(kind: str, written: str) -> None:
    with pytest.raises(exits.CommandError):
        parameter_value(parameter(kind), written, "en")


def test_a_choice_is_named_in_either_language() -> None:
    assert parameter_value(parameter("choice", "any_of"), "ANY_OF", "en") == "any_of"
    with pytest.raises(exits.CommandError):
        parameter_value(parameter("choice", "any_of"), "other", "en")


def completions(monkeypatch: pytest.MonkeyPatch, *args: str, incomplete: str = "") -> set[str]:
    monkeypatch.chdir(LANTERNS)
    found = ShellComplete(root("en"), {}, "plumbline", "_PLUMBLINE_COMPLETE")
    return {str(item.value) for item in found.get_completions(list(args), incomplete)}


def test_completion(monkeypatch: pytest.MonkeyPatch) -> None:
    assert completions(monkeypatch) == set(COMMANDS)
    assert completions(monkeypatch, "rule", incomplete="lantern") == {
        "lantern_damage",
        "lantern_damage.repeated",
    }
    assert completions(monkeypatch, "rule", incomplete="责任") == {"责任领导"}
    assert "东湖社区" in completions(monkeypatch, "explain", UNITS)
    assert completions(monkeypatch, "explain", UNITS, incomplete="u-") == {f"u-0{i}" for i in range(1, 6)}
    assert "leader" in completions(monkeypatch, "explain", UNITS, "u-01")
    assert completions(monkeypatch, "explain", incomplete="data/un") == {UNITS}
    assert "西山社区" in completions(monkeypatch, "evaluate", UNITS, "--unit", incomplete="西")
    assert completions(monkeypatch, "evaluate", "--param", incomplete="re") == {"repeated_damage="}


def test_completion_outside_a_project_is_empty_and_silent(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = ShellComplete(root("en"), {}, "plumbline", "_PLUMBLINE_COMPLETE")
    assert found.get_completions(["rule"], "") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["completion", shell]) == 0
    assert f"_PLUMBLINE_COMPLETE={shell}_complete" in capfd.readouterr().out


def test_a_new_empty_project_passes_check_and_its_own_tests(tmp_path: Path) -> None:
    assert cli.run(["init", str(tmp_path / "p"), "--empty", "--quiet"]) == 0
    assert load(tmp_path / "p").diagnostics == ()
    assert cli.run(["--project", str(tmp_path / "p"), "test"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p"]


def test_a_new_project_copies_the_built_in_plan(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()  # an empty folder is fine
    assert cli.run(["init", str(tmp_path / "p"), "--quiet"]) == 0
    copied, original = load(tmp_path / "p"), load(new_project.builtin_folder())
    assert copied.policy is not None
    assert original.policy is not None
    assert copied.policy.digest == original.policy.digest


def test_a_folder_with_anything_in_it_is_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    assert cli.run(["init", str(tmp_path), "--lang", "en"]) == 2
    assert "is not an empty folder" in capfd.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device", "p")

    monkeypatch.setattr(new_project.shutil, "copytree", full)
    assert cli.run(["init", str(tmp_path / "p")]) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "form"),
    [
        (("report", "units.json", "--as-of", "2018-12-31"), "--out page.html"),
        (("template",), "plumbline template units.xlsx"),
    ],
)
def test_what_is_missing_is_shown_in_the_form_that_this_command_takes(
    args: tuple[str, ...], form: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.run([*args, "--lang", "en"]) == 2
    assert f"help: write `{form}`" in capfd.readouterr().err


def test_template_refuses_to_overwrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LANTERNS)
    out = tmp_path / "台账.xlsx"
    assert cli.run(["template", str(out), "-q"]) == 0
    assert out.read_bytes()[:2] == b"PK"
    assert cli.run(["template", str(out), "-q"]) == 2
    assert cli.run(["template", str(tmp_path / "a.csv"), "-q"]) == 2


def test_schema_writes_a_file_for_each_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(LANTERNS)
    assert cli.run(["schema", "--out", str(tmp_path / "s"), "-q"]) == 0
    assert {"document.json", "screening.json", "tests.json"} <= {
        path.name for path in (tmp_path / "s").iterdir()
    }


def test_an_unexpected_error_is_one_line_and_exit_70(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(LANTERNS)
    monkeypatch.delenv("PLUMBLINE_DEBUG", raising=False)
    monkeypatch.setattr("engine.project.load", lambda root: 1 / 0)
    assert cli.run(["check", "--lang", "en"]) == exits.INTERNAL
    out, err = capfd.readouterr()
    assert out == ""
    first, second, *rest = err.splitlines()
    assert first.startswith("error: internal error: ZeroDivisionError at test_cli_parts.py:")
    assert "please report" in second
    assert rest == []


def test_without_durable_rules_every_output_says_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(LANTERNS)
    monkeypatch.setattr("engine.inference.durable.available", lambda: False)
    args = ["evaluate", UNITS, "--as-of", "2018-12-31", "--lang", "en"]
    for format_, words in {
        "text": "engine: reference only",
        "json": '"engine": "reference"',
        "jsonl": '"engine": "reference"',
        "csv": "reference only",
        "github": "engine: reference only",
    }.items():
        assert cli.run([*args, "--format", format_]) == 0
        out, err = capfd.readouterr()
        assert words in out
        assert "durable-rules" in err
    assert cli.run([*args, "--engine", "durable"]) == 2
    assert "--engine reference" in capfd.readouterr().err


@pytest.mark.parametrize("area", [cli_messages, explain_messages, report_messages])
def test_every_message_has_both_languages_with_the_same_parameters(area: ModuleType) -> None:
    for key, texts in area.TABLE.items():
        english, chinese = ({name for _, name, _, _ in Formatter().parse(s) if name} for s in texts)
        assert (key, english) == (key, chinese)
        assert all(texts)


def test_every_command_has_help_in_both_languages() -> None:
    for lang in ("zh", "en"):
        group = root(lang)  # type: ignore[arg-type]
        ctx = click.Context(group, info_name="plumbline")
        for name in COMMANDS:
            command = group.get_command(ctx, name)
            assert command is not None
            assert command.get_help(click.Context(command, info_name=name, parent=ctx))


def test_version(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capfd.readouterr().out.startswith("plumbline 0.")
