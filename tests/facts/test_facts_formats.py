"""The same units written as workbook, CSV, JSON and YAML read the same."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal

import openpyxl
from facts_vocabulary import FACTS, policy, said, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.facts import read
from engine.facts.folding import is_blank

POLICY = policy()
TEXTS = st.text(st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=8).filter(
    lambda t: not is_blank(t)
)
BY_TYPE = {
    "boolean": st.booleans(),
    "number": st.decimals(0, 100, places=2),
    "integer": st.integers(0, 400).map(Decimal),
    "date": st.dates(date(1950, 1, 1), date(2199, 12, 31)),
    "choice": st.sampled_from(["清楚", "混乱"]),
    "text": TEXTS,
}
UNITS = st.lists(
    st.fixed_dictionaries({f.id: st.none() | BY_TYPE[f.type] for f in FACTS}), min_size=1, max_size=4
)


def written(value: object) -> object:
    """A value as JSON and CSV hold it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if isinstance(value, Decimal | date) else value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(UNITS)
def test_every_format_gives_the_same_values(tmp_path, units):
    names = [f.name.zh for f in FACTS]
    table = [[f"A{i}", *(unit[f.id] for f in FACTS)] for i, unit in enumerate(units)]
    book = openpyxl.Workbook()
    book.active.append(["单位编号", *names])
    for line in table:
        book.active.append(line)
        for cell in book.active[book.active.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(tmp_path / "t.xlsx")
    for name, encoding in (("t.csv", "utf-8-sig"), ("u.csv", "gb18030")):
        with (tmp_path / name).open("w", encoding=encoding, newline="") as stream:
            lines = [["" if v is None else written(v) for v in line] for line in table]
            csv.writer(stream).writerows([["单位编号", *names], *lines])
    objects = [
        {"id": line[0], "facts": dict(zip(names, map(written, line[1:]), strict=True))} for line in table
    ]
    (tmp_path / "t.json").write_text(json.dumps({"units": objects}), encoding="utf-8")
    # JSON is YAML, but for the escapes of characters beyond the first plane.
    (tmp_path / "t.yaml").write_text(json.dumps(objects, ensure_ascii=False, indent=1), encoding="utf-8")

    expected = [{id_: [value] for id_, value in unit.items() if value is not None} for unit in units]
    for name in ("t.xlsx", "t.csv", "u.csv", "t.json", "t.yaml"):
        reading = read([tmp_path / name], POLICY)
        assert said(reading) == [], name
        assert [values(sheet) for sheet in reading.sheets] == expected, name
        assert (reading.rows_read, reading.cells_unread) == (len(units), 0)
