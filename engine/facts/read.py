"""Files and folders → fact sheets."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.facts.cells import Grid
from engine.facts.collected import Collected
from engine.facts.columnar_file import COLUMNAR, open_columnar
from engine.facts.folding import folded
from engine.facts.headings import UNIT_COLUMNS, is_notes, register_named
from engine.facts.merge import merge
from engine.facts.refused import DataError, FileRefused
from engine.facts.sheet import DataProblem, Reading, Source
from engine.facts.structured import StructuredReader
from engine.facts.tables import TableReader
from engine.nearest import nearest

if TYPE_CHECKING:
    import polars as pl

    from engine.project.policy import Policy, Register

WORKBOOKS = (".xlsx", ".xlsm")
OLD_WORKBOOKS = (".xls", ".et", ".ett", ".wps")
READABLE = (*WORKBOOKS, ".csv", *COLUMNAR, ".json", ".yaml", ".yml")


def read(
    paths: Sequence[Path],
    policy: Policy,
    *,
    display: Callable[[Path], str] = lambda path: path.as_posix(),
    only: Collection[str] | None = None,
    scanned: Mapping[Path, pl.LazyFrame] = MappingProxyType({}),
) -> Reading:
    """Every unit that the files and folders at ``paths`` say something about.

    Args:
        paths: .xlsx, .csv, .parquet, .arrow, .jsonl, .json and .yaml files, and folders of such
            files, which are read in order of name.
        policy: the facts, registers, kinds and offices that headings and values are read against.
        display: how a file is named in sources and problems.
        only: the ids of the units that are wanted; None for all. Records of others are passed over where the format allows.
        scanned: the tables of files that were scanned already.

    Returns:
        The fact sheets; whatever was not understood is a problem in them or beside them, and counts as unknown.

    Raises:
        DataError: a path does not exist, or nothing at all could be read.
    """
    missing = [DataProblem(Source(display(path)), "data.no-such-file") for path in paths if not path.exists()]
    if missing:
        raise DataError(missing)
    reading = _Reader(policy, display, only, scanned).read(paths)
    if only is None:
        return reading
    return replace(reading, sheets=tuple(sheet for sheet in reading.sheets if sheet.unit in only))


class _Reader:
    def __init__(
        self,
        policy: Policy,
        display: Callable[[Path], str],
        only: Collection[str] | None,
        scanned: Mapping[Path, pl.LazyFrame],
    ) -> None:
        self._policy = policy
        self._scanned = scanned
        self._only = only
        self._display = display
        self._collected = Collected()
        self._tables = TableReader(policy, self._collected)
        self._structured = StructuredReader(policy, self._collected)
        self._any_read = False

    def read(self, paths: Sequence[Path]) -> Reading:
        seen: set[Path] = set()
        for path in self._files(paths):
            if path.resolve() not in seen:  # a file that is named twice is one source
                seen.add(path.resolve())
                self._file(path)
        if not self._any_read:
            raise DataError([problem for _, problem in self._collected.problems])
        return merge(self._collected, self._policy)

    def _files(self, paths: Iterable[Path]) -> Iterator[Path]:
        for path in paths:
            if not path.is_dir():
                yield path
                continue
            names = sorted(child.name for child in path.iterdir() if not child.name.startswith((".", "~$")))
            files = [path / name for name in names if (path / name).is_file()]
            if not files:
                self._problem(path, "data.folder-empty", {"endings": " ".join(READABLE)})
            yield from files
            for name in names:
                if (path / name).is_dir():
                    self._problem(path / name, "data.folder-inside", {})

    def _file(self, path: Path) -> None:
        ending = path.suffix.lower()
        file = self._display(path)
        try:
            if ending in WORKBOOKS:
                self._workbook(path, file)
            elif ending in COLUMNAR or path in self._scanned:
                names = frozenset(map(folded, UNIT_COLUMNS["unit"][:2] + UNIT_COLUMNS["unit"][2]))
                frame = self._scanned.get(path)
                self._table(open_columnar(path, file, names, self._only, frame), path.stem)
            elif ending == ".csv":
                self._csv(path, file)
            elif ending == ".json":
                from engine.facts.json_file import read_json

                self._structured.read(read_json(path), file)
                self._any_read = True
            elif ending in (".yaml", ".yml"):
                self._yaml(path, file)
            else:
                key = "data.workbook-old" if ending in OLD_WORKBOOKS else "data.unknown-ending"
                self._problem(path, key, {"found": path.suffix or path.name, "endings": " ".join(READABLE)})
        except FileRefused as refused:
            where = Source(file, path=refused.place)
            self._collected.problem(None, where, refused.key, refused.params)
        except (OSError, RecursionError, MemoryError) as error:
            reason = (isinstance(error, OSError) and error.strerror) or type(error).__name__
            self._problem(path, "data.file-not-readable", {"reason": reason})

    def _workbook(self, path: Path, file: str) -> None:
        from engine.facts.xlsx import open_workbook

        has_units = False
        for grid in open_workbook(path, file):
            self._any_read = True
            name = grid.sheet or ""
            register = register_named(self._policy, name)
            try:
                if is_notes(name):
                    continue
                if register is not None:
                    self._tables.register(grid, register)
                elif not has_units:
                    has_units = True
                    self._tables.units(grid)
                elif any(True for _ in grid.rows):
                    self._unknown_sheet(grid)
            except FileRefused as refused:
                where = Source(file, grid.sheet, refused.place)
                self._collected.problem(None, where, refused.key, refused.params)

    def _unknown_sheet(self, grid: Grid) -> None:
        names = [name for r in self._policy.registers.values() for name in (r.name.zh, r.name.en, r.id)]
        near = nearest(grid.sheet or "", names)
        key = "data.unknown-sheet" if near is None else "data.unknown-sheet-near"
        params = {"found": grid.sheet or "", "nearest": near or ""}
        self._collected.problem(None, Source(grid.file, grid.sheet), key, params)

    def _csv(self, path: Path, file: str) -> None:
        from engine.facts.csv_file import open_csv

        self._table(open_csv(path, file), path.stem)

    def _table(self, grid: Grid, stem: str) -> None:
        """A file that is one table; its name tells whether of units or of a register."""
        self._any_read = True
        register, notes = table_named(self._policy, stem)
        if notes:
            return
        if register is not None:
            self._tables.register(grid, register)
        else:
            self._tables.units(grid)

    def _yaml(self, path: Path, file: str) -> None:
        from engine.project.yaml import read_yaml

        result = read_yaml(path, file)
        for diagnostic in result.diagnostics:
            place = (
                f"{diagnostic.location.line}:{diagnostic.location.column}"
                if diagnostic.location.line
                else None
            )
            where = Source(file, path=place)
            self._collected.problem(None, where, f"error.{diagnostic.code}", diagnostic.params)
        if result.document is not None:
            data: Any = result.document.data
            self._structured.read(data, file)
            self._any_read = True

    def _problem(self, path: Path, key: str, params: dict[str, object]) -> None:
        self._collected.problem(None, Source(self._display(path)), key, params)


def table_named(policy: Policy, stem: str) -> tuple[Register | None, bool]:
    """The register that a table's file name ends in, as ``台账-信访登记``; True if it is the page of instructions."""
    # A table in several files has a number at the end: ``petitions-00007``.
    bare = re.sub(r"[-_.]?\d+$", "", stem)
    for text in (stem, bare, bare.rpartition("-")[2], bare.rpartition("_")[2]):
        if folded(text) and ((register := register_named(policy, text)) or is_notes(text)):
            return register, register is None
    return None, False
