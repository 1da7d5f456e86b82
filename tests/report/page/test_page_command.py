"""The command `report`, and pages of runs that are not like the example: no duties, no verdict, no units at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from page_cases import EXAMPLE, ROOT, SCREENED, data_of, page, policy, reading

import cli
from engine.facts import read
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Failure
from engine.project import load
from engine.report.page import PageRecord, page_document
from engine.report.run import Run

Open = Callable[..., Any]
UNITS = str(EXAMPLE / "units.json")


def run(*words: str) -> int:
    return cli.run(
        ("report", UNITS, "--as-of", "2018-12-31", "--engine", "reference", "-q", "--lang", "en", *words)
    )


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_file_must_be_named_as_what_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--out", str(tmp_path / "page.txt")) == 2
    assert "must end in `.html`" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_a_folder_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--out", str(tmp_path / "none" / "page.html")) == 2
    assert "none" in capsys.readouterr().err


def test_a_wrong_date_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("the page of last month", encoding="utf-8")
    assert cli.run(("report", UNITS, "--as-of", "2018-02-31", "--out", str(out), "-q")) == 2
    assert out.read_text(encoding="utf-8") == "the page of last month"


def test_an_assumed_parameter_is_said_on_every_view(visit: Open, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert run("--out", str(out), "--param", "repeated_petition_threshold=5", "--format", "html") == 3
    page = visit(out).open("clauses").page
    assert page.locator(".frame-note").inner_text().split("\n")[-1] == "Petitions that are repeated = 5 次"
    assert data_of(out.read_bytes())["head"]["assumed"] == [["Petitions that are repeated", "5 次"]]


def test_a_policy_without_duties_has_no_duties_on_its_page(visit: Open, tmp_path: Path) -> None:
    folder = ROOT / "tests" / "cli" / "lanterns"
    plan = load(folder).policy
    assert plan is not None
    assert not plan.duties
    sheets = read([folder / "data" / "units.json"], plan).sheets
    out = tmp_path / "page.html"
    out.write_bytes(page(sheets, date(2018, 12, 31), "zh", plan=plan))
    seen = visit(out).open().page
    assert seen.locator(".units tbody tr").count() == len(sheets)
    assert seen.locator(".units thead th").count() == 6
    for sheet in sheets:
        seen.evaluate(f"location.hash = 'unit=' + encodeURIComponent({sheet.unit!r})")
        seen.wait_for_function(f"(document.querySelector('.unit-id') || {{}}).innerText === {sheet.unit!r}")
        assert seen.locator("#duties").count() == 0


def test_a_unit_without_verdict_says_why_there_is_none(visit: Open, tmp_path: Path) -> None:
    program = prepare(policy(), SCREENED)
    (evaluation,) = evaluate_all(program, reading(SCREENED).sheets[:1], engine="reference")
    record = PageRecord(Run(program, "both"), "en")
    record.add(
        replace(evaluation, conclusions=None, failure=Failure("failure.durable-error", {"detail": "x"}))
    )
    out = tmp_path / "page.html"
    out.write_bytes(page_document(record))
    seen = visit(out).open("unit=CG-01").page
    assert "has no verdict" in seen.locator(".sentence").inner_text()
    assert seen.locator("#why").count() == 0
    assert seen.locator(".problems").count() == 1


def test_no_units_at_all(visit: Open, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_bytes(page([], SCREENED, "en"))
    seen = visit(out).open().page
    assert seen.locator(".results").inner_text() == "Nothing fits these conditions."
    assert seen.locator(".found").inner_text() == "0 of 0 units"


def test_the_page_carries_what_the_ledger_says(tmp_path: Path) -> None:
    ledger, out = str(tmp_path / "ledger.sqlite"), tmp_path / "page.html"
    day = ("--as-of", "2018-12-31", "--engine", "reference", "-q", "--lang", "en")
    assert cli.run(("evaluate", UNITS, "--unit", "CG-04", "--ledger", ledger, *day)) == 0
    who = (
        "--on",
        "2019-01-02",
        "--office",
        "街道党工委",
        "--reason",
        "checked\u202e",
        "--ledger",
        ledger,
        "-q",
    )
    assert cli.run(("ledger", "confirm", "CG-04", *who, "--lang", "en")) == 0
    run("--out", str(out), "--ledger", ledger)
    data = data_of(out.read_bytes())
    assert data["ledger"].startswith("3 sha256:")
    assert list(data["standings"]) == ["CG-04"]
    stands, evaluated, confirmed = data["standings"]["CG-04"]
    assert stands == "entry 2 stands confirmed: weak and lax"
    assert "as of 2018-12-31: weak and lax (a proposal" in evaluated
    assert confirmed.endswith("confirmed entry 2, 青禾社区 (CG-04): weak and lax: checked")
    # Of another day, it says first that the ledger speaks of another evaluation.
    later = ("report", UNITS, "--as-of", "2019-01-31", "--out", str(out), "--ledger", ledger, "--lang", "en")
    cli.run((*later, "--engine", "reference", "-q"))
    other = data_of(out.read_bytes())["standings"]["CG-04"]
    assert other[0].startswith("this is about another evaluation than the one shown here: as of 2018-12-31")
    assert other[1:] == data["standings"]["CG-04"]
    # Made for publication it carries the head alone: verdicts and reasons rest on what is left out.
    run("--out", str(out), "--ledger", ledger, "--publish")
    published = data_of(out.read_bytes())
    assert (published["ledger"], published["standings"]) == (data["ledger"], {})
