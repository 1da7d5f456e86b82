"""References between files: clauses, offices, kinds, and the names that must be unique."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.nearest import nearest
from engine.project.policy import AS_OF, UNIT_KIND, Clause, Entry
from engine.project.reporting import Path, Reporter
from engine.project.yaml import Document

#: The names of the language's own that a vocabulary may not take, besides those of conditions.
RESERVED = frozenset(
    {AS_OF, UNIT_KIND, "item", "all", "any", "none", "of", "finding", "count", "where", "is", "expression"}
    | {"reading", "and", "or", "not", "in", "between", "if", "then", "else", "some", "every", "satisfies"}
    | {"true", "false", "null", "for", "return", "function", "external", "instance"}
)

#: Columns of their own that the tables of units, of registers' rows and of results have: no name of the policy's heads them.
DATA_COLUMNS = frozenset({"unit", "row", "observed"})
RESULT_COLUMNS = frozenset({"unit", "name", "kind", "verdict", "not_computed"})
#: The table with a row for each unit, and its sheet.
UNIT_TABLE = frozenset({"units", "单位"})


class References:
    """What other files may refer to. ``executed`` collects the clauses that rules carry out."""

    def __init__(self, report: Reporter) -> None:
        self._report = report
        self.clauses: dict[str, Clause] = {}
        self.offices: dict[str, Entry] = {}
        self.kinds: dict[str, Entry] = {}
        self.executed: set[str] = set()
        #: Names in files that do not fit their model: what they mean is unknown, so they are not errors elsewhere.
        self.broken: frozenset[str] = frozenset()
        self._taken: set[str] = set()

    def claim(self, document: Document, path: Path, id_: str, zh: str) -> bool:
        """Reserve an id and a Chinese name; False, after reporting it, if either is taken."""
        free = True
        for name, key in {id_: (*path, "id"), zh: (*path, "name", "zh")}.items():
            if name in RESERVED or name in self._taken:
                code = "name-reserved" if name in RESERVED else "name-used-twice"
                self._report.at_value(document, key, code, found=name)
                free = False
        if id_ in DATA_COLUMNS:
            self._report.at_value(document, (*path, "id"), "name-of-column", found=id_)
            free = False
        self._taken |= {id_, zh}
        return free

    def clause(
        self, document: Document, path: Path, id_: str | None, *, executed: bool = False
    ) -> str | None:
        """The clause ``id_``, if there is one of that id; ``executed``: a rule carries it out."""
        if id_ is None:
            return None
        if id_ not in self.clauses:
            self.unknown(document, path, "unknown-clause", id_, self.clauses)
            return None
        if executed:
            self.executed.add(id_)
        return id_

    def office(self, document: Document, path: Path, name: str | None) -> str | None:
        """The office ``name``."""
        return self._entry(document, path, "unknown-office", name, self.offices)

    def kind(self, document: Document, path: Path, name: str | None) -> str | None:
        """The kind of unit ``name``, which may also be an alias."""
        for id_, entry in self.kinds.items():
            if name in entry.aliases:
                return id_
        return self._entry(document, path, "unknown-kind", name, self.kinds)

    def _entry(
        self, document: Document, path: Path, code: str, name: str | None, entries: Mapping[str, Entry]
    ) -> str | None:
        if name is None or name in entries:
            return name
        self.unknown(document, path, code, name, entries)
        return None

    def unknown(
        self,
        document: Document,
        path: Path,
        code: str,
        found: str | None,
        known: Iterable[str],
        *,
        at_key: bool = False,
    ) -> None:
        """Report a name that does not exist, with the nearest one that does."""
        if found in self.broken:
            return
        guess = nearest(str(found), known)
        report = self._report.at_key if at_key else self._report.at_value
        report(document, path, code if guess is None else f"{code}-near", found=found, nearest=guess)
