"""What the note at each heading of the template says: clauses, office, unit, how it is judged, shelf life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.facts.clauses import clauses_of
from engine.facts.headings import HAS_ROWS, NO_ROWS, Role
from engine.facts.normalise import range_text
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.language.values import YearsMonths
    from engine.project.policy import Fact, Policy, Register


class Notes:
    """The notes of one policy in one language."""

    def __init__(self, policy: Policy, lang: Lang) -> None:
        self._policy = policy
        self._lang = lang
        self._clauses = clauses_of(policy)

    def heading(self, fact: Fact) -> str:
        """The fact's name, with its unit in brackets."""
        if fact.unit is None:
            return fact.name[self._lang]
        return f"{fact.name.zh}（{fact.unit}）" if self._lang == "zh" else f"{fact.name.en} ({fact.unit})"

    def fixed(self, role: Role) -> str:
        """The note of a column that every sheet has."""
        return text(f"template.{role}", self._lang)

    def fact(self, fact: Fact) -> str:
        """The note of a fact."""
        return self._note(fact, self._clauses.get(fact.id, ()), fact.supplier, fact.shelf_life)

    def column(self, register: Register, column: Fact) -> str:
        """The note of a register's column."""
        clauses = (column.clause,) if column.clause is not None else self._clauses.get(register.id, ())
        supplier = column.supplier or register.supplier
        return self._note(column, clauses, supplier, column.shelf_life or register.shelf_life)

    def status(self, register: Register) -> str:
        """The note of the column that says whether a register has entries."""
        place = 0 if self._lang == "zh" else 1
        lines = [text("template.status", self._lang, has=HAS_ROWS[place], none=NO_ROWS[place])]
        lines += self._frame(self._clauses.get(register.id, ()), register.supplier, register.shelf_life)
        if register.note is not None:
            lines.append(register.note[self._lang])
        return "\n".join(lines)

    def _note(
        self, fact: Fact, clauses: tuple[str, ...], supplier: str | None, shelf_life: YearsMonths | None
    ) -> str:
        lines = self._frame(clauses, supplier, shelf_life)
        if fact.unit is not None:
            lines.append(text("template.unit-of", self._lang, unit=fact.unit))
        if fact.minimum is not None or fact.maximum is not None:
            lines.append(text("template.range", self._lang, range=range_text(fact)))
        if fact.note is not None:
            lines.append(text("template.judged", self._lang, note=fact.note[self._lang]))
        return "\n".join(lines)

    def _frame(
        self, clauses: tuple[str, ...], supplier: str | None, shelf_life: YearsMonths | None
    ) -> list[str]:
        lines = []
        if clauses:
            named = [
                f"{clause} {self._policy.clauses[clause].title[self._lang]}"
                for clause in clauses
                if clause in self._policy.clauses
            ]
            joined = ("；" if self._lang == "zh" else "; ").join(named or clauses)
            lines.append(text("template.clause", self._lang, clauses=joined))
        if supplier is not None:
            office = self._policy.offices.get(supplier)
            name = office.name[self._lang] if office is not None else supplier
            lines.append(text("template.supplier", self._lang, office=name))
        if shelf_life is not None:
            lines.append(text("template.shelf-life", self._lang, months=shelf_life.months))
        return lines
