"""Changes of facts in words and as objects, beside what they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from engine.explain.changes import CellChange, Change, FactChange, RegisterEmpty, RowAdded, RowRemoved
from engine.inference.evaluation import Evaluation
from engine.language.values import Unknown, Value
from engine.messages import Lang, text
from engine.project.policy import UNIT_KIND, Fact
from engine.wording.words import COMMA, fact_name, office_name, plain, supplier_of, value_words


def change_lines(
    before: Evaluation, changes: Sequence[Change], lang: Lang, office: bool = False
) -> Iterator[str]:
    """One line a change; equal rows that are added make one. ``office``: with who supplies the fact."""
    for change, same in groupby(changes):
        said = change_words(before, change, len(list(same)), lang)
        supplier = supplier_of(before.program.policy, changed_name(change)) if office else None
        if supplier is not None:
            named = office_name(before.program.policy, supplier, lang)
            said = text("change.supplier", lang, what=said, office=named)
        yield said


def changed_name(change: Change) -> str:
    """The fact, cell or register that a change is about."""
    if isinstance(change, FactChange):
        return change.fact
    if isinstance(change, CellChange):
        return f"{change.register}[{change.row}].{change.column}"
    return change.register


def change_words(before: Evaluation, change: Change, times: int, lang: Lang) -> str:
    """What is written differently, and what it was."""
    policy = before.program.policy
    if isinstance(change, FactChange):
        return text(
            "change.fact",
            lang,
            name=fact_name(policy, change.fact, lang),
            before=present_words(before, change.fact, lang),
            after=_value(change.value, policy.facts.get(change.fact), lang),
        )
    register = policy.registers[change.register]
    name = register.name[lang]
    if isinstance(change, CellChange):
        column = register.columns[change.column]
        rows = before.sheet.registers.get(change.register, ())
        cell = rows[change.row - 1].cells.get(change.column) if change.row <= len(rows) else None
        return text(
            "change.cell",
            lang,
            register=name,
            row=change.row,
            column=column.name[lang],
            before=_value(cell.value if cell is not None and cell.readable else None, column, lang),
            after=_value(change.value, column, lang),
        )
    if isinstance(change, RowRemoved):
        return text("change.removed", lang, register=name, row=change.row)
    if isinstance(change, RegisterEmpty):
        return text("change.empty", lang, register=name)
    cells = COMMA[lang].join(
        f"{register.columns[c].name[lang]} {_value(value, register.columns[c], lang)}"
        for c, value in change.cells
    )
    key = "change.added" if times == 1 else "change.added-many"
    return text(key, lang, register=name, cells=cells, n=times)


def present_words(evaluation: Evaluation, fact: str, lang: Lang) -> str:
    """A fact's present value in words, or that it is not known and why."""
    policy = evaluation.program.policy
    value = evaluation.context.values.get(fact)
    if isinstance(value, Unknown) or value is None:
        return text(f"reason.{evaluation.context.reasons.get(fact, 'not_filled')}", lang)
    if fact == UNIT_KIND:
        return policy.kinds[str(value)].name[lang] if str(value) in policy.kinds else str(value)
    return value_words(value, lang, policy.facts.get(fact))


def change_object(before: Evaluation, change: Change) -> dict[str, object]:
    """A change for programs; ``from`` is null where nothing was known."""
    if isinstance(change, FactChange):
        value = before.context.values.get(change.fact)
        was = None if isinstance(value, Unknown) else plain(value)
        return {"fact": change.fact, "from": was, "to": plain(change.value)}
    if isinstance(change, CellChange):
        return {
            "register": change.register,
            "row": change.row,
            "column": change.column,
            "to": plain(change.value),
        }
    if isinstance(change, RowRemoved):
        return {"register": change.register, "row": change.row, "removed": True}
    if isinstance(change, RowAdded):
        return {"register": change.register, "added": {name: plain(value) for name, value in change.cells}}
    return {"register": change.register, "empty": True}


def _value(value: Value, fact: Fact | None, lang: Lang) -> str:
    if value is None or isinstance(value, Unknown):
        return text("change.not-known", lang)
    return value_words(value, lang, fact)
