"""Publication: it depends on the facts that are not sensitive alone, and says nothing that the full result denies."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.cli.opening import with_duties
from engine.duties.nouns import CaseFile
from engine.facts import read
from engine.facts.sheet import FactSheet, Observation, Row, Source
from engine.facts.withhold import Sensitive, sensitive_in
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation, Program
from engine.project import load
from engine.project.policy import Policy, Register
from engine.project.sensitive_use import cannot_publish
from engine.report.page import PageRecord, page_document
from engine.report.publish import publication
from engine.report.results_csv import csv_lines
from engine.report.results_github import github_lines
from engine.report.results_json import json_chunks, jsonl_lines
from engine.report.results_text import text_lines
from engine.report.run import Run, Tally
from engine.report.workbook.book import results_workbook

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "inference"))
from random_policies import AS_OF, FRAME, projects, sheets, write_project  # noqa: E402


def published(program: Program, found: Iterable[FactSheet], lang: Any = "zh") -> str:
    """Every format of a published run, one after the other."""
    policy = program.policy
    made = publication(policy)
    run = Run(program, "reference", left_out=made.sensitive.count)
    evaluations = evaluate_all(program, [made.sheet(sheet) for sheet in found], engine="reference")
    units = [made.unit(unit) for unit in with_duties(program, evaluations, "reference")]
    shown = [
        *json_chunks(run, units, Tally(), lang),
        *jsonl_lines(run, units, Tally(), lang),
        *csv_lines(run, units, Tally(), lang),
        *github_lines(run, units, Tally(), lang),
        *text_lines(run, units, Tally(), lang, 100),
        results_workbook(program, units, lang, run.left_out).hex(),
        page_of(run, units, lang),
    ]
    return "\n".join(shown)


def page_of(run: Run, units: Iterable[Evaluation | CaseFile], lang: Any) -> str:
    """The page in one file."""
    record = PageRecord(run, lang)
    for unit in units:
        record.add(unit)
    return page_document(record).decode()


def results(program: Program, sheet: FactSheet, *, publish: bool) -> dict[str, Any]:
    """The JSON object of one unit."""
    made = publication(program.policy)
    evaluations = evaluate_all(program, [made.sheet(sheet) if publish else sheet], engine="reference")
    units = with_duties(program, evaluations, "reference")
    shown = list(
        jsonl_lines(Run(program, "reference"), map(made.unit, units) if publish else units, Tally(), "zh")
    )
    found: dict[str, Any] = json.loads(shown[0])
    return found


def mixed(one: FactSheet, other: FactSheet, sensitive: Sensitive) -> FactSheet:
    """``one`` with the sensitive facts and cells of ``other``."""
    facts = {id_: seen for id_, seen in one.facts.items() if id_ not in sensitive.facts}
    facts |= {id_: seen for id_, seen in other.facts.items() if id_ in sensitive.facts}
    registers = {}
    for id_, rows in one.registers.items():
        hidden, theirs = sensitive.columns.get(id_, frozenset()), other.registers.get(id_, ())
        changed = []
        for i, row in enumerate(rows):
            cells = {name: cell for name, cell in row.cells.items() if name not in hidden}
            if theirs:
                cells |= {n: c for n, c in theirs[i % len(theirs)].cells.items() if n in hidden}
            changed.append(replace(row, cells=cells))
        registers[id_] = tuple(changed)
    return replace(one, facts=facts, registers=registers, problems=other.problems)


# ------------------------------------------------------------------------------------- random policies


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A random policy in which random facts and columns are sensitive, and which can be published."""
    files = copy.deepcopy(draw(projects(most_rules=6)))
    vocabulary = files["policy/vocabulary.yaml"]
    entries = [*vocabulary["facts"], *vocabulary["registers"][0]["columns"]]
    for i in draw(st.sets(st.integers(0, len(entries) - 1), min_size=1, max_size=6)):
        entries[i]["sensitive"] = True
    with TemporaryDirectory() as folder:
        policy = load(write_project(Path(folder), files)).policy
    assert policy is not None
    return policy


@settings(max_examples=150, deadline=None)
@given(policies(), sheets(), sheets())
def test_what_is_published_depends_on_the_other_facts_alone(
    policy: Policy, one: FactSheet, other: FactSheet
) -> None:
    program = prepare(policy, AS_OF, {})
    changed = mixed(one, other, sensitive_in(policy))
    assert published(program, [one]) == published(program, [changed])


