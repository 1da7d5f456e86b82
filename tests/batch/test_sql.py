"""The SQL that is printed for a warehouse gives, run by DuckDB, what the reference channel says of the same units."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.batch.outputs import finding_row, verdict_row
from engine.batch.sql import NoSql, SameName, SqlScreening
from engine.batch.sql_text import table_statements
from engine.facts.sheet import FactSheet
from engine.inference import evaluate_all, prepare
from engine.inference.evaluation import Evaluation
from engine.language.values import Unknown
from engine.project.load import load
from engine.project.policy import Policy

sys.path.append(str(Path(__file__).parent.parent / "inference"))
from all_expressions import project, sheet
from random_policies import AS_OF, projects
from test_channels_agree import loaded, many_sheets

duckdb = pytest.importorskip("duckdb")


class Warehouse:
    """A database with the tables that a policy's SQL reads."""

    def __init__(self, policy: Policy, as_of: date = AS_OF) -> None:
        self.sql = SqlScreening(prepare(policy, as_of))
        self.connection = duckdb.connect()
        self.connection.execute(table_statements(self.sql.tables, policy, "zh"))

    def add(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows of a table; what they do not say is null."""
        names = [column.name for column in self.sql.tables[table]]
        places = ", ".join("?" * len(names))
        if rows:
            values = [[row.get(name) for name in names] for row in rows]
            self.connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', values)

    def results(self) -> dict[str, dict[str, Any]]:
        """Unit → its row of the result."""
        found = self.connection.sql(self.sql.query())
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
        return {row.pop("unit"): row for row in rows}


def known(value: Any) -> Any:
    return None if isinstance(value, Unknown) else value


def check(policy: Policy, sheets: list[FactSheet]) -> int:
    """Compares everything that the SQL says of the units without conflicts; returns how many they are."""
    program = prepare(policy, AS_OF)
    plain = [e for e in evaluate_all(program, sheets, engine="reference") if not e.context.conflicts]
    warehouse = Warehouse(policy)
    units, rows = [], []
    for number, evaluation in enumerate(plain):
        one = evaluation.sheet
        days = {o.observed for seen in one.facts.values() for o in seen if o.readable}
        row: dict[str, Any] = {"unit": str(number), "unit_kind": evaluation.kind}
        # One day stands for all facts of a unit; where they differ, the stale ones are left out instead.
        row["observed"] = next(iter(days)) if len(days) == 1 else None
        for id_ in policy.facts:
            if len(days) == 1 and id_ in one.facts and len(one.facts[id_]) == 1:
                (seen,) = one.facts[id_]
                row[id_] = known(seen.value)
            else:
                row[id_] = known(evaluation.context.values[id_])
        entries = one.registers.get("r0")
        row["r0_none"] = True if entries == () else None
        units.append(row)
        for entry in entries or ():
            cells = {name: known(cell.value) for name, cell in entry.cells.items() if cell.readable}
            rows.append({"unit": str(number), "observed": entry.observed, **cells})
    warehouse.add("units", units)
    if "r0" in warehouse.sql.tables:
        warehouse.add("r0", rows)
    found = warehouse.results()
    assert len(found) == len(plain)
    for number, evaluation in enumerate(plain):
        row = found[str(number)]
        assert row.pop("not_computed") is False
        assert row == expected(evaluation), evaluation.sheet
    return len(plain)


def expected(evaluation: Evaluation) -> dict[str, Any]:
    """The verdict and all findings, as the per-unit engines have them."""
    row = verdict_row(evaluation) | finding_row(evaluation)
    del row["name"]
    return row


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects(), st.integers(0, 10**6))
def test_random_policies(files: dict[str, Any], seed: int) -> None:
    check(loaded(files), many_sheets(seed, 40))


def test_every_form_of_expression() -> None:
    random = Random(2019)
    assert check(loaded(project()), [sheet(random) for _ in range(300)]) == 300


@pytest.fixture(scope="module")
def policy() -> Policy:
    """``c.0``: more than two cases of the city's level or above; ``c.1``: n0 over p0, exactly."""
    return loaded(_small())


def _small() -> dict[str, Any]:
    files = deepcopy(project())
    conditions = [{"count": "r0", "where": {"level": ["京", "省", "市"]}, "is": "> 2"}, {"n0": "> p0"}]
    conditions += [{"expression": "n1 * n2 > 10"}]
    criteria = files["rules/c.yaml"]["criteria"][: len(conditions)]
    for criterion, condition in zip(criteria, conditions, strict=True):
        criterion["when"] = condition
    ids = [criterion["id"] for criterion in criteria]
    category = {**files["rules/c.yaml"]["category"], "when": {"any": [{"finding": id_} for id_ in ids]}}
    files["rules/c.yaml"] = {"category": category, "criteria": criteria}
    return files


def test_nothing_is_said_of_a_unit_with_a_value_that_cannot_be_taken_as_it_stands(policy: Policy) -> None:
    odd: dict[str, dict[str, Any]] = {
        "a kind that the plan does not know": {"unit_kind": "镇"},
        "more places than four": {"n0": Decimal("1.00001")},
        "a number beyond all counting": {"n0": Decimal("1e12")},
        "a number too large to be multiplied": {"n1": Decimal("9e11"), "n2": Decimal("9e11")},
        "rows, and the word that there are none": {"r0_none": True},
        "a level that is none, in a row": {},
        "said twice": {},
    }
    warehouse = Warehouse(policy)
    # As wide as a warehouse may have it: the query must not rest on the types that were proposed.
    warehouse.connection.execute('ALTER TABLE "units" ALTER "n0" TYPE DECIMAL(38, 6)')
    fine = {"unit": "fine", "unit_kind": "社区", "n0": Decimal(3)}
    rows = [fine, *({**fine, "unit": unit, **values} for unit, values in odd.items())]
    warehouse.add("units", [*rows, {**fine, "unit": "said twice"}])
    warehouse.add("r0", [{"unit": "rows, and the word that there are none", "level": "京"}])
    warehouse.add("r0", [{"unit": "a level that is none, in a row", "level": "县"}])
    found = warehouse.results()
    assert found.pop("fine") | {"not_computed": False, "c.1": True, "verdict": "weak"} == {
        "not_computed": False,
        "kind": "社区",
        "verdict": "weak",
        "key": None,
        "c.0": None,
        "c.1": True,
        "c.2": None,
        "c": True,
        "weak": True,
    }
    assert found.keys() == odd.keys()
    for row in found.values():
        assert row.pop("not_computed") is True
        assert set(row.values()) == {None}


def test_numbers_may_be_integers_or_binary(policy: Policy) -> None:
    """0.1 + 0.2 is not the tenth that it nearly is, so nothing is said of it; 2.5 is exactly that."""
    warehouse = Warehouse(policy)
    warehouse.connection.execute('ALTER TABLE "units" ALTER "n0" TYPE DOUBLE')
    warehouse.connection.execute('ALTER TABLE "units" ALTER "n1" TYPE INTEGER')
    values = {"exact": 2.5, "nearly": 1 / 3, "no number": float("nan"), "missing": None}
    warehouse.add("units", [{"unit": u, "unit_kind": "社区", "n0": n, "n1": 3} for u, n in values.items()])
    found = {unit: (row["not_computed"], row["c.1"]) for unit, row in warehouse.results().items()}
    assert found == {
        "exact": (False, True),
        "nearly": (True, None),
        "no number": (True, None),
        "missing": (False, None),
    }


def test_a_rule_without_columnar_form_is_refused() -> None:
    files = _small()
    files["rules/c.yaml"]["criteria"][1]["when"] = {"expression": "n0 ** 2 > 4"}
    with pytest.raises(NoSql) as refused:
        SqlScreening(prepare(loaded(files), AS_OF))
    assert refused.value.obstacles == {"c.1": "batch.why.power"}


def test_a_comparison_with_other_units_is_refused_as_what_it_is() -> None:
    policy = load(Path(__file__).parents[2] / "examples" / "yearly-review", tests=False).policy
    assert policy is not None
    with pytest.raises(NoSql) as refused:
        SqlScreening(prepare(policy, date(2024, 12, 31)))
    assert set(refused.value.obstacles.values()) == {"batch.why.other-units"}


def test_ids_that_differ_in_capitals_only_are_refused() -> None:
    files = _small()
    facts = files["policy/vocabulary.yaml"]["facts"]
    facts.append({**facts[0], "id": "N0", "name": {"zh": "另一项", "en": "another"}})
    files["rules/c.yaml"]["criteria"][2]["when"] = {"N0": True}
    with pytest.raises(SameName) as refused:
        SqlScreening(prepare(loaded(files), AS_OF))
    assert refused.value.names == ("n0", "N0")


def test_only_what_is_wanted_is_read(policy: Policy) -> None:
    sql = SqlScreening(prepare(policy, AS_OF), ("verdicts",))
    assert [column.name for column in sql.tables["units"]] == [
        "unit",
        "unit_kind",
        "observed",
        "b0",
        "n0",
        "n1",
        "n2",
        "r0_none",
    ]
    assert sql.results == ["kind", "verdict", "key"]
