"""Comparisons of random units, of which not everything is known, against every way in which they may turn out to be."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "project"))
from random_comparisons import with_comparisons
from random_policies import AS_OF, projects, sheets
from small_project import write
from test_channels_agree import loaded

from engine.facts.sheet import FactSheet
from engine.facts.standing import Standing
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Program
from engine.inference.measured import Measured
from engine.inference.population import Population, compare_units
from engine.ledger.sheet_object import read_sheet, sheet_object
from engine.project import load
from engine.project.comparison import Comparison, Quota, Rank

GROUPS = ("北", "南")
#: Whole numbers that units have; those of a unit of which nothing is known may lie between, below and above them too.
NUMBERS = (Decimal(0), Decimal(1), Decimal(2))
ANY_NUMBER = tuple(Decimal(n).scaleb(-1) for n in (-5, 0, 5, 10, 15, 20, 25))
UNITS = 4
#: Cases of one unit that are combined with those of the others.
MOST_CASES = 12


def _ranking(id_: str, order: str, ties: str) -> str:
    return f"""\
  - id: {id_}
    name: {{zh: 名次{id_}, en: Rank {id_}}}
    clause: "1"
    rank: income
    order: {order} first
    among: grade
    ties: {ties}
"""


def _quota(id_: str, rank: str, end: str, part: str, rounding: str, ties: str, more: str = "") -> str:
    return f"""\
  - id: {id_}
    name: {{zh: 名额{id_}, en: Quota {id_}}}
    clause: "1"
    quota: {rank}
    end: {end}
    part: {part}
    rounding: {rounding}
    ties: {ties}
{more}"""


SHARE = """\
  - id: share
    name: {zh: 占比, en: Share}
    clause: "1"
    share: {cases_open: true}
    among: grade
