"""A verdict is a proposal until somebody confirms it; whatever is decided stands beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.ledger.canonical import canonical
from engine.ledger.decisions import By, decide, decided_about, latest_evaluation
from engine.ledger.digests import address_of
from engine.ledger.errors import LedgerError
from engine.ledger.names import Names, Naming
from engine.ledger.say_entries import entry_lines, standing_line
from engine.ledger.store import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A policy, a weak unit, an undetermined one."""
    found = Ledger.open(tmp_path / "l", create=True)
    policy = {"id": "p", "digest": "sha256:0"}
    for unit, verdict in (("甲", "weak"), ("乙", "undetermined")):
        body = {
            "unit": {"id": unit, "name": unit + "社区"},
            "as_of": "2018-12-31",
            "classification": verdict,
            "policy": policy,
        }
        found.append([("evaluation", body)])
    return found


def by(day: str, reason: str = "核实") -> By:
    return By("街道党工委", date.fromisoformat(day), reason, "分管领导")


def test_from_proposal_to_override(ledger: Ledger) -> None:
    assert decided_about(ledger, 1).standing == "proposed"
    decide(ledger, 1, "confirmation", by("2019-01-02"))
    assert (decided_about(ledger, 1).standing, decided_about(ledger, 1).verdict) == ("confirmed", "weak")
    decide(ledger, 1, "objection", By("甲社区", date(2019, 1, 5), "已经整改"))
    assert decided_about(ledger, 1).standing == "objected"
    entry = decide(ledger, 1, "override", by("2019-01-20", "数据有误"), {"verdict": "not_weak"})
    decided = decided_about(ledger, 1)
    assert (decided.standing, decided.verdict) == ("overridden", "not_weak")
    assert [e.seq for e in decided.decisions] == [3, 4, 5]
    assert entry.body == {
        "about": 1,
        "unit": {"id": "甲", "name": "甲社区"},
        "on": "2019-01-20",
        "office": "街道党工委",
        "post": "分管领导",
        "reason": "数据有误",
        "verdict": "not_weak",
    }
    assert decided_about(ledger, 2).standing == "proposed"  # the other unit is not touched


@pytest.mark.parametrize(
    ("about", "kind", "who", "more", "expected"),
    [
        (2, "confirmation", by("2019-01-02"), {}, "undetermined"),
        (1, "confirmation", by("2018-12-30"), {}, "before"),
        (1, "confirmation", by("2019-01-02", "  "), {}, "no-reason"),
        (1, "override", by("2019-01-02"), {"verdict": "weak"}, "same-verdict"),
        (9, "confirmation", by("2019-01-02"), {}, "no-entry"),
    ],
)
def test_what_is_refused(
    ledger: Ledger, about: int, kind: str, who: By, more: dict[str, str], expected: str
) -> None:
    with pytest.raises(LedgerError) as error:
        decide(ledger, about, kind, who, more)  # type: ignore[arg-type]
    assert error.value.key == f"ledger.{expected}"
    assert ledger.head().count == 2


def test_nothing_is_confirmed_twice_nor_before_what_was_decided_last(ledger: Ledger) -> None:
    decide(ledger, 1, "confirmation", by("2019-01-10"))
    with pytest.raises(LedgerError) as error:
        decide(ledger, 1, "confirmation", by("2019-01-11"))
    assert error.value.key == "ledger.confirmed-already"
    with pytest.raises(LedgerError) as error:
        decide(ledger, 1, "objection", by("2019-01-09"))
    assert error.value.key == "ledger.before"
    with pytest.raises(LedgerError) as error:
        decide(ledger, 3, "confirmation", by("2019-01-11"))
    assert error.value.key == "ledger.not-an-evaluation"


