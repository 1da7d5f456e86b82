"""Why not: the paths through one rule, how many are shown, and what is said of them, word for word."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantern_units import evaluation, sheet

from engine.explain.families import Family, both, family
from engine.explain.say_why_not import why_not_lines, why_not_object
from engine.explain.why_not import rests_on, why_not
from engine.inference.evaluation import Evaluation
from engine.messages import Lang

GOOD = sheet(rows=[], keeper=True, dark_days=Decimal(3))
BAD = sheet(rows=[], keeper=False, dark_days=Decimal(40))


def rules(
    unit: Evaluation, through: str | None, subject: str = "weak", most: int = 50
) -> list[tuple[str, ...]]:
    return [path.rules for path in why_not(unit, subject, most=most, through=through).paths]


# ------------------------------------------------------------------------------------ through one rule


def test_only_the_paths_through_the_rule_that_is_named() -> None:
    unit = evaluation(GOOD)
    repeated, unkept = ("lantern_damage.repeated",), ("neglect.unkept",)
    assert rules(unit, None) == [repeated, unkept, unkept]
    assert rules(unit, "lantern_damage") == [repeated]
    assert rules(unit, "lantern_damage.repeated") == [repeated]
    assert rules(unit, "neglect") == [unkept, unkept]
    assert rules(unit, "weak") == rules(unit, None)


def test_a_path_that_needs_two_rules_goes_through_both() -> None:
    unit = evaluation(GOOD)
    assert rules(unit, "neglect", "key") == rules(unit, "lantern_damage", "key") == rules(unit, None, "key")


def test_no_path_through_a_rule_in_which_nothing_is_missing() -> None:
    unit = evaluation(BAD)
    assert rules(unit, "lantern_damage", "key") == [("lantern_damage.repeated",)]
    assert rules(unit, "neglect", "key") == []
    assert why_not(unit, "key", through="neglect").count == 0


def test_what_holds_lacks_nothing_through_whatever_rule() -> None:
    assert rules(evaluation(BAD), "lantern_damage") == [()]


def test_a_rule_rests_on_itself_and_on_what_is_below_it() -> None:
    network = evaluation(GOOD).program.network
    below = {rule for rule in network.rules if rests_on(network, "neglect", rule)}
    assert below == {"neglect", "neglect.unkept"}


_factors = st.lists(st.lists(st.integers(1, 15), min_size=1, max_size=4), max_size=3)


@given(_factors, st.integers(0, 2**12 - 1))
def test_the_sets_that_touch_are_those_and_each_once(factors: list[list[int]], members: int) -> None:
    found = Family(())
    for i, sets in enumerate(factors):
        found = both(found, family(each << (4 * i) for each in sets))
    parts = found.touching(members)
    written = [each for part in parts for each in part.sets()]
    assert sorted(written) == sorted(each for each in found.sets() if each & members)
    assert sum(part.count for part in parts) == len(written)


# ------------------------------------------------------------------------------------------- how many


def test_fewer_paths_are_the_first_of_more() -> None:
    unit = evaluation(sheet(rows=[], keeper=True))
    everything = rules(unit, None)
    assert [rules(unit, None, most=n) for n in (1, 2, 3)] == [everything[:n] for n in (1, 2, 3)]
    assert why_not(unit, most=1).count == 3


@pytest.mark.parametrize(
    ("lang", "last"),
    [
        ("en", "… and 2 more; `--limit 3` shows them"),
        ("zh", "……另有2条，`--limit 3` 可全部列出"),
    ],
)
def test_what_is_not_shown_is_counted(lang: Lang, last: str) -> None:
    unit = evaluation(GOOD)
    *_, said = why_not_lines(why_not(unit, most=1), lang, 80)
    assert said == last
    assert "--limit" not in "".join(why_not_lines(why_not(unit, most=3), lang, 80))
    assert why_not_object(why_not(unit, most=1), lang)["count"] == 3


# ------------------------------------------------------------------------------------------- headings

UNKNOWN = sheet(rows=[], keeper=True)
HEADS: list[tuple[object, bool, str | None, str, str]] = [
    (
        GOOD,
        True,
        None,
        "“In need of repair” does not hold; for it to hold, this is missing on each path, the nearest first:",
        "“需要整改”不成立；要使其成立，各条途径还差以下各项，差得最少的在前：",
    ),
    (
        UNKNOWN,
        True,
        "neglect",
        "it is not known whether “In need of repair” holds; "
        "for it to hold, this is missing on each path through “Neglect”, the nearest first:",
        "“需要整改”是否成立尚不能判断；要经“失管类”使其成立，各条途径还差以下各项，差得最少的在前：",
    ),
    (
        BAD,
        False,
        None,
        "“In need of repair” holds; for it not to hold, this is missing on each path, the nearest first:",
        "“需要整改”成立；要使其不成立，各条途径还差以下各项，差得最少的在前：",
    ),
    (
        BAD,
        False,
        "neglect",
        "“In need of repair” holds; "
        "for it not to hold, this is missing on each path through “Neglect”, the nearest first:",
        "“需要整改”成立；要经“失管类”使其不成立，各条途径还差以下各项，差得最少的在前：",
    ),
    (
        BAD,
        False,
        "lantern_damage",
        "“In need of repair” holds; no path to the contrary goes through “Damage”",
        "“需要整改”成立；没有经“损坏类”使结果不同的途径",
    ),
    (
        BAD,
        True,
        None,
        "“In need of repair” holds; there is nothing to explain",
        "“需要整改”成立，无须说明",
    ),
    (
        GOOD,
        False,
        None,
        "“In need of repair” does not hold; there is nothing to explain",
        "“需要整改”不成立，无须说明",
    ),
    (
        sheet(kind="村", rows=[], keeper=False),
        True,
        None,
        "“In need of repair” does not hold; no facts could make that different for a unit of this kind",
        "“需要整改”不成立；对这一类单位，没有任何事实能使结果不同",
    ),
]


@pytest.mark.parametrize(("unit", "wanted", "through", "english", "chinese"), HEADS)
def test_the_heading_says_how_it_is_and_what_follows(
    unit: object, wanted: bool, through: str | None, english: str, chinese: str
) -> None:
    found = why_not(evaluation(unit), "weak", wanted, through=through)  # type: ignore[arg-type]
    assert next(iter(why_not_lines(found, "en", 1000))) == english
    assert next(iter(why_not_lines(found, "zh", 1000))) == chinese
