"""A cell as a person reads it: its value, and what was written where that says it differently."""

from __future__ import annotations

from engine.facts.sheet import Observation
from engine.messages import Lang, text
from engine.project.policy import Fact, Policy
from engine.wording.words import value_words


def cell_words(policy: Policy, cell: Observation, fact: Fact | None, lang: Lang) -> str:
    """The value in words, followed by what was written if that differs; what was written, if nobody can read it.

    ``fact``: the fact or column that the cell is for; None for the kind of unit.
    """
    if not cell.readable:
        return text("explain.raw-only", lang, raw=cell.raw)
    shown = value_words(cell.value, lang, fact)
    if fact is None and cell.value in policy.kinds:
        shown = policy.kinds[str(cell.value)].name[lang]
    same = {shown, str(cell.value), value_words(cell.value, lang)}
    if cell.raw.strip().casefold() in {form.casefold() for form in same}:
        return shown
    return text("explain.raw", lang, value=shown, raw=cell.raw)
