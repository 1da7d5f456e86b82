"""Changes of facts given on the command line: ``--set``, ``--add`` and ``--remove``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from engine.cli import exits
from engine.messages import Lang
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.explain.changes import Change
    from engine.facts.sheet import FactSheet
    from engine.language.values import Value
    from engine.project.policy import Fact, Policy, Register

Thing = TypeVar("Thing", "Fact", "Register")
_CELL = re.compile(r"(.+?)\[([0-9]+)\](?:\.(.+))?")
_BLANK = ("?", "？")
_NONE = ("none", "无", "[]")


def changes_given(
    policy: Policy,
    sheet: FactSheet,
    given: Sequence[str],
    added: Sequence[str],
    removed: Sequence[str],
    lang: Lang,
) -> tuple[Change, ...]:
    """``fact=value``, ``register[2].column=value`` and ``register=none``; rows ``register: column=value, …``; and
    ``register[2]`` to be taken out. A value ``?`` takes a fact out.

    Raises CommandErrors for all that is not understood.
    """
    return tuple(
        exits.every(
            lambda change: change(),
            [
                *(partial(_set, policy, sheet, item, lang) for item in given),
                *(partial(_add, policy, item, lang) for item in added),
                *(partial(_remove, policy, sheet, item) for item in removed),
            ],
        )
    )


def _set(policy: Policy, sheet: FactSheet, item: str, lang: Lang) -> Change:
    from engine.explain.changes import CellChange, FactChange, RegisterEmpty
    from engine.project.policy import UNIT_KIND

    name, equals, written = item.partition("=")
    name, written = name.strip(), written.strip()
    if not equals or not name:
        raise exits.CommandError("cli.set-form", "cli.set-form-help", found=item)
    cell = _CELL.fullmatch(name)
    if cell is not None and cell[3] is not None:
        register = _register(policy, cell[1])
        row = _row(sheet, register, int(cell[2]))
        column = _column(register, cell[3])
        return CellChange(register.id, row, column.id, fact_value(column, written, lang))
    if name in (UNIT_KIND, "unit kind", "单位类别", "类别"):
        if written not in policy.kinds:
            kinds = ", ".join(f"`{kind}`" for kind in policy.kinds)
            raise exits.CommandError("cli.set-value", name=name, found=written, expected=kinds)
        return FactChange(UNIT_KIND, written)
    for register in policy.registers.values():
        if name in (register.id, register.name.zh, register.name.en):
            if written not in _NONE:
                raise exits.CommandError("cli.set-register", "cli.set-register-help", found=name)
            return RegisterEmpty(register.id)
    fact = _fact(policy, name)
    return FactChange(fact.id, fact_value(fact, written, lang))


def _add(policy: Policy, item: str, lang: Lang) -> Change:
    from engine.explain.changes import RowAdded

    name, colon, rest = item.partition(":")
    if not colon:
        name, colon, rest = item.partition("：")
    if not colon:
        raise exits.CommandError("cli.add-form", "cli.add-form-help", found=item)
    register = _register(policy, name.strip())
    cells = []
    for part in filter(None, (part.strip() for part in re.split("[,，、]", rest))):
        column_name, equals, written = part.partition("=")
        if not equals:
            raise exits.CommandError("cli.add-form", "cli.add-form-help", found=item)
        column = _column(register, column_name.strip())
        cells.append((column.id, fact_value(column, written.strip(), lang)))
    return RowAdded(register.id, tuple(cells))


def _remove(policy: Policy, sheet: FactSheet, item: str) -> Change:
    from engine.explain.changes import RowRemoved

    cell = _CELL.fullmatch(item.strip())
    if cell is None or cell[3] is not None:
        raise exits.CommandError("cli.remove-form", "cli.remove-form-help", found=item)
    register = _register(policy, cell[1])
    return RowRemoved(register.id, _row(sheet, register, int(cell[2])))


def fact_value(fact: Fact, written: str, lang: Lang) -> Value:
    """The value that ``written`` names, read as a cell of a workbook would be; None for ``?``.

    Raises CommandError with what is expected.
    """
    from engine.facts.normalise import Understood, normalise
    from engine.wording.words import message

    if written in _BLANK:
        return None
    found = normalise(fact, written)
    if isinstance(found, Understood):
        return found.value
    expected = ", ".join(f"`{choice.value}`" for choice in fact.choices) or message(
        f"type.{fact.type}", {}, lang
    )
    raise exits.CommandError("cli.set-value", name=fact.name[lang], found=written, expected=expected)


def _fact(policy: Policy, name: str) -> Fact:
    for derived in policy.derived.values():
        if name in (derived.id, derived.name.zh, derived.name.en):
            raise exits.CommandError("cli.set-derived", found=name)
    return _named(policy.facts.values(), name)


def _register(policy: Policy, name: str) -> Register:
    return _named(policy.registers.values(), name)


def _column(register: Register, name: str) -> Fact:
    return _named(register.columns.values(), name)


def _named(items: Iterable[Thing], name: str) -> Thing:
    """The item of that id or name. Raises CommandError with the nearest one."""
    known = {said: item for item in items for said in (item.name.en, item.name.zh, item.id)}
    if name in known:
        return known[name]
    guess = nearest(name, known)
    if guess is not None:
        raise exits.CommandError("cli.no-such-fact-near", found=name, nearest=guess)
    raise exits.CommandError("cli.no-such-fact", found=name)


def _row(sheet: FactSheet, register: Register, row: int) -> int:
    count = len(sheet.registers.get(register.id, ()))
    if not 1 <= row <= count:
        raise exits.CommandError("cli.no-such-row", found=f"{register.id}[{row}]", count=count)
    return row
