"""Fact sheets for ``random_policies.FRAME`` from a plain random generator, for tests with thousands of units."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from random_policies import AS_OF, BOOLEANS, DATES, NUMBERS, SOURCE

from engine.facts.sheet import FactSheet, Observation, Row
from engine.language.values import Unknown


def sheet(random: Random) -> FactSheet:
    """One sheet, with the same kinds of gaps and conflicts as ``random_policies.sheets``."""

    def seen(draw: Any) -> tuple[Observation, ...]:
        count = random.choices([0, 1, 2], [2, 10, 1])[0]
        found = []
        for _ in range(count):
            readable = random.random() < 0.95
            day = random.choice([None, AS_OF, AS_OF - timedelta(days=400)])
            value = draw() if readable else Unknown()
            found.append(Observation(value, str(value), SOURCE, day, readable=readable))
        return tuple(found)

    def day() -> Any:
        return AS_OF - timedelta(days=random.randint(-30, 800))

    def amount() -> Decimal:
        return Decimal(random.randint(0, 6))

    draws: dict[str, Any] = {
        **dict.fromkeys(BOOLEANS, lambda: random.random() < 0.5),
        **dict.fromkeys(NUMBERS, amount),
        **dict.fromkeys(DATES, day),
        "c0": lambda: random.choice("甲乙丙"),
    }
    facts = {id_: seen(draw) for id_, draw in draws.items()}
    columns: dict[str, Any] = {"level": lambda: random.choice("京省市"), "day": day, "amount": amount}
    rows = []
    for _ in range(random.randint(0, 4)):
        cells = {
            name: Observation(value, str(value), SOURCE)
            for name, draw in columns.items()
            if random.random() < 0.85 and (value := draw()) is not None
        }
        rows.append(Row(cells, SOURCE))
    return FactSheet(
        unit="u",
        name="单位",
        kind=seen(lambda: random.choice(["社区", "社区", "联社", "村"])),
        facts={id_: observations for id_, observations in facts.items() if observations},
        registers={"r0": tuple(rows)} if random.random() < 0.8 else {},
    )
