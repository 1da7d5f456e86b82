"""Where evidence stands: the cells of a register's row or the observations of a fact, with their sources."""

from __future__ import annotations

from collections.abc import Iterator

from engine.duties.nouns import CaseFile, Proof
from engine.facts.sheet import FactSheet
from engine.messages import Lang, text
from engine.project.policy import Policy, Text
from engine.wording.words import COMMA, value_words


def proof_place(sheet: FactSheet, proof: Proof) -> str:
    """The place of a proof as a reader finds it: file, sheet and row or cell; empty if the source is not known."""
    if proof.row == 0:
        return COMMA["en"].join(str(o.source) for o in sheet.facts.get(proof.register, ()))
    return row_place(sheet, proof.register, proof.row)


def row_place(sheet: FactSheet, register: str, row: int) -> str:
    """The place of a row, counted from 1."""
    rows = sheet.registers.get(register, ())
    return str(rows[row - 1].source) if 0 < row <= len(rows) else ""


def proof_words(case: CaseFile, proof: Proof, lang: Lang) -> str:
    """`审核登记第3行（…）：审核日期2018-09-01…`, with whether it is sure to count."""
    policy, sheet = case.program.policy, case.evaluation.sheet
    key = "explain.proof" if proof.certain else "explain.proof-unsure"
    name = policy.registers[proof.register].name if proof.row else _fact_name(policy, proof.register)
    return text(
        key if proof.row else "explain.proof-fact",
        lang,
        name=name[lang],
        row=proof.row,
        where=proof_place(sheet, proof),
        cells=COMMA[lang].join(_cells(policy, sheet, proof, lang)),
    )


def _fact_name(policy: Policy, fact: str) -> Text:
    return policy.facts[fact].name if fact in policy.facts else policy.derived[fact].name


def _cells(policy: Policy, sheet: FactSheet, proof: Proof, lang: Lang) -> Iterator[str]:
    rows = sheet.registers.get(proof.register, ())
    if not 0 < proof.row <= len(rows):
        return
    columns = policy.registers[proof.register].columns
    for id_, cell in rows[proof.row - 1].cells.items():
        if id_ in columns:
            yield f"{columns[id_].name[lang]} {value_words(cell.value, lang, columns[id_])}"