@settings(max_examples=150, deadline=None)
@given(policies(), sheets())
def test_what_is_published_is_true(policy: Policy, sheet: FactSheet) -> None:
    """A result that is neither withheld nor unknown is that of the full evaluation, unless the policy is refused."""
    if cannot_publish(policy):
        return
    program = prepare(policy, AS_OF, {})
    shown, full = results(program, sheet, publish=True), results(program, sheet, publish=False)
    assert_same_findings(shown, full)


def test_most_random_policies_are_not_refused() -> None:
    """Otherwise the property above would say nothing."""
    assert any("is defined" in json.dumps(content) for content in FRAME.values()) is False
    with TemporaryDirectory() as folder:
        files = {**FRAME, **rules_on({"b0": True})}
        policy = load(write_project(Path(folder), files)).policy
    assert policy is not None
    assert cannot_publish(policy) == ()


# -------------------------------------------------------------------------------- what must be refused


def both(word: str) -> dict[str, str]:
    return {"zh": f"名{word}", "en": word}


def rules_on(condition: dict[str, Any]) -> dict[str, Any]:
    when = {"finding": "c.0"}
    return {
        "rules/c.yaml": {
            "category": {"id": "c", "name": both("c"), "clause": "1", "lead": "科室", "when": when},
            "criteria": [{"id": "c.0", "name": both("c0"), "clause": "1", "when": condition}],
        },
        "rules/classification.yaml": {
            "weak": {"name": both("weak"), "clause": "1", "when": {"finding": "c"}},
            "key": {"name": both("key"), "clause": "1", "when": {"finding": "weak"}},
        },
    }


@pytest.mark.parametrize(
    ("expression", "refused"),
    [
        ("is defined(b2)", True),
        ("b0 or not(is defined(b2 or b1))", True),
        ("is defined(twice)", False),
        ("is defined(b1) and b2", False),
        ("is defined(count(r0[amount > 1]))", True),
    ],
)
def test_a_rule_that_asks_whether_a_sensitive_fact_is_known(
    expression: str, refused: bool, tmp_path: Path
) -> None:
    """Its outcome would be false, and not open, without the fact."""
    files = copy.deepcopy({**FRAME, **rules_on({"expression": expression})})
    vocabulary = files["policy/vocabulary.yaml"]
    next(f for f in vocabulary["facts"] if f["id"] == "b2")["sensitive"] = True
    vocabulary["registers"][0]["columns"][2]["sensitive"] = True
    policy = load(write_project(tmp_path, files)).policy
    assert policy is not None
    assert cannot_publish(policy) == (("c.0",) if refused else ())


# ------------------------------------------------------------------- the built-in plan, with its duties


@cache
def office() -> tuple[Policy, tuple[FactSheet, ...]]:
    policy = load(ROOT, tests=False).policy
    assert policy is not None
    return policy, read([ROOT / "examples/changgang/three-years/office.xlsx"], policy).sheets


def other_values(policy: Policy, random: Any) -> FactSheet:
    """A sheet whose sensitive facts and cells are anything at all."""

    def seen(fact: Any) -> Observation:
        values: dict[str, list[Any]] = {
            "boolean": [True, False],
            "date": [date(2018, 1, 5), date(2018, 9, 1), date(2019, 6, 30)],
            "choice": [choice.value for choice in fact.choices],
            "text": ["甲", "乙"],
            "integer": [Decimal(0), Decimal(4)],
            "number": [Decimal(0), Decimal("2.5")],
        }
        value = random.choice(values[fact.type])
        return Observation(value, str(value), Source("other"), random.choice([None, date(2018, 9, 1)]))

    facts = {
        id_: (seen(fact),) for id_, fact in policy.facts.items() if fact.sensitive and random.random() < 0.8
    }
    registers = {}
    for id_, columns in sensitive_in(policy).columns.items():
        rows = []
        for _ in range(7):
            cells = {
                name: seen(policy.registers[id_].columns[name])
                for name in sorted(columns)
                if random.random() < 0.8
            }
            rows.append(Row(cells, Source("other")))
        registers[id_] = tuple(rows)
    return FactSheet("", "", (), facts, registers)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 29), st.randoms(use_true_random=False), st.sampled_from(["2018-12-31", "2020-12-31"]))
def test_the_built_in_plan_is_published_without_a_trace_of_sensitive_facts(
    number: int, random: Any, day: str
) -> None:
    policy, sheets_read = office()
    sheet = sheets_read[number]
    changed = mixed(sheet, other_values(policy, random), sensitive_in(policy))
    program = prepare(policy, date.fromisoformat(day), {})
    shown = published(program, [sheet])
    assert shown == published(program, [changed])
    for id_, fact in policy.facts.items():
        assert not (fact.sensitive and f'"{id_}"' in shown), id_


