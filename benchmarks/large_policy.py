"""A policy of any number of rules, made from a seed, and tables of units for it.

Forty categories share the rules. A rule tests one fact, or joins several tests, or counts rows of a register, or builds
on two rules before it; ``weak`` is true if any rule at all is. Files are written as an office writes them, and nothing
in them means anything.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.project import load  # noqa: E402
from engine.project.policy import Policy  # noqa: E402

AS_OF = date(2025, 6, 30)
CATEGORIES = 40
OFFICE = "综合科"
KIND = "单位"
#: The facts: prefix → how many, and their type.
FACTS = {"b": (40, "boolean"), "i": (40, "integer"), "n": (20, "number"), "d": (20, "date")}
REGISTERS = 6
LEVELS = ("一级", "二级", "三级")
#: Rows of each register that a unit has on average.
ROWS = 2


def _text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _fact(id_: str, kind: str) -> dict[str, Any]:
    return {"id": id_, "name": _text(f"项目{id_}", f"item {id_}"), "type": kind, "supplier": OFFICE}


def _frame() -> dict[str, Any]:
    """The files under ``policy``."""
    clauses = [
        ("1", "screening"),
        *((f"1.{i}", f"category {i}") for i in range(1, CATEGORIES + 1)),
        ("2", "verdict"),
    ]
    columns = [
        {"id": "level", "name": _text("级别", "level"), "type": "choice",
         "choices": [{"value": v, "en": f"level {i}"} for i, v in enumerate(LEVELS, 1)]},
        {"id": "day", "name": _text("日期", "day"), "type": "date"},
        {"id": "amount", "name": _text("数额", "amount"), "type": "integer"},
    ]  # fmt: skip
    return {
        "document": {
            "policy": {
                "id": "large",
                "title": _text("大方案", "A large plan"),
                "issuer": _text("某街道办事处", "A sub-district office"),
                "issued": date(2025, 1, 1),
            },
            "clauses": [
                {
                    "id": id_,
                    "title": _text(f"第{id_}条", en),
                    "summary": _text(f"第{id_}条。", f"The {en}."),
                    "locator": id_,
                    "operative": True,
                }
                for id_, en in clauses
            ],
        },
        "vocabulary": {
            "facts": [
                _fact(f"{prefix}{i:02}", kind)
                for prefix, (count, kind) in FACTS.items()
                for i in range(1, count + 1)
            ],
            "registers": [
                {
                    "id": f"r{i}",
                    "name": _text(f"登记{i}", f"register {i}"),
                    "supplier": OFFICE,
                    "columns": columns,
                }
                for i in range(1, REGISTERS + 1)
            ],
        },
        "organisation": {
            "offices": [{"id": OFFICE, "en": "General office"}],
            "posts": [],
            "ranks": [],
            "kinds": [{"id": KIND, "en": "unit", "in scope": True}],
        },
        "timetable": {"counting": {"first day": "excluded"}},
        "parameters": {"parameters": []},
    }


class _Rules:
    """Draws conditions."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def condition(self, earlier: list[str]) -> dict[str, Any]:
        """A condition of a rule; ``earlier``: the rules that it may build on."""
        random = self._random
        form = random.random()
        if form < 0.5:
            return self._test()
        if form < 0.65:
            return {random.choice(["all", "any"]): [self._test() for _ in range(random.randint(2, 4))]}
        if form < 0.75:
            return {"at least": 2, "of": [self._test() for _ in range(random.randint(3, 5))]}
        if form < 0.9 or len(earlier) < 2:
            return self._count()
        return {"any": [{"finding": rule} for rule in random.sample(earlier[-200:], 2)]}

    def _test(self) -> dict[str, Any]:
        random = self._random
        prefix = random.choice(list(FACTS))
        fact = f"{prefix}{random.randint(1, FACTS[prefix][0]):02}"
        if prefix == "b":
            return {fact: random.random() < 0.5}
        if prefix == "d":
            return {fact: {random.choice(["within", "longer ago than"]): f"{random.randint(1, 48)} months"}}
        if prefix == "n" and random.random() < 0.3:
            return {"expression": f"{fact} * {random.randint(2, 9)} > i{random.randint(1, 40):02}"}
        return {fact: f"{random.choice(['<', '<=', '>', '>='])} {random.randint(0, 1000)}"}

    def _count(self) -> dict[str, Any]:
        random = self._random
        where: dict[str, Any] = {}
        if random.random() < 0.7:
            where["level"] = sorted(random.sample(LEVELS, random.randint(1, 2)))
        if random.random() < 0.7 or not where:
            where["day"] = {"within": f"{random.randint(1, 36)} months"}
        if random.random() < 0.3:
            where["amount"] = f"> {random.randint(0, 900)}"
        register = f"r{random.randint(1, REGISTERS)}"
        return {"count": register, "where": where, "is": f">= {random.randint(1, 3)}"}


