"""Where cells stand, so that the cells of one row share all but their columns: `D17` is `D`, 17 and nothing."""

from __future__ import annotations

import re

from engine.facts.sheet import Source

_NUMBER = re.compile("[1-9][0-9]*")
_STRETCH = re.compile(r"([A-Z])\1{2,}")
#: The number of a place that has none.
NONE = 0


def prefix(source: Source) -> str:
    """File and sheet."""
    return source.file if source.sheet is None else f"{source.file}!{source.sheet}"


def first_number(source: Source) -> tuple[str, int, str]:
    """The place within file and sheet, cut at its first number: ``before + str(number) + after``."""
    place = source.cell or source.path or ""
    found = _NUMBER.search(place)
    if found is None:
        return place, NONE, ""
    return place[: found.start()], int(found.group()), place[found.end() :]


def last_number(source: Source) -> tuple[str, int, str]:
    """The same, cut at its last number: in a path the row comes after the unit."""
    if (
        source.cell is not None
        and source.cell[:1].isalpha()
        and source.cell[1:].isdigit()
        and source.cell[1] != "0"
    ):
        return source.cell[0], int(source.cell[1:]), ""
    place = source.cell or source.path or ""
    numbers = list(_NUMBER.finditer(place))
    if not numbers:
        return place, NONE, ""
    last = numbers[-1]
    return place[: last.start()], int(last.group()), place[last.end() :]


def around(source: Source, number: int) -> tuple[str, str | None]:
    """What stands before and after ``number`` in a place; the whole place and None if the number is not in it."""
    place = source.cell or source.path or ""
    shown = str(number)
    if place.endswith(shown) and not place[: -len(shown)][-1:].isdigit():
        return place[: -len(shown)], ""
    start = place.rfind(shown)
    while start >= 0:
        end = start + len(shown)
        if not (place[start - 1 : start].isdigit() or place[end : end + 1].isdigit()):
            return place[:start], place[end:]
        start = place.rfind(shown, 0, end - 1)
    return place, None


def runs(numbers: list[int]) -> list[int]:
    """Numbers with stretches of neighbours drawn together: 3, 4, 5, 6, 9 as 3, -3, 9 (none of them is negative)."""
    found: list[int] = []
    before = None
    for number in numbers:
        if before is None or number != before + 1:
            found.append(number)
        elif found[-1] < 0:
            found[-1] -= 1
        else:
            found.append(-1)
        before = number
    return found


def letters(word: str) -> str:
    """A word with its long stretches of one letter counted: ``TTFFFFFT`` as ``TTF5T``."""
    return _STRETCH.sub(lambda found: f"{found[1]}{len(found[0])}", word)
