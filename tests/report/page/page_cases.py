"""Pages to test on: the example's two workbooks, many units made from them, and units that a test makes up."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from engine.cli.opening import with_duties
from engine.facts import read
from engine.facts.sheet import FactSheet, Reading, Source
from engine.inference import evaluate_all, prepare
from engine.messages import Lang
from engine.project import load
from engine.project.policy import Policy
from engine.report.page import PageRecord, page_document
from engine.report.publish import publication
from engine.report.run import Run

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "changgang"
SCREENED = date(2018, 12, 31)
THREE_YEARS = date(2020, 12, 31)


@cache
def policy() -> Policy:
    """The built-in plan."""
    loaded = load(ROOT).policy
    assert loaded is not None
    return loaded


@cache
def reading(as_of: date) -> Reading:
    """The example's data for one of the two dates."""
    sources = [EXAMPLE / "units.xlsx", EXAMPLE / "second-source"]
    return read([EXAMPLE / "three-years" / "office.xlsx"] if as_of == THREE_YEARS else sources, policy())


def record(
    sheets: Iterable[FactSheet],
    as_of: date,
    lang: Lang,
    *,
    publish: bool = False,
    plan: Policy | None = None,
    head: Run | None = None,
) -> PageRecord:
    """The record of a run over ``sheets``, through the reference channel."""
    plan = plan or policy()
    program = prepare(plan, as_of)
    made = publication(plan) if publish else None
    run = head or Run(program, "reference", left_out=None if made is None else made.sensitive.count)
    found = [sheet if made is None else made.sheet(sheet) for sheet in sheets]
    kept = PageRecord(run, lang)
    for unit in with_duties(program, evaluate_all(program, found, engine="reference"), "reference"):
        kept.add(unit if made is None else made.unit(unit))
    return kept


def page(sheets: Iterable[FactSheet], as_of: date, lang: Lang, **more: Any) -> bytes:
    """The file."""
    ledger_head, standings = more.pop("ledger_head", None), more.pop("standings", {})
    return page_document(record(sheets, as_of, lang, **more), ledger_head, standings)


def data_of(document: bytes) -> dict[str, Any]:
    """The data that a page carries."""
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', document.decode(), re.DOTALL
    )
    assert found is not None
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def many(count: int, as_of: date) -> Iterator[FactSheet]:
    """``count`` sheets: the example's, over and over, each under an id, a name and in rows of its own."""
    base = reading(as_of).sheets
    for i, sheet in enumerate(islice(cycle(base), count)):
        yield moved(sheet, f"N{i:04d}", f"{sheet.name}{i:04d}", i // len(base) * 7)


def moved(sheet: FactSheet, unit: str, name: str, down: int) -> FactSheet:
    """``sheet`` for another unit, ``down`` rows further down in its workbook."""

    def place(source: Source) -> Source:
        cell = source.cell
        found = None if cell is None else re.fullmatch("([A-Z]+)([0-9]+)", cell)
        return source if found is None else replace(source, cell=f"{found[1]}{int(found[2]) + down}")

    facts = {
        id_: tuple(replace(seen, source=place(seen.source)) for seen in cells)
        for id_, cells in sheet.facts.items()
    }
    registers = {
        id_: tuple(
            replace(
                row,
                source=place(row.source),
                cells={c: replace(seen, source=place(seen.source)) for c, seen in row.cells.items()},
            )
            for row in rows
        )
        for id_, rows in sheet.registers.items()
    }
    return replace(sheet, unit=unit, name=name, facts=facts, registers=registers)
