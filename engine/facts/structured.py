"""JSON and YAML → drafts.

``{"observed": "2018-12-01", "by": "综访科", "units": [{"id", "name", "kind", "observed"?, "by"?,
"facts": {fact: value}, "registers": {register: [{column: value}]}}]}``, or just the list of units. A fact's value may
be ``{"value": …, "observed": …, "by": …}`` or a list of such values that disagree; null or absent means that it was
never filled in. A register that is ``[]`` has no entries, one that is null or absent was never filled in. Facts,
registers and columns go by id, Chinese or English name. Places are written ``units[3].facts.x``, counted from 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.facts.cells import Cell, NoValue, as_decimal
from engine.facts.collected import Collected, Draft
from engine.facts.fixed import FixedColumns
from engine.facts.folding import folded
from engine.facts.headings import UNIT_COLUMNS, Headings, register_named
from engine.facts.json_file import Members
from engine.facts.normalise import excerpt
from engine.facts.refused import FileRefused
from engine.facts.sheet import Observation, Row, Source
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.project.policy import Policy, Register

_DOCUMENT_KEYS = ("observed", "by", "units")
_UNIT_KEYS = ("id", "name", "kind", "observed", "by", "facts", "registers")
_VALUE_KEYS = ("value", "observed", "by")
_ALSO = {folded(zh): ("id" if role == "unit" else role) for role, (zh, _, _) in UNIT_COLUMNS.items()}


class StructuredReader:
    """Reads the content of JSON and YAML files into ``collected``."""

    def __init__(self, policy: Policy, collected: Collected) -> None:
        self._policy = policy
        self._collected = collected
        self._fixed = FixedColumns(policy, collected)
        self._facts = Headings(policy.facts, (), ())
        self._columns = {
            id_: Headings(register.columns, ("observed", "by"), ())
            for id_, register in policy.registers.items()
        }

    def read(self, data: Any, file: str) -> None:
        """One file's content. Raises FileRefused if it holds no list of units."""
        reading = _File(self, data, file)
        reading.run()