def test_an_override_needs_no_confirmation_and_an_objection_to_it_does_not_hide_it(ledger: Ledger) -> None:
    """A confirmation after an override would bring the computed verdict back without saying so."""
    decide(ledger, 1, "override", by("2019-01-10"), {"verdict": "not_weak"})
    with pytest.raises(LedgerError) as error:
        decide(ledger, 1, "confirmation", by("2019-01-11"))
    assert error.value.key == "ledger.overridden-already" and error.value.params == {"seq": 1, "at": 3}
    decide(ledger, 1, "objection", By("甲社区", date(2019, 1, 12), "仍有积案"))
    decided = decided_about(ledger, 1)
    assert (decided.standing, decided.contested, decided.verdict) == ("objected", "overridden", "not_weak")
    naming = Naming({"verdict": {"en": "Weak and lax", "zh": "软弱涣散"}})
    assert standing_line(decided, "zh", naming) == "第1条已另行决定：不属于软弱涣散；对此有异议，尚未决定"
    decide(ledger, 1, "confirmation", by("2019-01-13", "异议不成立"))  # of what the override decided
    decided = decided_about(ledger, 1)
    assert (decided.standing, decided.contested, decided.verdict) == ("confirmed", None, "not_weak")


def test_the_entry_named_is_the_one_that_is_later(ledger: Ledger) -> None:
    decide(ledger, 1, "objection", By("甲社区", date(2019, 1, 21), "已经整改"))
    with pytest.raises(LedgerError) as error:
        decide(ledger, 1, "confirmation", by("2019-01-20"))
    assert error.value.params == {"seq": 3, "on": "2019-01-20", "day": "2019-01-21"}


def test_names_are_those_of_the_policy_of_the_day(tmp_path: Path) -> None:
    """Verdict, office and duty as the policy in force called them; without stored names, as they were written."""

    def of(name: str) -> bytes:
        return canonical(
            {
                "offices": {"o": {"en": f"{name} office", "zh": f"{name}办"}},
                "verdict": {"en": name, "zh": name},
            }
        )

    with Ledger.open(tmp_path / "l", create=True) as ledger:
        old, new = of("Weak"), of("Lagging")
        unit = {"id": "U", "name": "某社区"}
        evaluation = ("evaluation", {"unit": unit, "as_of": "2019-01-01", "classification": "weak"})
        ledger.append([("policy change", {"names_object": address_of(old)}), evaluation], objects=[old])
        ledger.append([("policy change", {"names_object": address_of(new)}), evaluation], objects=[new])
        decide(ledger, 2, "confirmation", By("o", date(2019, 2, 1), "核实"))
        decide(ledger, 4, "confirmation", By("o", date(2019, 2, 1), "核实"))
        names = Names(ledger)
        said = [next(entry_lines(entry, "en", 200, names.of(entry))) for entry in ledger.entries(5)]
        assert said == [
            "5. 2019-02-01: Weak office confirmed entry 2, 某社区 (U): weak",
            "6. 2019-02-01: Lagging office confirmed entry 4, 某社区 (U): lagging",
        ]
        assert (
            next(entry_lines(ledger.entry(6), "en", 200))
            == "6. 2019-02-01: o confirmed entry 4, 某社区 (U): weak"
        )


def test_an_undetermined_unit_can_be_decided_by_an_office(ledger: Ledger) -> None:
    decide(ledger, 2, "override", by("2019-01-02"), {"verdict": "weak"})
    assert decided_about(ledger, 2).verdict == "weak"


def test_a_waiver_leaves_the_verdict(ledger: Ledger) -> None:
    decide(ledger, 1, "confirmation", by("2019-01-02"))
    decide(ledger, 1, "waiver", by("2019-02-02"), {"duty": "d", "period": "2019"})
    assert decided_about(ledger, 1).standing == "confirmed"


def test_the_last_evaluation_of_a_unit(ledger: Ledger) -> None:
    found = latest_evaluation(ledger, "甲社区")
    assert found is not None and found.seq == 1
    assert latest_evaluation(ledger, "丙") is None


def test_what_a_prepared_ledger_says_does_not_steer_a_terminal(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "x", create=True) as prepared:
        unit = {"id": "\x1b[2J", "name": "某\u202e社区\r\n假"}
        (entry,) = prepared.append([("objection", {"about": 1, "unit": unit, "reason": "\x07\x1b]0;x\x07"})])
    for full in (False, True):
        for line in entry_lines(entry, "zh", 80, full=full):
            assert all(char.isprintable() for char in line), line
