"""What was found to be missing in some units, while it is being gathered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from engine.batch.missing import masks
from engine.batch.missing.masks import Words
from engine.batch.missing.values import AT
from engine.inference.evaluation import base_name

#: The columns of missing cells beside the unit's number: the register, and the cell's own name.
REGISTER, FACT = "register", "fact"


class Found:
    """``facts``: fact or register → the rules and tables that it could settle, in every unit; ``cells``: the same of cells
    of registers, as tables; ``failed``: units of which a rule cannot be computed at all."""

    def __init__(self, units: int) -> None:
        self.units = units
        self.facts: dict[str, Words] = {}
        self.cells: list[pl.DataFrame] = []
        self.failed: set[int] = set()

    def fact(self, name: str, words: Mapping[int, pl.Series]) -> None:
        """A fact or register is wanted by ``words``."""
        masks.add(self.facts.setdefault(name, {}), words)

    def cell(self, register: str, at: pl.Series, names: pl.Series, words: Mapping[int, pl.Series]) -> None:
        """Cells are wanted: the units' numbers, and the cells' names."""
        sets = {word_column(number): series.gather(at) for number, series in words.items()}
        self.cells.append(
            pl.DataFrame({AT: at, FACT: names, **sets}).with_columns(pl.lit(register).alias(REGISTER))
        )

    def names(
        self, at: Sequence[int], sets: Iterable[frozenset[str]], words: Mapping[int, pl.Series]
    ) -> None:
        """Whatever is named is wanted: for each unit of ``at`` a set of facts, registers and cells."""
        by_name: dict[str, list[int]] = {}
        by_register: dict[str, tuple[list[int], list[str]]] = {}
        for unit, names in zip(at, sets, strict=True):
            for name in names:
                register = base_name(name)
                if register == name:
                    by_name.setdefault(name, []).append(unit)
                else:
                    units, cells = by_register.setdefault(register, ([], []))
                    units.append(unit)
                    cells.append(name)
        for name, units in by_name.items():
            self.fact(name, masks.where(flags(units, self.units), words))
        for register, (units, cells) in by_register.items():
            self.cell(register, pl.Series(units, dtype=pl.UInt32), pl.Series(cells, dtype=pl.String), words)


def word_column(number: int) -> str:
    """The name of the column with the integers of that number."""
    return f":m{number}"


def flags(at: Sequence[int] | pl.Series, units: int) -> pl.Series:
    """Those units flagged, of so many."""
    return pl.repeat(False, units, eager=True).scatter(at, True)
