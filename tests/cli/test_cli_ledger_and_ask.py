"""The questionnaire in the terminal, and the ledger's commands where something is wrong."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import pytest
import yaml

import cli

ROOT = Path(__file__).parents[2]
LANTERNS = Path(__file__).parent / "lanterns"
UNITS = str(LANTERNS / "data" / "units.json")
DAY = ("--as-of", "2018-12-31", "--lang", "en", "--project", str(LANTERNS))


def said(capfd: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = cli.run(args)
    out, err = capfd.readouterr()
    return code, out, err


def interview(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], answers: str, *more: str
) -> tuple[int, list[str]]:
    monkeypatch.setattr("sys.stdin", io.StringIO(answers))
    code, out, _ = said(capfd, "ask", UNITS, "u-02", *DAY, "--interactive", *more)
    return code, [line for line in out.splitlines() if line]


def test_it_stops_as_soon_as_the_verdict_is_settled(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, lines = interview(monkeypatch, capfd, "40\n")
    assert code == 0
    assert lines[-1].endswith("the verdict is settled: in need of repair")
    assert "Damage register" not in "\n".join(lines[3:])  # nothing more was asked


def test_what_nobody_knows_is_passed_over_and_what_is_not_understood_asked_again(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, lines = interview(monkeypatch, capfd, "many\n\n2018-02-30\n2018-04-01\n")
    text = "\n".join(lines)
    assert code == 0
    assert text.count("not understood: ") == 2
    assert "row 3: degree severe" in text
    assert lines[-1].endswith("the verdict is settled: in need of repair")


def test_an_end_of_input_leaves_it_open(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code, lines = interview(monkeypatch, capfd, "")
    assert code == 0 and "not settled" in lines[-1]


def test_answers_are_kept_as_a_fact_sheet(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    kept = tmp_path / "answers.yaml"
    interview(monkeypatch, capfd, "40\n", "--save", str(kept))
    assert yaml.safe_load(kept.read_text(encoding="utf-8")) == {
        "observed": "2018-12-31",
        "units": [{"id": "u-02", "name": "西山社区", "facts": {"dark_days": "40"}}],
    }
    code, out, _ = said(capfd, "evaluate", UNITS, str(kept), "--unit", "u-02", *DAY, "--format", "json")
    assert code == 0 and '"classification": "weak"' in out


def test_answers_do_not_overwrite_data(capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capfd, "ask", UNITS, "u-02", *DAY, "--save", "answers.txt")
    assert code == 2 and "`answers.txt` is not the name of a YAML file" in err


@pytest.fixture
def ledger(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "ledger.sqlite"
    code, _, err = said(capfd, "evaluate", UNITS, "--unit", "u-01", *DAY, "--ledger", str(path))
    assert code == 0 and "as entries 1 to 2" in err
    return path


def test_all_that_is_wrong_with_a_decision_is_said_at_once(
    ledger: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    who = ("--office", "路灯办", "--post", "所有人", "--on", "2019-01-05", "--reason", " ")
    code, _, err = said(
        capfd, "ledger", "override", "u-01", "--ledger", str(ledger), *who, "--verdict", "perhaps"
    )
    assert code == 2 and err.count("error: ") == 4
    assert "there is no post or office `路灯办`" in err and "there is no post or office `所有人`" in err
    assert "a decision needs a reason" in err and "`perhaps` is no verdict" in err
    assert said(capfd, "ledger", "head", "--ledger", str(ledger))[1].startswith("2 ")  # nothing was written


def test_reports_carry_the_head(ledger: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    import json

    import openpyxl

    code, out, _ = said(
        capfd, "evaluate", UNITS, "--unit", "u-05", *DAY, "--ledger", str(ledger), "--format", "json"
    )
    head = said(capfd, "ledger", "head", "--ledger", str(ledger))[1].strip()
    assert code == 0 and json.loads(out)["ledger"] == head and head.startswith("3 sha256:")
    said(
        capfd,
        "evaluate",
        UNITS,
        "--unit",
        "u-05",
        *DAY,
        "--ledger",
        str(ledger),
        "--out",
        str(tmp_path / "r.xlsx"),
    )
    head = said(capfd, "ledger", "head", "--ledger", str(ledger))[1].strip()
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert head in str(book.worksheets[0].oddFooter.center.text)
    code, out, _ = said(capfd, "evaluate", UNITS, "--unit", "u-05", *DAY, "--ledger", str(ledger))
    assert "ledger 5" in " ".join(out.split()) and code == 0


def test_a_changed_entry_makes_verify_end_with_1(ledger: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert said(capfd, "ledger", "verify", "--ledger", str(ledger), "--lang", "en")[0] == 0
    connection = sqlite3.connect(ledger)
    connection.execute("DROP TRIGGER entries_are_not_changed")
    connection.execute(
        "UPDATE entries SET written = replace(CAST(written AS TEXT), 'weak', 'Weak') WHERE seq = 2"
    )
    connection.commit()
    connection.close()
    code, out, _ = said(capfd, "ledger", "verify", "--ledger", str(ledger), "--lang", "en")
    assert code == 1
    assert "entry 2: was changed: it does not have its own digest" in out
    assert "not sound; findings: 2, the first at entry 2" in out


WHO = ("--office", "综合办", "--reason", "x")


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("ledger", "show", "--ledger", "none.sqlite"), "there is no ledger `none.sqlite`"),
        (("ledger", "verify", "--ledger", UNITS), "is not a ledger"),
        (("ledger", "verify", "--head", "abc"), "`abc` is neither a head nor a file that is there"),
        (("ledger", "verify", "--head", "ledger.sqlite"), "`ledger.sqlite` is no head"),
        (("ledger", "replay"), "which entry? name one, or a unit, or `--all`"),
        (("ledger", "show", "9"), "there is no entry 9; the ledger has 2"),
        (("ledger", "show", "u-77"), "the ledger has no evaluation of a unit `u-77`"),
        (
            ("ledger", "confirm", "1", "--on", "2019-01-01", *WHO),
            "entry 1 is no evaluation",
        ),
        (
            ("ledger", "confirm", "2", "--on", "2019-01-01", "--office", "张三", "--reason", "x"),
            "there is no post or office",
        ),
        (
            ("ledger", "confirm", "2", "--on", "2018-01-01", *WHO),
            "before what it is about",
        ),
        (
            (
                "ledger",
                "waive",
                "2",
                "--on",
                "2019-01-01",
                *WHO,
                "--duty",
                "d",
                "--period",
                "p",
            ),
            "the policy has no duty `d`",
        ),
        (
            ("ledger", "amend", "--on", "2019-01-01", *WHO),
            "has this policy already",
        ),
        (("ledger", "export", "."), "exists already"),
        (("evaluate", UNITS, "--as-of", "2018-12-31", "--publish", "--ledger", "x"), "cannot be recorded"),
        (("evaluate", UNITS, "--as-of", "2018-12-31", "--ledger", UNITS), "is one of the data files"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    ledger: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    args: tuple[str, ...],
    expected: str,
) -> None:
    monkeypatch.chdir(ledger.parent)
    before = ledger.read_bytes()
    code, _, err = said(capfd, *args, "--lang", "en", "--project", str(LANTERNS))
    assert code == 2, err
    assert expected in err and err.startswith("error: ") and "Traceback" not in err
    assert ledger.read_bytes() == before
    assert [path.name for path in ledger.parent.iterdir()] == ["ledger.sqlite"]


DISPUTED = str(ROOT / "examples" / "changgang" / "disputed" / "unit.yaml")
LEADER = ("--office", "街道党工委", "--reason", "核实")


@pytest.fixture
def disputed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> tuple[str, ...]:
    """The options that name a ledger with the disputed case of the auditor's guide, as entry 2."""
    options = ("--ledger", str(tmp_path / "l.sqlite"), "--project", str(ROOT), "--lang", "en")
    assert said(capfd, "evaluate", DISPUTED, "--as-of", "2018-12-31", *options)[0] == 0
    return options