SURE = ("met", "met_late", "overdue", "pending", "waived")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 29), st.randoms(use_true_random=False), st.sampled_from(["2018-12-31", "2020-12-31"]))
def test_what_is_published_of_duties_and_measures_is_true(number: int, random: Any, day: str) -> None:
    policy, sheets_read = office()
    sheet = mixed(sheets_read[number], other_values(policy, random), sensitive_in(policy))
    program = prepare(policy, date.fromisoformat(day), {})
    shown, full = results(program, sheet, publish=True), results(program, sheet, publish=False)
    assert_true(shown, full)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 27), st.randoms(use_true_random=False))
def test_whatever_is_marked_sensitive(number: int, random: Any) -> None:
    """The built-in plan with other facts and columns marked: still no trace, and nothing that is not so."""
    policy, sheets_read = office()
    marked = replace(
        policy,
        facts={id_: replace(f, sensitive=random.random() < 0.3) for id_, f in policy.facts.items()},
        registers={id_: marked_columns(register, random) for id_, register in policy.registers.items()},
    )
    if cannot_publish(marked):
        return
    sheet = mixed(sheets_read[number], other_values(marked, random), sensitive_in(marked))
    program = prepare(marked, date(2020, 12, 31), {})
    shown, full = results(program, sheet, publish=True), results(program, sheet, publish=False)
    changed = mixed(sheet, other_values(marked, random), sensitive_in(marked))
    assert shown == results(program, changed, publish=True)
    assert_true(shown, full)


def marked_columns(register: Register, random: Any) -> Register:
    """``register`` with columns marked sensitive at random, except where listings and waivers stand."""
    policy, _ = office()
    assert policy.listing is not None and policy.waivers is not None
    if register.id in (policy.listing.listed.rows.register, policy.waivers.register):
        return register
    columns = {
        id_: replace(column, sensitive=random.random() < 0.1) for id_, column in register.columns.items()
    }
    return replace(register, columns=columns)


def assert_same_findings(shown: dict[str, Any], full: dict[str, Any]) -> None:
    """As ``assert_true``, for findings and tables."""
    for group in ("findings", "categories", "determinations"):
        for id_, value in shown[group].items():
            assert value in ("withheld", "unknown", full[group][id_]), (group, id_)


def assert_true(shown: dict[str, Any], full: dict[str, Any]) -> None:
    """Whatever is neither withheld nor unknown in a published result is so in the full one."""
    assert_same_findings(shown, full)
    known = {(i["duty"], i["period"]): i["status"] for i in full["duties"]}
    for instance in shown["duties"]:
        if instance["status"] in SURE:
            assert instance["status"] == known[instance["duty"], instance["period"]], instance
    for measure, same in zip(shown["measures"], full["measures"], strict=True):
        assert measure["called_for"] in ("withheld", "unknown", same["called_for"]), measure
        if measure["called_for"] in ("true", "false"):
            for key in ("since", "due", "taken_on"):
                assert measure[key] in ("withheld", same[key]), (key, measure, same)
    for run, whole in zip(shown["procedures"], full["procedures"], strict=True):
        assert run["violations"] in ("withheld", whole["violations"])
        for step, same in zip(run["steps"], whole["steps"], strict=True):
            assert step["state"] in ("withheld", "unknown", same["state"])


def test_a_publication_says_what_was_left_out() -> None:
    policy, sheets_read = office()
    program = prepare(policy, date(2018, 12, 31), {})
    made = publication(policy)
    run = Run(program, "reference", left_out=made.sensitive.count)
    evaluations = evaluate_all(program, [made.sheet(sheet) for sheet in sheets_read], engine="reference")
    units = [made.unit(unit) for unit in with_duties(program, evaluations, "reference")]
    found = json.loads("".join(json_chunks(run, units, Tally(), "zh")))
    facts = sum(fact.sensitive for fact in policy.facts.values())
    columns = sum(column.sensitive for r in policy.registers.values() for column in r.columns.values())
    counted = sum(unit["withheld"] for unit in found["results"])
    assert found["summary"]["left_out"] == {"sensitive_facts": facts + columns, "results": counted}
    assert counted > 0
    lines = "\n".join(text_lines(run, units, Tally(), "en", 1000))
    assert f"{facts + columns} sensitive facts and columns are left out" in lines
    assert f"results withheld: {counted}" in lines
