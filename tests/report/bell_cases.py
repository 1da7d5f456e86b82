"""Case files of the invented bell plan (tests/cli/bells), and of units that a test makes up itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.duties import actions, case_files, prepare_duties
from engine.duties.nouns import Action, CaseFile
from engine.facts import read
from engine.inference import evaluate_all, prepare
from engine.project import load
from engine.project.policy import Policy
from engine.report.run import Run

BELLS = Path(__file__).parents[1] / "cli" / "bells"
AS_OF = date(2018, 12, 10)


@cache
def policy() -> Policy:
    """The bell plan."""
    loaded = load(BELLS).policy
    assert loaded is not None
    return loaded


def cases(
    units: list[object] | None = None, as_of: date = AS_OF, horizon: date | None = None
) -> Iterator[tuple[CaseFile, tuple[Action, ...]]]:
    """Each unit's case file with its actions; without ``units``, those of the plan's own data."""
    with TemporaryDirectory() as folder:
        path = BELLS / "data" / "units.json"
        if units is not None:
            path = Path(folder) / "units.json"
            path.write_text(json.dumps(units), encoding="utf-8")
        sheets = read([path], policy()).sheets
    program = prepare(policy(), as_of, {})
    evaluations = evaluate_all(program, sheets, engine="reference")
    for case in case_files(prepare_duties(program), evaluations, engine="reference", horizon=horizon):
        yield case, actions(case)


def run(as_of: date = AS_OF) -> Run:
    """The head of a run at ``as_of``."""
    return Run(prepare(policy(), as_of, {}), "reference")


def unit(name: str = "东湖社区", listed: str = "2018-03-01", **work: str) -> dict[str, object]:
    """A unit with a silent bell; ``work``: what was done there, and when."""
    done = [{"what": what, "day": day} for what, day in work.items()]
    listing = [{"entry": "列入", "day": listed}]
    return {
        "id": "u-09",
        "name": name,
        "kind": "社区",
        "facts": {"silent": True},
        "registers": {"list": listing, "work": done},
    }
