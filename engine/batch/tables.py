"""Files and folders → tables with their headings understood and none of their rows read."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from engine.facts.cells import Grid
from engine.facts.collected import Collected
from engine.facts.columnar_file import COLUMNAR, reason_of, scan
from engine.facts.columns import find_columns
from engine.facts.csv_file import delimiter_of
from engine.facts.folding import folded
from engine.facts.headings import REGISTER_COLUMNS, UNIT_COLUMNS, Heading, Headings
from engine.facts.read import table_named
from engine.facts.refused import FileRefused
from engine.facts.texts import encoding_of

if TYPE_CHECKING:
    from engine.project.policy import Policy, Register

_HEAD_BYTES = 1 << 16
_UNIT_NAMES = frozenset(map(folded, (*UNIT_COLUMNS["unit"][:2], *UNIT_COLUMNS["unit"][2])))


@dataclass(frozen=True)
class Table:
    """One file of units, or of a register's rows. ``headings``: the name of each column that is understood, and what it
    holds. ``frame`` has every column of the file; nothing has been read yet. ``spool``: the Parquet file that stands in
    for one of another format."""

    path: Path
    file: str
    frame: pl.LazyFrame
    headings: Mapping[str, Heading]
    register: Register | None
    spool: Path | None = None

    def of(self, role: str) -> list[str]:
        """The names of the columns with that role, in order."""
        return [name for name, heading in self.headings.items() if heading.role == role]

    @property
    def unit(self) -> str:
        """The column with the unit's id."""
        return self.of("unit")[0]


def is_columnar(path: Path) -> bool:
    """Whether a file can be scanned as columns: its format says so, or it is a CSV file as databases write them.

    What an office exports by hand (another encoding, a title above the headings, semicolons) is read row by row.
    """
    if path.suffix.lower() in COLUMNAR:
        return True
    if path.suffix.lower() != ".csv":
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES).removeprefix(codecs.BOM_UTF8)
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeError:
        return False
    if "\0" in text or delimiter_of(text) != ",":
        return False
    first = next(csv.reader(io.StringIO(text)), [])
    return any(folded(name) in _UNIT_NAMES for name in first)


def open_table(path: Path, file: str, policy: Policy, collected: Collected) -> Table | None:
    """The table in a file; None if it is a page of instructions or, after reporting it, has no usable headings.

    Raises FileRefused for a file that is not what its ending says.
    """
    register, notes = table_named(policy, path.stem)
    if notes:
        return None
    if register is None:
        headings = Headings(policy.facts, UNIT_COLUMNS, policy.registers.values())
    else:
        headings = Headings(register.columns, REGISTER_COLUMNS, ())
    frame = scan(path) if path.suffix.lower() in COLUMNAR else scan_csv(path)
    names = frame.collect_schema().names()
    grid = Grid(file, None, iter([(1, dict(enumerate(names, start=1)))]))
    found = find_columns(grid, headings, collected)
    if found is None:
        return None
    columns, _ = found
    used = {
        names[position - 1]: heading
        for position, heading in columns.headings.items()
        if position not in columns.wrong_unit
    }
    return Table(path, file, frame, used, register)


def scan_csv(path: Path, cut: bool = False) -> pl.LazyFrame:
    """A CSV file as a table, nothing of it read yet but its columns. ``cut``: rows may have more cells than there are
    headings; without it reading them fails. Raises FileRefused for another encoding and for a damaged file.
    """
    if encoding_of(path) not in ("utf-8", "utf-8-sig"):
        raise FileRefused("data.encoding")
    try:
        frame = pl.scan_csv(path, infer_schema=False, encoding="utf8", truncate_ragged_lines=cut)
        frame.collect_schema()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FileRefused("data.file-not-readable", {"reason": reason_of(error)}) from error
    return frame


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files, and those in the folders in order of name; each once."""
    found: dict[Path, Path] = {}
    for path in paths:
        inside = [path]
        if path.is_dir():
            names = sorted(p.name for p in path.iterdir() if not p.name.startswith((".", "~$")))
            inside = [path / name for name in names if (path / name).is_file()]
        for one in inside:
            found.setdefault(one.resolve(), one)
    return list(found.values())