def write(folder: Path, rules: int, seed: int = 1) -> None:
    """Writes a policy project of so many criteria, forty categories and both verdicts into ``folder``."""
    draw, ids = _Rules(seed), list[str]()
    files: dict[str, Any] = {f"policy/{name}.yaml": content for name, content in _frame().items()}
    for category in range(1, CATEGORIES + 1):
        criteria = []
        for number in range((rules - category) // CATEGORIES + 1):
            id_ = f"c{category}.{number + 1}"
            name = _text(f"第{category}类第{number + 1}项", f"Item {number + 1} of category {category}")
            criteria.append({"id": id_, "name": name, "clause": f"1.{category}", "when": draw.condition(ids)})
            ids.append(id_)
        files[f"rules/screening/{category:02}.yaml"] = {
            "category": {
                "id": f"c{category}",
                "name": _text(f"第{category}类", f"Category {category}"),
                "clause": f"1.{category}",
                "lead": OFFICE,
                "when": {"any": [{"finding": criterion["id"]} for criterion in criteria]},
            },
            "criteria": criteria,
        }
    # Over all rules at once, not over the categories: plans with one long list have to be fast as well.
    every = [{"finding": id_} for id_ in ids]
    several = [{"finding": f"c{category}"} for category in range(1, CATEGORIES + 1)]
    files["rules/classification.yaml"] = {
        "weak": {"name": _text("薄弱", "weak"), "clause": "2", "when": {"any": every}},
        "key": {"name": _text("重点", "key"), "clause": "2", "when": {"at least": 20, "of": several}},
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(content, allow_unicode=True, sort_keys=False, Dumper=_Plain)
        path.write_text(text, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Writes lists that are used twice out twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def policy(rules: int, seed: int = 1) -> Policy:
    """The policy that ``write`` writes, loaded."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), rules, seed)
        found = load(Path(folder)).policy
    assert found is not None
    return found


def tables(units: int, seed: int = 1) -> tuple[Any, dict[str, Any]]:
    """The unit table and the registers' tables for any such policy, laid out as ``usual_layout`` says."""
    import polars as pl

    random = Random(seed)
    # A twentieth of the values is missing.
    draws: dict[str, Callable[[], Any]] = {
        "b": lambda: random.random() < 0.3,
        "i": lambda: random.randint(0, 1000),
        "n": lambda: random.randint(0, 10_000_000),
        "d": lambda: AS_OF - timedelta(days=random.randint(0, 1500)),
    }

    def column(draw: Callable[[], Any], count: int) -> list[Any]:
        return [None if random.random() < 0.05 else draw() for _ in range(count)]

    ids = [f"U{i}" for i in range(units)]
    table: dict[str, Any] = {"unit": ids, "unit_kind": [KIND] * units}
    for prefix, (count, _) in FACTS.items():
        table |= {f"{prefix}{i:02}": column(draws[prefix], units) for i in range(1, count + 1)}
    registers = {}
    for i in range(1, REGISTERS + 1):
        table[f"r{i}:known"] = [random.random() < 0.95 for _ in range(units)]
        known = [id_ for id_, there in zip(ids, table[f"r{i}:known"], strict=True) if there]
        owners = [id_ for id_ in known for _ in range(random.randint(0, 2 * ROWS))]
        rows, place = [], dict[str, int]()
        for owner in owners:
            place[owner] = place.get(owner, 0) + 1
            rows.append(place[owner])
        registers[f"r{i}"] = pl.DataFrame(
            {
                "unit": owners,
                "row": rows,
                "level": column(lambda: random.choice(LEVELS), len(owners)),
                "day": column(draws["d"], len(owners)),
                "amount": column(draws["i"], len(owners)),
            }
        )
    return pl.DataFrame(table), registers
