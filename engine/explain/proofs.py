"""Where evidence stands: the cells of a register's row or the observations of a fact, with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.duties.nouns import CaseFile, Proof
from engine.facts.sheet import FactSheet
from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.wording.words import COMMA, fact_name, value_words

#: Places of one noun that are written out.
_MOST = 3


def proof_place(policy: Policy, sheet: FactSheet, proof: Proof) -> str:
    """The place of a proof as a reader finds it: file, sheet and row or cell; empty if the source is not known.

    A derived fact stands where the facts and registers stand that it is computed from.
    """
    if proof.row:
        return row_place(sheet, proof.register, proof.row)
    return _joined(place for name in inputs(policy, proof.register) for place in _places(sheet, name))


def inputs(policy: Policy, fact: str) -> tuple[str, ...]:
    """The facts and registers that ``fact`` is computed from, through other derived ones; itself if it is filled in."""
    if fact not in policy.derived:
        return (fact,)
    groups = (policy.facts, policy.registers, policy.derived)  # parameters have no place in the data
    read = [name for name in sorted(policy.derived[fact].reads) if any(name in group for group in groups)]
    return tuple(dict.fromkeys(found for name in read for found in inputs(policy, name)))


def _places(sheet: FactSheet, name: str) -> list[str]:
    observed = [str(seen.source) for seen in sheet.facts.get(name, ())]
    said = [str(sheet.empty[name])] if name in sheet.empty else []
    return observed + said + [str(row.source) for row in sheet.registers.get(name, ())]


def _joined(places: Iterable[str]) -> str:
    found = list(dict.fromkeys(places))
    return COMMA["en"].join([*found[:_MOST], *["…"][: len(found) > _MOST]])


def row_place(sheet: FactSheet, register: str, row: int) -> str:
    """The place of a row, counted from 1."""
    rows = sheet.registers.get(register, ())
    return str(rows[row - 1].source) if 0 < row <= len(rows) else ""


def proof_words(case: CaseFile, proof: Proof, lang: Lang) -> str:
    """`审核登记第3行（…）：审核日期2018-09-01…`, with whether it is sure to count."""
    policy, sheet = case.program.policy, case.evaluation.sheet
    key = "explain.proof" if proof.certain else "explain.proof-unsure"
    if proof.register in policy.derived:
        return text(
            "explain.proof-derived",
            lang,
            name=fact_name(policy, proof.register, lang),
            inputs=COMMA[lang].join(_inputs(policy, sheet, proof.register, lang)),
        )
    return text(
        key if proof.row else "explain.proof-fact",
        lang,
        name=fact_name(policy, proof.register, lang),
        row=proof.row,
        where=proof_place(policy, sheet, proof),
        cells=COMMA[lang].join(_cells(policy, sheet, proof, lang)),
    )


def _inputs(policy: Policy, sheet: FactSheet, derived: str, lang: Lang) -> Iterator[str]:
    for name in inputs(policy, derived):
        said, where = fact_name(policy, name, lang), _joined(_places(sheet, name))
        yield text("explain.proof-input", lang, name=said, where=where) if where else said


def _cells(policy: Policy, sheet: FactSheet, proof: Proof, lang: Lang) -> Iterator[str]:
    rows = sheet.registers.get(proof.register, ())
    if not 0 < proof.row <= len(rows):
        return
    columns = policy.registers[proof.register].columns
    for id_, cell in rows[proof.row - 1].cells.items():
        if id_ in columns:
            yield f"{columns[id_].name[lang]} {value_words(cell.value, lang, columns[id_])}"
