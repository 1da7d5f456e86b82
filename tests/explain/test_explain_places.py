"""Where things stand: what an answer rests on leads back to cells, also where nothing is listed or a fact is computed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cli

ROOT = Path(__file__).parents[2]
UNITS = "examples/changgang/units.xlsx"
DAY = ("--as-of", "2018-12-31", "--lang", "en")


def explained(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, unit: str, what: str, *more: str
) -> str:
    """What `explain` says of the example workbook, without its blanks, for lines break anywhere."""
    monkeypatch.chdir(ROOT)
    cli.run(["explain", UNITS, unit, what, *DAY, *more])
    out = capfd.readouterr().out
    return out if more else "".join(word for word in out.split() if word not in "│├└─")


def test_a_register_without_rows_names_the_cell_that_says_so(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = explained(capfd, monkeypatch, "CG-10", "petitions.repeated")
    assert "Petitions:0rows[examples/changgang/units.xlsx!单位!AY11,observed2018-12-20]" in said
    found = json.loads(explained(capfd, monkeypatch, "CG-10", "petitions.repeated", "--format", "json"))
    assert f'"no_rows": {{"where": "{UNITS}!单位!AY11", "observed": "2018-12-20"}}' in json.dumps(
        found, ensure_ascii=False
    )


def test_evidence_that_is_computed_names_what_it_is_computed_from(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = explained(capfd, monkeypatch, "CG-23", "major_matters_first")
    assert (
        "computedfromMajormattersdecided(examples/changgang/units.xlsx!单位!N24),"
        "Majormattersputtotheorganisationfirst(examples/changgang/units.xlsx!单位!O24)"
    ) in said
    assert "()" not in said


def test_a_measure_says_what_to_ask_for_next(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = explained(capfd, monkeypatch, "CG-23", "accountable_violations")
    assert "RestsonFrequentcorruption;askfor`violations.frequent_corruption`next" in said
    assert "askfor`delisting`next" in explained(capfd, monkeypatch, "CG-23", "dues_reward")
