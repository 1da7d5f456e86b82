"""An entry has all that is needed to compute it again: the same bytes in any process, or a difference that is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

sys.path.insert(0, str(Path(__file__).parent.parent / "inference"))
from random_policies import AS_OF, FRAME, sheets, write_project
from random_sheets import sheet as random_sheet

from engine.facts.sheet import FactSheet
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Program
from engine.language.values import Unknown
from engine.ledger.canonical import canonical
from engine.ledger.errors import LedgerError
from engine.ledger.record import amend, record
from engine.ledger.replay import Replayer
from engine.ledger.results import canonical_bytes
from engine.ledger.sheet_object import read_sheet, sheet_object
from engine.ledger.store import Ledger
from engine.ledger.verify import verify
from engine.project import load

ROOT = Path(__file__).parents[2]


def rules(threshold: int) -> dict[str, object]:
    """A small policy over the random facts: every kind of test once."""
    named = {"name": {"zh": "规则", "en": "rule"}, "clause": "1"}
    return {
        **FRAME,
        "rules/c.yaml": {
            "category": {
                "id": "c",
                **named,
                "name": {"zh": "类", "en": "category"},
                "lead": "科室",
                "when": {"any": [{"finding": "c.1"}, {"finding": "c.2"}]},
            },
            "criteria": [
                {"id": "c.1", **named, "when": {"all": [{"b0": True}, {"n0": f"> {threshold}"}]}},
                {
                    "id": "c.2",
                    **named,
                    "name": {"zh": "另一规则", "en": "other"},
                    "when": {
                        "count": "r0",
                        "where": {"level": ["京", "省"], "day": {"within": "12 months"}},
                        "is": ">= 2",
                    },
                },
            ],
        },
        "rules/classification.yaml": {
            "weak": {
                **named,
                "name": {"zh": "弱", "en": "weak"},
                "when": {"any": [{"finding": "c"}, {"c0": "丙"}]},
            },
            "key": {
                **named,
                "name": {"zh": "重", "en": "key"},
                "when": {"all": [{"finding": "weak"}, {"b1": True}]},
            },
        },
    }


def project(folder: Path, threshold: int = 3) -> Program:
    result = load(write_project(folder, rules(threshold)))
    assert result.policy is not None, result.diagnostics
    return prepare(result.policy, AS_OF)


def recorded(path: Path, root: Path, program: Program, many: list[FactSheet]) -> Ledger:
    ledger = Ledger.open(path, create=True)
    record(ledger, program, root, {}, list(evaluate_all(program, many, engine="reference")))
    return ledger


def units(count: int, seed: int = 1) -> list[FactSheet]:
    randomness = Random(seed)
    return [replace(random_sheet(randomness), unit=f"U-{i}", name=f"单位{i}") for i in range(count)]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_a_sheet_comes_back_as_it_was(sheet: FactSheet) -> None:
    written = canonical(sheet_object(sheet))
    again = read_sheet(json.loads(written))
    assert canonical(sheet_object(again)) == written
    assert again.facts.keys() == sheet.facts.keys() and again.registers == sheet.registers
    for fact, seen in sheet.facts.items():
        for one, other in zip(seen, again.facts[fact], strict=True):
            assert isinstance(one.value, Unknown) or replace(one) == other


REPLAY = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from engine.ledger.replay import Replayer
from engine.ledger.results import result_bytes
from engine.ledger.store import Ledger
digest, same = hashlib.sha256(), 0
with Ledger.open(Path(sys.argv[2]), read_only=True) as ledger:
    for replayed in Replayer(ledger, engine=sys.argv[3]).replay(ledger.entries()):
        same += replayed.identical
        digest.update(result_bytes(replayed.unit))
print(same, digest.hexdigest())
"""