"""
COMPARISONS = "comparisons:\n" + "".join(
    [
        _ranking("high_better", "highest", "better place"),
        _ranking("high_worse", "highest", "worse place"),
        _ranking("low_gapless", "lowest", "no gaps"),
        _ranking("high_gapless", "highest", "no gaps"),
        SHARE,
        _quota("last_third", "high_better", "last", "1 / 3", "up", "in"),
        _quota("first_half", "high_better", "first", "50%", "half up", "out"),
        _quota("last_quarter", "low_gapless", "last", "25%", "down", "out", "    at least: 1\n"),
        _quota("ceiling", "high_better", "first", "40%", "down", "out"),
        _quota("floor", "high_worse", "last", "30%", "up", "in"),
        _quota("first_few", "high_worse", "first", "0.8", "down", "in", "    at most: 2\n"),
    ]
)


def _program() -> Program:
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(write(Path(folder), {"rules/comparisons.yaml": COMPARISONS}))
    assert loaded.policy is not None, loaded.diagnostics
    return prepare(loaded.policy, date(2018, 12, 31))


PROGRAM = _program()
COMPARED: Mapping[str, Comparison] = {r.comparison.id: r.comparison for r in PROGRAM.comparisons}
READY = {r.comparison.id: r for r in PROGRAM.comparisons}


@st.composite
def units(draw: st.DrawFn) -> Measured:
    """One unit; mostly known."""
    mostly = st.sampled_from((True, True, True, False))
    covered = draw(st.sampled_from((True, True, True, True, False, None)))
    group = draw(st.sampled_from(GROUPS)) if draw(mostly) else None
    low = draw(st.sampled_from(NUMBERS))
    high = low if draw(mostly) else draw(st.sampled_from((None, *[n for n in NUMBERS if n >= low])))
    ends = (None if high is None else low, high)
    holds = draw(st.sampled_from((True, False, None)))
    return Measured(covered, (group,), ends, holds)


Whole = tuple[bool, str, Decimal, bool]


def completions(unit: Measured) -> Iterator[Whole]:
    """Every way in which the unit may turn out to be: covered, group, number, condition."""
    low, high = unit.ends
    numbers = sorted({*NUMBERS, *ANY_NUMBER})
    values = [n for n in numbers if (low is None or n >= low) and (high is None or n <= high)]
    yield from product(
        (True, False) if unit.covered is None else (unit.covered,),
        GROUPS if unit.group[0] is None else (str(unit.group[0]),),
        values,
        (True, False) if unit.holds is None else (unit.holds,),
    )


def as_written(comparison: Comparison, mine: Whole, others: list[Whole]) -> dict[str, object]:
    """What the words of docs say of a unit in scope among others of which everything is known."""
    group = [mine, *[one for one in others if one[0] and one[1] == mine[1]]]
    form = comparison.form
    if isinstance(form, Rank):
        better = [one[2] for one in group if (one[2] > mine[2] if form.highest_first else one[2] < mine[2])]
        equal = [one for one in group if one[2] == mine[2]]
        place = {
            "better place": len(better) + 1,
            "worse place": len(better) + len(equal),
            "no gaps": len(set(better)) + 1,
        }[form.ties]
        last = len(better) + len(equal) == len(group)
        return {"place": place, "of": len(group), "tied": len(equal), "last": last}
    if not isinstance(form, Quota):
        return {"share": Fraction(sum(one[3] for one in group), len(group))}
    rank = COMPARED[form.rank].form
    assert isinstance(rank, Rank)
    first_is_high = rank.highest_first == (form.end == "first")
    ahead = [one for one in group if (one[2] > mine[2] if first_is_high else one[2] < mine[2])]
    level = [one for one in group if one[2] == mine[2]]
    exact = Fraction(READY[comparison.id].part) * len(group)
    seats = {"up": ceil(exact), "down": floor(exact), "half up": floor(exact + Fraction(1, 2))}[form.rounding]
    seats = max(seats, READY[comparison.id].least)
    if READY[comparison.id].most is not None:
        seats = min(seats, READY[comparison.id].most)
    taken = len(ahead) < seats if form.ties == "in" else len(ahead) + len(level) <= seats
    return {"in": taken}


def agrees(standing: Standing, found: list[dict[str, object]], every: bool) -> None:
    """The standing says no more than is so in every case, and is decided only where all cases agree.

    ``every``: these are all cases there are, so that a share's ends are the least and the greatest of them.
    """
    for name in ("place", "of", "tied"):
        if name in standing.counts and name in found[0]:
            low, high = standing.counts[name]
            seen = [int(str(one[name])) for one in found]
            assert low <= min(seen) and max(seen) <= high, (name, standing, min(seen), max(seen))
    if "share" in found[0]:
        shares = [Fraction(str(one["share"])) for one in found]
        low, high = (Fraction(*standing.counts[end]) for end in ("low", "high"))
        assert low <= min(shares) and max(shares) <= high
        assert not every or (low, high) == (min(shares), max(shares))
    for name in ("last", "in"):
        if name in found[0] and standing.truth is not None:
            assert {one[name] for one in found} == {standing.truth}, (name, standing)


@settings(max_examples=150, deadline=None)
@given(st.lists(units(), min_size=1, max_size=UNITS))
def test_no_completion_of_what_is_unknown_contradicts_a_standing(members: list[Measured]) -> None:
    named = {f"u{i}": one for i, one in enumerate(members)}
    population = Population(PROGRAM, {unit: dict.fromkeys(COMPARED, one) for unit, one in named.items()})
    for unit, mine in named.items():
        standings = population.standings(unit, dict.fromkeys(COMPARED, mine))
        if mine.covered is False:
            assert all(standing.compared is False for standing in standings.values())
            continue
        if not mine.placed:
            assert all(standing.compared is None for standing in standings.values())
            continue
        others = [sorted(set(completions(one))) for name, one in named.items() if name != unit]
        kept = [options[:: -(-len(options) // MOST_CASES)] for options in others]
        cases = [(whole, list(rest)) for whole in completions(mine) for rest in product(*kept)]
        for id_, standing in standings.items():
            found = [as_written(COMPARED[id_], whole, rest) for whole, rest in cases]
            agrees(standing, found, kept == others)


@settings(max_examples=200, deadline=None)
@given(st.lists(units(), min_size=1, max_size=8))
def test_what_is_known_of_everybody_is_decided(members: list[Measured]) -> None:
    known = [
        replace(
            one,
            covered=one.covered is not False,
            group=(one.group[0] or "北",),
            ends=(one.ends[1] or Decimal(1),) * 2,
            holds=bool(one.holds),
        )
        for one in members
    ]
    named = {f"u{i}": one for i, one in enumerate(known)}
    population = Population(PROGRAM, {unit: dict.fromkeys(COMPARED, one) for unit, one in named.items()})
    for unit, mine in named.items():
        if mine.covered is not True:
            continue
        rest = [next(completions(one)) for name, one in named.items() if name != unit]
        for id_, standing in population.standings(unit, dict.fromkeys(COMPARED, mine)).items():
            wanted = as_written(COMPARED[id_], next(completions(mine)), rest)
            assert not standing.waiting
            for name in wanted.keys() & standing.counts.keys():
                assert standing.counts[name] == (wanted[name], wanted[name])
            for name in wanted.keys() & {"last", "in"}:
                assert standing.truth is wanted[name]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=12))
def test_a_ceiling_is_never_passed_and_a_floor_always_reached(numbers: list[Decimal]) -> None:
    """Rounded down with ties out, no more than the part are chosen; rounded up with ties in, no fewer."""
    all_of_them = {f"u{i}": Measured(True, ("北",), (number, number)) for i, number in enumerate(numbers)}
    population = Population(PROGRAM, {u: dict.fromkeys(COMPARED, one) for u, one in all_of_them.items()})
    found = [population.standings(u, dict.fromkeys(COMPARED, one)) for u, one in all_of_them.items()]
    chosen = {id_: sum(bool(one[id_].truth) for one in found) for id_ in ("ceiling", "floor")}
    assert chosen["ceiling"] <= Fraction(2, 5) * len(numbers)
    assert chosen["floor"] >= Fraction(3, 10) * len(numbers)


@settings(max_examples=150, deadline=None)
@given(st.lists(units(), min_size=1, max_size=6), units())
def test_a_unit_with_other_facts_stands_as_if_it_had_always_had_them(
    members: list[Measured], other: Measured
) -> None:
    before = {f"u{i}": dict.fromkeys(COMPARED, one) for i, one in enumerate(members)}
    after = {**before, "u0": dict.fromkeys(COMPARED, other)}
    supposed = Population(PROGRAM, before).standings("u0", after["u0"])
    real = Population(PROGRAM, after).standings("u0", after["u0"])
    assert supposed == real


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(with_comparisons(projects(most_rules=3)), st.lists(sheets(), min_size=1, max_size=7))
def test_both_channels_agree_on_random_policies_and_each_unit_comes_out_the_same_alone(
    files: dict[str, Any], found: list[FactSheet]
) -> None:
    program = prepare(loaded(files), AS_OF)
    compared = compare_units(program, [replace(sheet, unit=f"u{i}") for i, sheet in enumerate(found)])
    for sheet, evaluation in zip(compared, evaluate_all(program, compared, engine="both"), strict=True):
        assert evaluation.failure is None
        again = read_sheet(json.loads(json.dumps(sheet_object(sheet))))
        (alone,) = evaluate_all(program, [again], engine="reference")
        assert alone.conclusions == evaluation.conclusions
        assert alone.missing == evaluation.missing
