"""One unit's timeline as a picture: phases, the time on the list, duties at their last good days, measures, delisting.

Everything is drawn in one pass from top to bottom on a sheet that fits on A4, so the same case file gives the
same bytes. Each mark has its own shape and a tooltip with what it stands for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from engine.duties.nouns import CaseFile
from engine.messages import Lang, text
from engine.report.svg import add, document, label, picture, text_width, tooltip
from engine.report.timeline_marks import COLOURS, FAINT, INK, draw, draw_flag, draw_step
from engine.report.timeline_rows import (
    STATUSES,
    Mark,
    MeasureRow,
    ProcedureRow,
    Row,
    duty_rows,
    measure_rows,
    procedure_rows,
)
from engine.wording.duties import status_word
from engine.wording.words import COLON, COMMA, date_words, short_digest

WIDTH = 1180.0
_LEFT, _RIGHT = 252.0, 1142.0
_MARGIN = 24.0
_LANE = 17.0
_NEAR = 12.0
_TOOLTIP_LINES = 15
#: Lines of the grid do not run through words.
_HALO = {"stroke": "#ffffff", "stroke_width": 3, "paint_order": "stroke"}


def timeline_svg(case: CaseFile, lang: Lang) -> str:
    """The picture as the content of a file."""
    return document(_Drawing(case, lang).made())


@dataclass
class _Cluster:
    """Marks of one status that would cover each other."""

    status: str
    x: float
    marks: list[Mark]
    lane: int = 0

    @property
    def end(self) -> float:
        """Where the mark and its number end."""
        return self.x + 9 + (text_width(str(len(self.marks)), 10) + 3 if len(self.marks) > 1 else 0)


class _Drawing:
    def __init__(self, case: CaseFile, lang: Lang) -> None:
        self._case = case
        self._lang = lang
        self._policy = case.program.policy
        self._as_of = case.program.as_of
        self._duties = duty_rows(case, lang)
        self._measures = measure_rows(case, lang)
        self._procedures = procedure_rows(case, lang)
        self._first, self._last = self._span()
        self._scale = (_RIGHT - _LEFT) / max((self._last - self._first).days, 1)
        self._y = 0.0
        self._body = Element("g")

    def made(self) -> Element:
        self._head()
        top = self._y
        self._axis()
        self._listing()
        self._section("timeline.duties", bool(self._duties))
        for row in self._duties:
            self._duty_row(row)
        self._section("timeline.measures", bool(self._measures))
        for measure in self._measures:
            self._measure_row(measure)
        self._section("timeline.procedures", bool(self._procedures))
        for procedure in self._procedures:
            self._procedure_row(procedure)
        bottom = self._y + 4
        self._y = bottom
        self._legend()
        root = picture(WIDTH, self._y + _MARGIN, self._title(), self._summary(), self._case.unit)
        root.set("lang", self._lang)
        add(root, "rect", width=WIDTH, height=self._y + _MARGIN, fill="#ffffff")
        self._years(root, top, bottom)
        self._today(root, top, bottom)
        root.append(self._body)
        return root

    # -------------------------------------------------------------------------------------- time and words

    def _span(self) -> tuple[date, date]:
        """Whole years around everything that is shown."""
        days = [self._policy.effective, self._as_of]
        for phase in self._policy.timetable.phases.values():
            days += [phase.start, phase.end]
        days += [day for spell in self._case.spells for day in (spell.start, spell.end) if day is not None]
        days += [mark.day for row in self._duties for mark in row.marks]
        return date(min(days).year, 1, 1), date(max(days).year, 12, 31)

    def _x(self, day: date) -> float:
        return min(max(_LEFT + (day - self._first).days * self._scale, _LEFT), _RIGHT)

    def _say(self, key: str, **params: object) -> str:
        return text(key, self._lang, **params)

    def _name(self) -> str:
        return self._case.evaluation.sheet.name or self._case.unit

    def _title(self) -> str:
        return self._say("timeline.title", unit=self._name())

    def _counts(self) -> Counter[str]:
        return Counter(mark.status for row in self._duties for mark in row.marks)

    def _summary(self) -> str:
        counts = self._counts()
        words = COMMA[self._lang].join(
            self._say("timeline.count", status=status_word(status, self._lang), n=counts[status])
            for status in STATUSES
            if counts[status]
        )
        return self._say(
            "timeline.summary",
            title=self._policy.title[self._lang],
            as_of=date_words(self._as_of, self._lang),
            listing=self._listing_words(),
            counts=words or self._say("report.none"),
            measures=COMMA[self._lang].join(row.name for row in self._measures) or self._say("report.none"),
        )

    def _listing_words(self) -> str:
        case = self._case
        if case.listed is None:
            return self._say("timeline.listing-unknown")
        said = []
        for spell in case.spells:
            if spell.start is not None:
                said.append(self._say("timeline.listed-on", day=date_words(spell.start, self._lang)))
            if spell.end is not None:
                said.append(self._say("timeline.delisted-on", day=date_words(spell.end, self._lang)))
        return COMMA[self._lang].join(said) or self._say("timeline.never-listed")

    # ------------------------------------------------------------------------------------------ the frame

    def _head(self) -> None:
        self._y = _MARGIN + 20
        label(self._body, _MARGIN, self._y, self._title(), WIDTH - 2 * _MARGIN, 20, font_weight="bold")
        self._y += 20
        said = self._say(
            "report.head",
            title=self._policy.title[self._lang],
            as_of=date_words(self._as_of, self._lang),
            digest=short_digest(self._policy),
        )
        label(self._body, _MARGIN, self._y, said, WIDTH - 2 * _MARGIN, 12, fill=FAINT)
        self._y += 30

    def _axis(self) -> None:
        """Room for the years' names, which are drawn with their bands, then the phases."""
        self._y += 24
        phases = self._policy.timetable.phases.values()
        if not phases:
            return
        self._label(self._say("timeline.phases"), self._y + 15)
        for i, phase in enumerate(phases):
            x, end = self._x(phase.start), self._x(phase.end + timedelta(days=1))
            box = add(self._body, "g")
            fill = ("#e3e8ef", "#d3dae4")[i % 2]
            add(box, "rect", x=x + 1, y=self._y, width=max(end - x - 2, 1), height=22, rx=3, fill=fill)
            middle = {"text_anchor": "middle"}
            name = phase.name[self._lang]
            size = 11.5 if text_width(name, 11.5) <= end - x - 8 else 10
            label(box, (x + end) / 2, self._y + 15, name, end - x - 8, size, **middle)
            days = (date_words(phase.start, self._lang), date_words(phase.end, self._lang))
            tooltip(
                box, name + COLON[self._lang] + self._say("duties.period.months", start=days[0], end=days[1])
            )
        self._y += 30

    def _years(self, root: Element, top: float, bottom: float) -> None:
        for year in range(self._first.year, self._last.year + 1):
            x, end = self._x(date(year, 1, 1)), self._x(date(year, 12, 31) + timedelta(days=1))
            if (year - self._first.year) % 2 == 0:
                add(root, "rect", x=x, y=top, width=end - x, height=bottom - top, fill="#f6f7f9")
            add(root, "path", d=f"M{x:.2f} {top:.2f}V{bottom:.2f}", stroke="#9aa3af", stroke_width=1)
            label(
                root, (x + end) / 2, top + 16, str(year), None, 13, text_anchor="middle", font_weight="bold"
            )
            for month in (4, 7, 10):
                quarter = self._x(date(year, month, 1))
                line = f"M{quarter:.2f} {top + 22:.2f}V{bottom:.2f}"
                dash = None if month == 7 else "2 4"
                add(root, "path", d=line, stroke="#d5dae1", stroke_width=1, stroke_dasharray=dash)
        add(root, "path", d=f"M{_RIGHT:.2f} {top:.2f}V{bottom:.2f}", stroke="#9aa3af", stroke_width=1)

    def _today(self, root: Element, top: float, bottom: float) -> None:
        x = self._x(self._as_of)
        add(
            root,
            "path",
            d=f"M{x:.2f} {top - 3:.2f}v6M{x:.2f} {top + 22:.2f}V{bottom:.2f}",
            stroke=INK,
            stroke_width=1.6,
            stroke_dasharray="6 3",
        )
        said = self._say("timeline.today", day=date_words(self._as_of, self._lang))
        half = text_width(said, 11) / 2
        middle = min(max(x, _LEFT + half), WIDTH - _MARGIN - half)
        label(root, middle, top - 7, said, None, 11, text_anchor="middle", font_weight="bold")

    def _section(self, key: str, wanted: bool) -> None:
        if not wanted:
            return
        self._y += 8
        line = f"M{_MARGIN:.2f} {self._y:.2f}H{_RIGHT:.2f}"
        add(self._body, "path", d=line, stroke="#9aa3af", stroke_width=1)
        self._y += 17
        label(self._body, _MARGIN, self._y, self._say(key), _LEFT - _MARGIN - 10, 12.5, font_weight="bold")
        self._y += 6

    def _label(self, said: str, y: float) -> None:
        room = _LEFT - _MARGIN - 12
        size = 12 if text_width(said, 12) <= room else 11
        label(self._body, _MARGIN, y, said, room, size)

    # ------------------------------------------------------------------------------------------- the rows

    def _listing(self) -> None:
        self._label(self._say("timeline.listing"), self._y + 16)
        case = self._case
        if case.listed is None or not case.spells:
            label(
                self._body,
                _LEFT + 8,
                self._y + 16,
                self._listing_words(),
                _RIGHT - _LEFT - 16,
                12,
                fill=FAINT,
            )
        for spell in case.spells if case.listed is not None else ():
            start, end = self._x(spell.start or self._first), self._x(spell.end or self._as_of)
            bar = add(self._body, "g")
            add(bar, "rect", x=start, y=self._y + 2, width=max(end - start, 2), height=20, fill="#37474f")
            if spell.end is None:
                tip = f"M{end:.2f} {self._y + 2:.2f}l9 10l-9 10z"
                add(bar, "path", d=tip, fill="#37474f")
            said = []
            if spell.start is not None:
                said.append(self._say("timeline.listed-on", day=date_words(spell.start, self._lang)))
            said.append(
                self._say("timeline.still-listed")
                if spell.end is None
                else self._say("timeline.delisted-on", day=date_words(spell.end, self._lang))
            )
            words = COMMA[self._lang].join(said)
            tooltip(bar, words)
            if text_width(words, 11.5) > end - start - 14:
                words = " – ".join(day.isoformat() for day in (spell.start, spell.end) if day is not None)
            label(bar, start + 8, self._y + 16, words, end - start - 14, 11.5, fill="#ffffff")
        self._y += 28

    def _duty_row(self, row: Row) -> None:
        clusters = _laned(self._clusters(row.marks))
        lanes = max(cluster.lane for cluster in clusters) + 1
        height = lanes * _LANE + 8
        self._label(row.name, self._y + height / 2 + 4)
        middle = self._y + 4 + _LANE / 2
        line = f"M{self._x(row.first):.2f} {middle:.2f}H{self._x(row.last):.2f}"
        add(self._body, "path", d=line, stroke="#c3cad4", stroke_width=3, stroke_linecap="round")
        for day in sorted({mark.due for mark in row.marks if mark.due is not None}):
            tick = f"M{self._x(day):.2f} {middle - 8:.2f}v16"
            add(self._body, "path", d=tick, stroke=FAINT, stroke_width=1.4)
        for late in (True, False):
            for cluster in clusters:
                y = self._y + 4 + (cluster.lane + 0.5) * _LANE
                if late:
                    self._lateness(cluster, y)
                else:
                    self._cluster(cluster, y)
        self._y += height

    def _clusters(self, marks: tuple[Mark, ...]) -> list[_Cluster]:
        found: list[_Cluster] = []
        for status in STATUSES:
            for mark in marks:
                if mark.status != status:
                    continue
                x = self._x(mark.day)
                if found and found[-1].status == status and x - found[-1].x < _NEAR:
                    found[-1].marks.append(mark)
                else:
                    found.append(_Cluster(status, x, [mark]))
        return found

    def _lateness(self, cluster: _Cluster, y: float) -> None:
        late = [mark.late for mark in cluster.marks if mark.late is not None]
        if late:
            start, end = min(day for day, _ in late), max(day for _, day in late)
            line = f"M{self._x(start):.2f} {y:.2f}H{self._x(end):.2f}"
            add(self._body, "path", d=line, stroke=COLOURS[cluster.status], stroke_width=2)

    def _cluster(self, cluster: _Cluster, y: float) -> None:
        group = add(self._body, "g")
        draw(group, cluster.status, cluster.x, y)
        lines = [mark.words for mark in cluster.marks]
        if len(lines) > 1:
            number, colour = str(len(lines)), COLOURS[cluster.status]
            label(group, cluster.x + 9, y + 4, number, None, 10, fill=colour, **_HALO)
        if len(lines) > _TOOLTIP_LINES:
            more = len(lines) - _TOOLTIP_LINES + 1
            lines = [*lines[: _TOOLTIP_LINES - 1], self._say("timeline.more", n=more)]
        tooltip(group, "\n".join(lines))

    def _measure_row(self, row: MeasureRow) -> None:
        y = self._y + 12
        self._label(row.name, y + 4)
        start = end = self._x(row.since or row.due or self._as_of)
        group = add(self._body, "g")
        if row.due is not None:
            end = max(end, self._x(row.due))
            line = f"M{start:.2f} {y + 7:.2f}H{end:.2f}m0 -14v14"
            add(group, "path", d=line, stroke=INK, stroke_width=1.6, fill="none")
            late = row.taken is None and not row.superseded and row.due < self._as_of
            if late and self._x(self._as_of) > end:
                line = f"M{end:.2f} {y + 7:.2f}H{self._x(self._as_of):.2f}"
                add(group, "path", d=line, stroke=COLOURS["overdue"], stroke_width=2)
        draw_flag(group, start, y, row.taken is not None)
        self._beside(group, max(end + 8, start + 16), start - 6, y + 2, row.state)
        tooltip(group, row.words)
        self._y += 24

    def _beside(self, group: Element, right: float, left: float, y: float, said: str) -> None:
        """Words to the right of what they are about; to its left where there is no room."""
        if right + text_width(said, 10.5) <= _RIGHT:
            label(group, right, y, said, None, 10.5, fill=FAINT, **_HALO)
        else:
            label(group, left, y, said, left - _LEFT, 10.5, fill=FAINT, text_anchor="end", **_HALO)

    def _procedure_row(self, row: ProcedureRow) -> None:
        """The steps at their days, in lanes where they fall close together, and a line that names them."""
        ends: list[float] = []
        placed = []
        for step in row.steps:
            if step.day is None:
                continue
            x = self._x(step.day)
            lane = next((i for i, end in enumerate(ends) if end <= x - 9), len(ends))
            ends[lane:] = [x + 9, *ends[lane + 1 :]]
            placed.append((step, x, lane))
        height = max(len(ends), 1) * 20 + 6
        self._label(row.name, self._y + height / 2 + 4)
        for step, x, lane in placed:
            group = add(self._body, "g")
            draw_step(group, step.number, x, self._y + 13 + lane * 20, bool(step.broken))
            tooltip(group, step.words)
        self._y += height
        size, x = 11.0, _LEFT
        for step in row.steps:
            said = f"{step.number} {step.words}"
            width = text_width(said, size) + 18
            if x + width > _RIGHT and x > _LEFT:
                x, self._y = _LEFT, self._y + 16
            colour = COLOURS["overdue"] if step.broken or step.state == "missing" else FAINT
            label(self._body, x, self._y + 12, said, _RIGHT - x, size, fill=colour, **_HALO)
            x += width
        self._y += 20

    # ----------------------------------------------------------------------------------------- the legend

    def _legend(self) -> None:
        counts, lang = self._counts(), self._lang
        self._y += 26
        x = _MARGIN
        for status in reversed(STATUSES):
            said = self._say("timeline.count", status=status_word(status, lang), n=counts[status])
            draw(self._body, status, x + 8, self._y - 4)
            label(self._body, x + 20, self._y, said)
            x += 20 + text_width(said, 12) + 22
        self._y += 22
        x = _MARGIN
        if self._measures:
            for filled in (False, True):
                said = self._say("timeline.flag-taken" if filled else "timeline.flag-open")
                draw_flag(self._body, x + 3, self._y - 4, filled)
                label(self._body, x + 20, self._y, said)
                x += 20 + text_width(said, 12) + 22
        if self._procedures:
            for broken in (False, True):
                said = self._say("timeline.step-broken" if broken else "timeline.step-done")
                draw_step(self._body, 1, x + 8, self._y - 4, broken)
                label(self._body, x + 22, self._y, said)
                x += 22 + text_width(said, 12) + 22
        said = self._say("timeline.note")
        if x > _MARGIN and x + text_width(said, 11) > _RIGHT:
            self._y += 20
            x = _MARGIN
        label(self._body, x, self._y, said, _RIGHT - x, 11, fill=FAINT)


def _laned(clusters: list[_Cluster]) -> list[_Cluster]:
    """Each cluster in the first lane in which it covers no other; the most pressing statuses come first."""
    taken: list[list[tuple[float, float]]] = []
    for cluster in clusters:
        start, end = cluster.x - 8, cluster.end
        lane = next(
            (i for i, spans in enumerate(taken) if all(end <= a or start >= b for a, b in spans)), len(taken)
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((start, end))
        cluster.lane = lane
    return clusters