def test_ten_thousand_random_entries_are_the_same_everywhere(tmp_path: Path) -> None:
    """Another process, hash seed, time zone, locale, and the other engine."""
    root = tmp_path / "project"
    recorded(tmp_path / "l", root, project(root), units(10_000)).close()
    script = tmp_path / "replay.py"
    script.write_text(REPLAY)
    places = [
        ("reference", {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}),
        ("reference", {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "LC_ALL": "C", "PYTHONUTF8": "0"}),
        ("both", {"PYTHONHASHSEED": "77", "TZ": "Pacific/Kiritimati", "LC_ALL": "zh_CN.UTF-8"}),
    ]
    running = [
        subprocess.Popen(
            [sys.executable, str(script), str(ROOT), str(tmp_path / "l"), engine],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        for engine, environment in places
    ]
    said = {process.communicate()[0] for process in running}
    assert len(said) == 1, said
    assert said.pop().startswith("10000 ")


def test_another_policy_must_be_recorded_before_it_is_used(tmp_path: Path) -> None:
    root = tmp_path / "project"
    first = project(root)
    with recorded(tmp_path / "l", root, first, units(3)) as ledger:
        assert [entry.kind for entry in ledger.entries()] == ["policy change", *["evaluation"] * 3]
        with pytest.raises(LedgerError) as error:
            amend(ledger, first, root, {})
        assert error.value.key == "ledger.same-policy"
        second = project(root, threshold=1)
        evaluations = list(evaluate_all(second, units(2), engine="reference"))
        with pytest.raises(LedgerError) as error:
            record(ledger, second, root, {}, evaluations)
        assert error.value.key == "ledger.other-policy"
        assert ledger.head().count == 4
        amend(ledger, second, root, {"on": "2019-07-01", "office": "科室", "reason": "门槛降低"})
        record(ledger, second, root, {}, evaluations)
        # the old ones with the old policy, the new ones with the new
        assert all(replayed.identical for replayed in Replayer(ledger).replay(ledger.entries()))
        assert verify(ledger).sound


def test_with_another_policy_the_decisions_that_would_differ(tmp_path: Path) -> None:
    root = tmp_path / "project"
    with recorded(tmp_path / "l", root, project(root), units(60)) as ledger:
        other = project(tmp_path / "other", threshold=0)
        found = list(Replayer(ledger, other.policy).replay(ledger.entries()))
    differing = [replayed for replayed in found if not replayed.identical]
    assert 0 < len(differing) < 60
    for replayed in found:
        places = [difference.place for difference in replayed.differences]
        evaluation = next(iter(evaluate_all(other, [read_sheet_of(replayed)], engine="reference")))
        assert replayed.verdicts[1] == evaluation.classification
        assert ("classification" in places) == (replayed.verdicts[0] != replayed.verdicts[1])
        assert all(not place.startswith("findings/c.2") for place in places)  # that rule is the same


def read_sheet_of(replayed: object) -> FactSheet:
    return replayed.unit.sheet  # type: ignore[attr-defined,no-any-return]


def test_a_parameter_assumed_for_a_run_is_assumed_again(tmp_path: Path) -> None:
    """The built-in plan with a parameter of the run's own."""
    policy = load(ROOT, tests=False).policy
    assert policy is not None
    from decimal import Decimal

    from engine.facts import read

    program = prepare(policy, date(2018, 12, 31), {"repeated_petition_threshold": Decimal(2)})
    reading = read([ROOT / "examples" / "changgang" / "units.json"], policy)
    evaluations = list(evaluate_all(program, reading.sheets[:6], engine="reference"))
    with Ledger.open(tmp_path / "l", create=True) as ledger:
        record(ledger, program, ROOT, {}, evaluations)
        entry = ledger.entry(2)
        assert entry.body["parameters"] == {"repeated_petition_threshold": {"number": "2"}}
        # Recorded without duties and replayed with them: the place of the difference is named.
        found = list(Replayer(ledger).replay(ledger.entries()))
    assert {d.place for replayed in found for d in replayed.differences} <= {
        "listing",
        "duties",
        "procedures",
        "measures",
    }


def test_texts_that_no_encoding_has_are_kept_readable() -> None:
    assert canonical_bytes({"name": "a\udcffb"}) == b'{"name":"a\\\\udcffb"}'
