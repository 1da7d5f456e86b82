"""What the page costs: seconds to write it and its size, beside the evaluation of the same units, and what opening it and
filtering in it take in a real Chromium where there is one.

    python benchmarks/page.py [--units 2000] [--rounds 5]

The sheets are the example's two workbooks (the screening of 2018; three years with duties), repeated under new ids and in
rows of their own, so that no two units share a cell; the third time with listings on different days. Reading files
is not part of any figure. Evaluation and writing are measured in turn; medians over the rounds.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "report" / "page")]

from page_cases import SCREENED, THREE_YEARS, many, policy  # noqa: E402

from engine.duties import case_files, prepare_duties  # noqa: E402
from engine.facts.sheet import FactSheet, Observation  # noqa: E402
from engine.inference import evaluate_all, prepare  # noqa: E402
from engine.report.page import PageRecord, page_document  # noqa: E402
from engine.report.run import Run  # noqa: E402

OPENED = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
FILTER = """() => { const box = document.getElementById('search'), times = [];
    for (const words of ['社', '社区1', 'N', 'N1', 'N19', '', '联社', '没有']) {
        const begin = performance.now();
        box.value = words;
        box.dispatchEvent(new Event('input'));
        times.push(performance.now() - begin);
    }
    return times; }"""


def spread(units: Iterable[FactSheet]) -> Iterator[FactSheet]:
    """The sheets with listings on as many different days as the example was repeated: units then share less."""
    for i, sheet in enumerate(units):
        later = timedelta(days=i // 30)
        rows = tuple(
            replace(row, cells={name: moved_cell(cell, later) for name, cell in row.cells.items()})
            for row in sheet.registers.get("listing_events", ())
        )
        yield replace(sheet, registers={**sheet.registers, "listing_events": rows})


def moved_cell(cell: Observation, later: timedelta) -> Observation:
    """A date ``later``; anything else as it is."""
    if not isinstance(cell.value, date):
        return cell
    day = cell.value + later
    return replace(cell, value=day, raw=day.isoformat())


def in_browser(document: bytes) -> tuple[float, float] | None:
    """Milliseconds until the page is there, and of the slowest of eight searches; None without a browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    if found is None:
        return None
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "page.html"
        path.write_bytes(document)
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("main h1")
        measured = float(page.evaluate(OPENED)), max(page.evaluate(FILTER))
        browser.close()
        return measured


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"{'':<24}{'evaluate s':>12}{'write s':>10}{'ratio':>8}{'MB':>8}{'open ms':>10}{'search ms':>11}")
    for name, as_of in (
        ("screening, 2018", SCREENED),
        ("three years, duties", THREE_YEARS),
        ("the same, spread", THREE_YEARS),
    ):
        units = list(many(options.units, as_of))
        if name == "the same, spread":
            units = list(spread(units))
        program = prepare(policy(), as_of)
        duties = prepare_duties(program)
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)
        evaluating, writing, document = [], [], b""
        for _ in range(options.rounds):
            begin = time.perf_counter()
            cases = list(
                case_files(duties, evaluate_all(program, units, engine="reference"), engine="reference")
            )
            middle = time.perf_counter()
            record = PageRecord(Run(program, "reference"), "zh")
            for case in cases:
                record.add(case)
            document = page_document(record)
            evaluating.append(middle - begin)
            writing.append(time.perf_counter() - middle)
        ratio = median(b / a for a, b in zip(evaluating, writing, strict=True))
        line = f"{name:<24}{median(evaluating):>12.2f}{median(writing):>10.2f}{ratio:>8.2f}{len(document) / 1e6:>8.2f}"
        seen = in_browser(document)
        print(line + ("  no browser" if seen is None else f"{seen[0]:>10.0f}{seen[1]:>11.1f}"))


if __name__ == "__main__":
    main()
