"""A small ledger for tests: bodies of the shape that decisions have, one object to each tenth entry."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from engine.ledger.digests import address_of
from engine.ledger.store import Item, Ledger


def items(count: int) -> tuple[list[Item], list[bytes]]:
    """``count`` bodies and the objects they refer to."""
    objects = [f'{{"unit":"U-{i}","值":{i}}}'.encode() for i in range(0, count, 10)]
    bodies: list[Item] = [
        (
            "evaluation",
            {
                "unit": {"id": f"U-{i:04}", "name": "某社区"},
                "as_of": "2018-12-31",
                "classification": ["weak", "not_weak"][i % 2],
                "facts_object": address_of(objects[i // 10]),
            },
        )
        for i in range(count)
    ]
    return bodies, objects


def ledger_at(path: Path, count: int) -> Ledger:
    """A new ledger with ``count`` entries."""
    ledger = Ledger.open(path, create=True)
    bodies, objects = items(count)
    ledger.append(bodies, objects=objects)
    return ledger


def without_triggers(path: Path) -> sqlite3.Connection:
    """The file as somebody would open it who wants to change it unseen; ``restore`` puts the triggers back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    return connection


def restore(connection: sqlite3.Connection) -> None:
    """The triggers as they were."""
    from engine.ledger.store import SCHEMA

    for statement in SCHEMA:
        if "TRIGGER" in statement:
            connection.execute(statement)
    connection.close()
