"""The sheet that a timeline is drawn on: where a day stands, how far down the drawing is, and words in their places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element

from engine.messages import Lang, text
from engine.report.svg import add, label, text_width
from engine.report.timeline_marks import FAINT

WIDTH = 1180.0
LEFT, RIGHT = 252.0, 1142.0
MARGIN = 24.0
#: Lines of the grid do not run through words.
HALO = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke"}
#: Years shown beyond those of the plan, the listings and the as-of date; what lies further stands at the edge.
_BEFORE, _AFTER = 1, 2


class Canvas:
    """``y`` is how far down the drawing is; ``body`` holds what has been drawn."""

    def __init__(self, frame: Iterable[date], shown: Iterable[date], as_of: date, lang: Lang) -> None:
        """``frame``: days that must be on the sheet; ``shown``: days that should be, if they are not far off."""
        fixed = [as_of, *frame]
        days = [*fixed, *shown]
        first = max(min(days).year, min(fixed).year - _BEFORE, date.min.year)
        last = min(max(days).year, max(fixed).year + _AFTER, date.max.year)
        self.first, self.last = date(first, 1, 1), date(last, 12, 31)
        self.as_of = as_of
        self.lang = lang
        self.y = 0.0
        self.body = Element("g")
        self._scale = (RIGHT - LEFT) / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """Where a day begins; at the edge if it is not on the sheet."""
        return min(max(LEFT + (day - self.first).days * self._scale, LEFT), RIGHT)

    def after(self, day: date) -> float:
        """Where a day ends."""
        return min(self.x(day) + self._scale, RIGHT)

    def say(self, key: str, **params: object) -> str:
        """A message in the language of the sheet."""
        return text(key, self.lang, **params)

    def row_label(self, said: str, y: float) -> None:
        """The name of a row, at its left."""
        room = LEFT - MARGIN - 12
        size = 12 if text_width(said, 12) <= room else 11
        label(self.body, MARGIN, y, said, room, size)

    def section(self, key: str) -> None:
        """A line across and a heading."""
        self.y += 8
        line = f"M{MARGIN:.2f} {self.y:.2f}H{RIGHT:.2f}"
        add(self.body, "path", d=line, stroke="#9aa3af", stroke_width=1)
        self.y += 17
        label(self.body, MARGIN, self.y, self.say(key), LEFT - MARGIN - 10, 12.5, font_weight="bold")
        self.y += 6

    def beside(self, group: Element, right: float, left: float, y: float, said: str) -> None:
        """Words to the right of what they are about; to its left where there is no room."""
        if right + text_width(said, 10.5) <= RIGHT:
            label(group, right, y, said, None, 10.5, fill=FAINT, **HALO)
        else:
            label(group, left, y, said, left - LEFT, 10.5, fill=FAINT, text_anchor="end", **HALO)
