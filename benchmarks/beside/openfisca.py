"""OpenFisca: a variable for each fact and rule, formulas over arrays; a truth is 0, 1 or 2 for false, unknown, true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl

from beside.rules import (
    Both,
    Compare,
    Count,
    Is,
    Number,
    Rule,
    Term,
    atoms,
)

TITLE, PACKAGE, UNITS = "OpenFisca", "openfisca-core", 1_000_000
PERIOD = "2025-06"
FALSE, UNKNOWN, TRUE = np.int8(0), np.int8(1), np.int8(2)
LABELS = ("none", "unknown", "weak", "key")
Ask = Callable[[str], np.ndarray]


def _number(number: Number, ask: Ask) -> Any:
    if isinstance(number, str):
        return ask(number)
    if isinstance(number, tuple):
        operator, left, right = number
        a, b = _number(left, ask), _number(right, ask)
        return a + b if operator == "+" else a - b if operator == "-" else a * b
    return float(number) if number != int(number) else int(number)


_COMPARE = {
    ">": np.greater,
    ">=": np.greater_equal,
    "<": np.less,
    "<=": np.less_equal,
    "=": np.equal,
    "!=": np.not_equal,
}


def _truth(term: Term, ask: Ask) -> np.ndarray:
    """The truth of a rule, from when it is surely true."""
    if isinstance(term, Is):
        found = ask(term.name)
        return found if term.value else TRUE - found
    if isinstance(term, Compare):
        found = _COMPARE[term.operator](_number(term.left, ask), _number(term.right, ask))
        truth = found.view(np.int8) << 1
        known = ask(f"{term.facts[0]}_known")
        for fact in term.facts[1:]:
            known = known & ask(f"{fact}_known")
        return np.where(known, truth, UNKNOWN)
    parts = [_truth(part, ask) for part in term.parts]
    if isinstance(term, Count):
        # The truth of the k-th truest: true if k are, false if all but k - 1 are.
        best = [parts[0]]
        for part in parts[1:]:
            more = []
            for one in best:
                more.append(np.maximum(one, part))
                part = np.minimum(one, part)
            best = [*more, part][: term.need]
        return best[term.need - 1]
    joined = parts[0]
    for part in parts[1:]:
        joined = np.minimum(joined, part) if isinstance(term, Both) else np.maximum(joined, part)
    return joined


def arrays(units: pl.DataFrame) -> dict[str, np.ndarray]:
    """The facts as the formulas take them: truths as numbers, numbers beside whether they are known."""
    found = {}
    for name in units.columns[2:]:
        column = units[name].to_physical()
        known = column.is_not_null().to_numpy()
        if column.dtype == pl.Boolean:
            truth = np.where(column.fill_null(False).to_numpy(), TRUE, FALSE)
            found[name] = np.where(known, truth, UNKNOWN)
        else:
            found[name], found[f"{name}_known"] = column.fill_null(0).to_numpy(), known
    return found


def prepare(rules: Sequence[Rule]) -> Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]:
    """The system of variables; what comes back sets the facts of many units and computes every rule and the label."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import MONTH
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    unit = build_entity(key="unit", plural="units", label="unit", is_person=True)
    system = TaxBenefitSystem([unit])
    common = {"entity": unit, "definition_period": MONTH}
    booleans: set[str] = set()
    numbers: set[str] = set()
    for rule in rules:
        for atom in atoms(rule.true):
            if isinstance(atom, Compare):
                numbers |= set(atom.facts)
            elif not atom.rule:
                booleans.add(atom.name)
    kinds = {"i": int, "d": float, "t": int}

    def add(name: str, kind: type, **more: Any) -> None:
        system.add_variable(type(name, (Variable,), {**common, "value_type": kind, **more}))

    for name in booleans:
        add(name, int)
    for name in numbers:
        add(name, kinds[name[0]])
        add(f"{name}_known", bool)

    def formula_of(rule: Rule) -> Callable[..., np.ndarray]:
        def formula(units: Any, period: Any) -> np.ndarray:
            return _truth(rule.true, lambda name: units(name, period))

        return formula

    for rule in rules:
        add(rule.id, int, formula=formula_of(rule))

    def label(units: Any, period: Any) -> np.ndarray:
        weak, key = units("weak", period), units("key", period)
        return np.select([key == TRUE, (weak == TRUE) & (key == FALSE), weak == FALSE], [3, 2, 0], 1)

    add("label", int, formula=label)
    names = [rule.id for rule in rules] + ["label"]

    given = [*booleans, *numbers, *(f"{name}_known" for name in numbers)]

    def evaluate(facts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        simulation = SimulationBuilder().build_default_simulation(system, len(facts[given[0]]))
        for name in given:
            simulation.set_input(name, PERIOD, facts[name])
        return {name: simulation.calculate(name, PERIOD) for name in names}

    return evaluate


def results(found: dict[str, np.ndarray]) -> pl.DataFrame:
    """The results as columns of truths and labels."""
    columns = {}
    for name, values in found.items():
        if name == "label":
            shown = pl.Series([None if LABELS[v] == "unknown" else LABELS[v] for v in values.tolist()])
        else:
            shown = pl.Series(
                [None if v == UNKNOWN else v == TRUE for v in values.tolist()], dtype=pl.Boolean
            )
        columns[name] = shown
    return pl.DataFrame(columns)
