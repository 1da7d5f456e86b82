"""What a node of a derivation is called; worked out once per program and language, not per unit."""

from __future__ import annotations

from functools import cached_property

from engine.explain.outline import Outline, Point
from engine.explain.reading import Reader
from engine.messages import Lang, text


class Labels:
    """The words for the points of one program in one language."""

    def __init__(self, outline: Outline, lang: Lang) -> None:
        self._outline = outline
        self._lang: Lang = lang
        self._known: dict[int, str] = {}

    @cached_property
    def _reader(self) -> Reader:
        program = self._outline.program
        return Reader(program.policy, self._lang, program.parameters)

    def label(self, point: Point) -> str:
        """A rule's name, else the sentence of a test, else the heading of a group."""
        if point.rule is not None:
            return point.rule.name[self._lang]
        return self.condition(point)

    def condition(self, point: Point) -> str:
        """The condition at a point in words, also where the point is the root of a rule."""
        if point.index not in self._known:
            if point.condition is not None:
                self._known[point.index] = self._reader.heading(point.condition)
            else:
                self._known[point.index] = text("reading.all", self._lang)
        return self._known[point.index]