@pytest.mark.parametrize("verdict", ["not_weak", "not weak and lax", "Not Weak and Lax", "不属于软弱涣散"])
def test_a_verdict_is_overridden_in_the_words_of_the_policy(
    disputed: tuple[str, ...], capfd: pytest.CaptureFixture[str], verdict: str
) -> None:
    command = ("ledger", "override", "2", "--on", "2019-01-02", *LEADER, *disputed)
    code, out, _ = said(capfd, *command, "--verdict", verdict)
    assert code == 0 and "not weak and lax" in " ".join(out.split())
    code, _, err = said(capfd, *command, "--verdict", "fine")
    assert code == 2 and "`fine` is no verdict" in err and "`不属于软弱涣散`" in err


def test_only_what_the_evaluation_has_is_waived(
    disputed: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    command = ("ledger", "waive", "2", "--on", "2019-01-02", *LEADER, *disputed)
    duty = "screen_petitions"
    code, _, err = said(capfd, *command, "--duty", duty, "--period", "2071")
    assert code == 2 and "this duty has no period `2071` in entry 2; its periods are" in err
    period = err.split("its periods are `")[1].split("`")[0]
    code, out, _ = said(capfd, *command, "--duty", duty, "--period", period)
    assert code == 0 and period in out and duty not in out  # by its name


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_whole_entry_is_shown_without_a_key_of_the_file(
    disputed: tuple[str, ...], capfd: pytest.CaptureFixture[str], lang: str
) -> None:
    """Every kind of entry, with a parameter assumed, a post and a duty: labels in words, ids after their names."""
    evaluation = ("evaluate", DISPUTED, "--as-of", "2018-12-31", "--param", "long_disunity_period=6 months")
    decision = ("--on", "2019-01-02", *LEADER, "--post", "第一书记")
    waiver = ("--duty", "screen_petitions", "--period", "2018")
    for words in (
        evaluation,
        ("ledger", "confirm", "3", *decision),
        ("ledger", "object", "3", *decision),
        ("ledger", "override", "3", "--verdict", "not_weak", *decision),
        ("ledger", "waive", "3", *waiver, *decision),
    ):
        assert said(capfd, *words, *disputed)[0] == 0
    shown = [said(capfd, "ledger", "show", str(n), *disputed[:4], "--lang", lang)[1] for n in range(1, 8)]
    lines = [line.strip() for out in shown for line in out.splitlines()[1:] if line.startswith("     ")]
    labels = {line.replace("：", ":").split(":")[0] for line in lines if ":" in line or "：" in line}
    assert [label for label in labels if "_" in label and not label.endswith(" long_disunity_period")] == []
    if lang == "en":
        assert "assumed for this run: long_disunity_period: P6M" in lines
        assert "verdict: not weak and lax (not_weak)" in lines
        assert "office: Sub-district Working Committee (街道党工委)" in lines
        assert sum(line == "reason: 核实" for line in lines) == 4


def test_another_policy_has_to_be_recorded_first(
    ledger: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import shutil

    other = tmp_path / "other"
    shutil.copytree(LANTERNS, other)
    parameters = other / "policy" / "parameters.yaml"
    parameters.write_text(
        parameters.read_text(encoding="utf-8").replace("value: 3", "value: 4"), encoding="utf-8"
    )
    place = ("--lang", "en", "--project", str(other), "--ledger", str(ledger))
    run = ("evaluate", UNITS, "--unit", "u-05", "--as-of", "2018-12-31", *place)
    code, out, err = said(capfd, *run)
    assert (
        code == 2 and out == "" and "the policy was changed since" in err and "plumbline ledger amend" in err
    )
    code, out, _ = said(
        capfd, "ledger", "amend", "--on", "2019-01-01", "--office", "综合办", "--reason", "raised", *place
    )
    assert code == 0 and "reason: raised" in out
    assert said(capfd, *run)[0] == 0
    assert said(capfd, "ledger", "replay", "--all", "--lang", "en", "--ledger", str(ledger))[0] == 0