class _File:
    def __init__(self, reader: StructuredReader, data: Any, file: str) -> None:
        self._policy = reader._policy
        self._collected = reader._collected
        self._fixed = reader._fixed
        self._facts = reader._facts
        self._columns = reader._columns
        self._data = data
        self._file = file

    def run(self) -> None:
        observed, by = None, None
        units, path = self._data, ""
        if isinstance(units, Mapping):
            members = self._members(units, "", _DOCUMENT_KEYS, None)
            observed, by = self._when_and_who(members, "", "", None, None)
            units, path = members.get("units"), "units"
        if not isinstance(units, list):
            raise FileRefused("data.no-units", {"expected": '{"units": [{"id": "…", "facts": {}}]}'})
        first_seen: dict[str, str] = {}
        for place, unit in enumerate(units, start=1):
            self._unit(unit, f"{path}[{place}]", observed, by, first_seen)

    def _at(self, path: str) -> Source:
        return Source(self._file, path=path or None)

    def _unit(
        self, data: Any, path: str, observed: date | None, by: str | None, first_seen: dict[str, str]
    ) -> None:
        if not isinstance(data, Mapping):
            params = {"found": excerpt(_cell(data)), "expected": '{"id": "…"}'}
            self._collected.problem(None, self._at(path), "data.not-an-object", params)
            self._collected.rows_rejected += 1
            return
        cell = next((_cell(v) for k, v in data.items() if _plain_key(str(k)) == "id"), None)
        unit = "" if isinstance(cell, NoValue) else self._fixed.unit(cell)
        if not unit:
            self._collected.problem(None, self._at(path), "data.unit-without-id", {})
            self._collected.rows_rejected += 1
            return
        if unit in first_seen:
            params = {"unit": unit, "first": first_seen[unit], "second": path}
            self._collected.problem(unit, self._at(path), "data.unit-doubled", params)
        first_seen.setdefault(unit, path)
        members = self._members(data, path, _UNIT_KEYS, unit)
        self._collected.rows_read += 1
        draft = self._collected.draft(unit, self._at(path))
        observed, by = self._when_and_who(members, path, unit, observed, by)
        draft.has_row = True
        draft.observed, draft.supplier = draft.observed or observed, draft.supplier or by
        if name := self._fixed.name(_cell(members.get("name"))):
            draft.names.append((name, self._at(f"{path}.name")))
        kind = self._fixed.kind(_cell(members.get("kind")), self._at(f"{path}.kind"), unit, observed, by)
        if kind is not None:
            draft.kind.append(kind)
        self._unit_facts(draft, members.get("facts"), f"{path}.facts", observed, by)
        self._unit_registers(draft, members.get("registers"), f"{path}.registers", observed, by)

    def _unit_facts(self, draft: Draft, data: Any, path: str, observed: date | None, by: str | None) -> None:
        if not self._is_object(data, path, draft.unit):
            return
        for key, value in _items(data):
            at = f"{path}.{key}"
            found = self._facts.recognise(key)
            if found is None or found.wrong_unit is not None:
                self._unknown("data.unknown-fact", draft.unit, at, key, self._facts.nearest(key))
                continue
            fact = self._policy.facts[found.heading.id]
            if isinstance(data, Members) and key in data.doubled:
                self._collected.problem(draft.unit, self._at(at), "data.key-doubled", {"found": key})
            values = value if isinstance(value, list) else [value]
            for i, one in enumerate(values, start=1):
                where = f"{at}[{i}]" if isinstance(value, list) else at
                seen_on, seen_by = observed, by
                if isinstance(one, Mapping):
                    members = self._members(one, where, _VALUE_KEYS, draft.unit)
                    seen_on, seen_by = self._when_and_who(members, where, draft.unit, observed, by)
                    one = members.get("value")
                seen = self._collected.observe(
                    fact, _cell(one), self._at(where), draft.unit, seen_on, seen_by
                )
                if seen is not None:
                    draft.facts.setdefault(fact.id, []).append(seen)

    def _unit_registers(
        self, draft: Draft, data: Any, path: str, observed: date | None, by: str | None
    ) -> None:
        if not self._is_object(data, path, draft.unit):
            return
        for key, rows in _items(data):
            at = f"{path}.{key}"
            register = register_named(self._policy, key)
            if register is None:
                names = [n for r in self._policy.registers.values() for n in (r.id, r.name.zh, r.name.en)]
                self._unknown("data.unknown-register", draft.unit, at, key, nearest(key, names))
            elif isinstance(data, Members) and key in data.doubled:
                self._collected.problem(draft.unit, self._at(at), "data.key-doubled", {"found": key})
            if register is None or rows is None:
                continue
            if not isinstance(rows, list):
                params = {"found": excerpt(_cell(rows)), "expected": "[{…}, {…}]"}
                self._collected.unread(draft.unit, self._at(at), "data.not-a-list", params)
                continue
            if not rows:
                draft.status.setdefault(register.id, []).append((False, self._at(at)))
            columns = self._columns[register.id]
            for i, row in enumerate(rows, start=1):
                self._row(draft, register, columns, row, f"{at}[{i}]", observed, by)

    def _row(
        self,
        draft: Draft,
        register: Register,
        columns: Headings,
        data: Any,
        path: str,
        observed: date | None,
        by: str | None,
    ) -> None:
        # A row that is not understood is still a row: it counts as one that is unknown in every column.
        members = data if self._is_object(data, path, draft.unit) else {}
        cells: dict[str, tuple[str, Any]] = {}
        for key, value in _items(members):
            found = columns.recognise(key)
            if found is None or found.wrong_unit is not None:
                self._unknown("data.unknown-column", draft.unit, f"{path}.{key}", key, columns.nearest(key))
            elif found.heading.role == "observed":
                observed = (
                    self._fixed.observed(_cell(value), self._at(f"{path}.{key}"), draft.unit) or observed
                )
            elif found.heading.role == "by":
                by = self._fixed.by(_cell(value), self._at(f"{path}.{key}"), draft.unit) or by
            else:
                if found.heading.id in cells or (isinstance(members, Members) and key in members.doubled):
                    at = self._at(f"{path}.{key}")
                    self._collected.problem(draft.unit, at, "data.key-doubled", {"found": key})
                    value = None  # neither of the two is known to be right
                cells[found.heading.id] = (key, value)
        seen: dict[str, Observation] = {}
        for id_, (key, value) in cells.items():
            where = self._at(f"{path}.{key}")
            one = self._collected.observe(
                register.columns[id_], _cell(value), where, draft.unit, observed, by
            )
            if one is not None:
                seen[id_] = one
        if not seen:
            self._collected.problem(
                draft.unit, self._at(path), "data.register-row-empty", {"unit": draft.unit}
            )
        draft.rows.setdefault(register.id, []).append(Row(seen, self._at(path), observed, by))

    def _when_and_who(
        self, members: Mapping[str, Any], path: str, unit: str, observed: date | None, by: str | None
    ) -> tuple[date | None, str | None]:
        prefix = f"{path}." if path else ""
        found = self._fixed.observed(_cell(members.get("observed")), self._at(f"{prefix}observed"), unit)
        office = self._fixed.by(_cell(members.get("by")), self._at(f"{prefix}by"), unit)
        return found or observed, office or by

    def _members(
        self, data: Mapping[Any, Any], path: str, known: tuple[str, ...], unit: str | None
    ) -> dict[str, Any]:
        """The members under their known keys; others are reported."""
        found: dict[str, Any] = {}
        prefix = f"{path}." if path else ""
        for key, value in ((str(k), v) for k, v in data.items()):
            plain = _plain_key(key)
            if plain not in known:
                self._unknown("data.unknown-key", unit, prefix + key, key, nearest(key, known))
                continue
            if plain in found or (isinstance(data, Members) and key in data.doubled):
                self._collected.problem(unit, self._at(prefix + key), "data.key-doubled", {"found": key})
            found[plain] = value
        return found

    def _is_object(self, data: Any, path: str, unit: str) -> bool:
        if data is None or isinstance(data, Mapping):
            return data is not None
        params = {"found": excerpt(_cell(data)), "expected": "{…}"}
        self._collected.unread(unit, self._at(path), "data.not-an-object", params)
        return False

    def _unknown(self, key: str, unit: str | None, path: str, found: str, near: str | None) -> None:
        params = {"found": excerpt(found), "nearest": near or ""}
        self._collected.problem(unit, self._at(path), key if near is None else f"{key}-near", params)


def _plain_key(key: str) -> str:
    word = folded(key)
    return _ALSO.get(word, word)


def _items(data: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """(key, value); a key that stands twice comes once for each of its values."""
    doubled = data.doubled if isinstance(data, Members) else {}
    for key, value in data.items():
        for one in doubled.get(key, (value,)):
            yield str(key), one


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | bool | Decimal | datetime | NoValue):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return as_decimal(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return NoValue("data.not-a-single-value", "[…]" if isinstance(value, list) else "{…}")
