"""The vocabulary of a page: what all units share, each thing with its place, and the pools that fill up unit by unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.duties.nouns import Holder
from engine.duties.program import DutyProgram
from engine.facts.sheet import Observation
from engine.facts.withhold import Sensitive
from engine.inference.evaluation import Program, base_name
from engine.messages import Lang, text
from engine.project.policy import UNIT_KIND, Fact
from engine.report.page.pool import Pool
from engine.wording.duties import holder_words
from engine.wording.words import fact_name, supplier_of

#: A cell's place: the column or fact, and what stands before and after the number of its row (see ``places``).
CellPlace = tuple[int, str, str | None]


class Book:
    """Places of facts, clauses and offices, and pools of words, layouts of rows, and periods of duties.

    ``sensitive``: what is withheld, in a run made for publication.
    """

    def __init__(
        self, program: Program, duties: DutyProgram | None, lang: Lang, sensitive: Sensitive | None
    ) -> None:
        self.program, self.duties, self.lang = program, duties, lang
        self.sensitive = sensitive
        self.policy = policy = program.policy
        more = (
            [] if duties is None else [id_ for id_ in duties.measures.policy.facts if id_ not in policy.facts]
        )
        names = (UNIT_KIND, *policy.facts, *policy.registers, *policy.compared, *policy.derived, *more)
        self.names = {id_: i for i, id_ in enumerate(names)}
        self.columns = {
            id_: {column: i for i, column in enumerate(register.columns)}
            for id_, register in policy.registers.items()
        }
        self.clauses = {id_: i for i, id_ in enumerate(policy.clauses)}
        self.rules = {id_: i for i, id_ in enumerate((*policy.rules, *policy.measures))}
        self.offices = {id_: i for i, id_ in enumerate(policy.offices)}
        self.kinds = {id_: i for i, id_ in enumerate(policy.kinds)}
        self.duty_places = {id_: i for i, id_ in enumerate(policy.duties)}
        self.measure_places = {id_: i for i, id_ in enumerate(policy.measures)}
        self.procedure_places = {id_: i for i, id_ in enumerate(policy.procedures)}
        self.words: Pool[str] = Pool()
        self.layouts: Pool[tuple[int, str, str, tuple[CellPlace, ...]]] = Pool()
        self.asks: Pool[str] = Pool()
        self.settles: Pool[tuple[str, ...]] = Pool()
        self.periods: Pool[tuple[object, ...]] = Pool()
        self.plans: Pool[tuple[int, ...]] = Pool()
        self.terms: Pool[tuple[int, ...]] = Pool()
        self._cells: dict[tuple[object, ...], int] = {}
        self._holders: dict[tuple[Holder, ...], int] = {}

    def word(self, said: str) -> int:
        """The place of a text."""
        return self.words.place(said)

    def day(self, day: date | None) -> int | None:
        """A day as the number of days after the as-of date; negative before it."""
        return None if day is None else (day - self.program.as_of).days

    def office(self, supplier: str | None) -> int:
        """Who supplied a value: the place of an office, -1 for nobody; anyone else as ``-2 - word``."""
        if supplier is None:
            return -1
        return self.offices[supplier] if supplier in self.offices else -2 - self.word(supplier)

    def cell(self, kind: str, cell: Observation, fact: Fact | None, say: Callable[[], str]) -> int:
        """The place of a cell's words; ``say`` is asked only for a content that did not come up before."""
        key = (kind, type(cell.value), cell.value, cell.raw, cell.readable)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self.word(say())
        return found

    def holders(self, holders: tuple[Holder, ...]) -> int:
        """The place of the words for who somebody is; the unit itself is not called by its name."""
        found = self._holders.get(holders)
        if found is None:
            own = (text("duty-rule.unit", self.lang),)
            said = tuple(h._replace(names=own) if h.party.kind == "unit" else h for h in holders)
            found = self._holders[holders] = self.word(holder_words(self.policy, said, self.lang))
        return found

    def hides(self, name: str) -> bool:
        """Whether a fact or cell is withheld, or a register may have withheld columns."""
        if self.sensitive is None:
            return False
        return self.sensitive.hides(name) or base_name(name) in self.sensitive.columns

    def ask_objects(self) -> list[list[object]]:
        """Facts and cells to ask for, as ``[words, office]``."""
        known = self.policy if self.duties is None else self.duties.measures.policy
        return [
            [fact_name(known, name, self.lang), self.office(supplier_of(self.policy, name))]
            for name in self.asks.things
        ]
