"""One unit's timeline as a picture: phases, the time on the list, duties at their last good days, measures, delisting.

Everything is drawn in one pass from top to bottom on a sheet that fits on A4, so the same case file gives the
same bytes. Each mark has its own shape and a tooltip with what it stands for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from engine.duties.nouns import CaseFile
from engine.messages import Lang
from engine.report.svg import add, document, label, picture, text_width, tooltip
from engine.report.timeline_body import draw_duties, draw_measure, draw_procedure
from engine.report.timeline_canvas import LEFT, MARGIN, RIGHT, WIDTH, Canvas
from engine.report.timeline_marks import FAINT, INK, UNDATED, draw, draw_flag, draw_step
from engine.report.timeline_rows import STATUSES, duty_rows, measure_rows, procedure_rows
from engine.wording.duties import status_word
from engine.wording.words import COLON, COMMA, date_words, short_digest

#: Bands narrower than this have no room for the year, and those narrower than twice that none for quarters.
_NARROW = 36.0


def timeline_svg(case: CaseFile, lang: Lang) -> str:
    """The picture as the content of a file."""
    return document(_Drawing(case, lang).made())


class _Drawing:
    def __init__(self, case: CaseFile, lang: Lang) -> None:
        self._case = case
        self._policy = case.program.policy
        self._duties = duty_rows(case, lang)
        self._measures = measure_rows(case, lang)
        self._procedures = procedure_rows(case, lang)
        marks = [mark.day for row in self._duties for mark in row.marks]
        self._canvas = Canvas(self._frame(), marks, case.program.as_of, lang)

    def made(self) -> Element:
        canvas = self._canvas
        self._head()
        top = canvas.y
        self._phases()
        _listing(canvas, self._case)
        if self._duties:
            canvas.section("timeline.duties")
        for row in self._duties:
            draw_duties(canvas, row)
        if self._measures:
            canvas.section("timeline.measures")
        for measure in self._measures:
            draw_measure(canvas, measure)
        if self._procedures:
            canvas.section("timeline.procedures")
        for procedure in self._procedures:
            draw_procedure(canvas, procedure)
        canvas.y += 4
        bottom = canvas.y
        self._legend()
        root = picture(WIDTH, canvas.y + MARGIN, self._title(), self._summary(), self._case.unit)
        root.set("lang", canvas.lang)
        add(root, "rect", width=WIDTH, height=canvas.y + MARGIN, fill="#ffffff")
        self._years(root, top, bottom)
        self._today(root, top, bottom)
        root.append(canvas.body)
        return root

    def _frame(self) -> Iterator[date]:
        """The days of the plan and of the listings."""
        yield self._policy.effective
        for phase in self._policy.timetable.phases.values():
            yield from (phase.start, phase.end)
        for spell in self._case.spells:
            yield from (day for day in (spell.start, spell.end) if day is not None)

    # ---------------------------------------------------------------------------------------------- words

    def _name(self) -> str:
        return self._case.evaluation.sheet.name or self._case.unit

    def _title(self) -> str:
        return self._canvas.say("timeline.title", unit=self._name())

    def _counted(self) -> Iterator[tuple[str, str]]:
        """Each status that occurs, the most pressing first, and the sign for a day that is not known: with the words
        and the number of its duties."""
        canvas = self._canvas
        marks = [mark for row in self._duties for mark in row.marks]
        counts = Counter(mark.status for mark in marks)
        for status in STATUSES:
            if counts[status]:
                word = status_word(status, canvas.lang)
                yield status, canvas.say("timeline.count", status=word, n=counts[status])
        undated = sum(mark.undated for mark in marks)
        if undated:
            yield UNDATED, canvas.say("timeline.count", status=canvas.say("timeline.undated"), n=undated)

    def _summary(self) -> str:
        canvas = self._canvas
        words = COMMA[canvas.lang].join(words for _, words in self._counted())
        return canvas.say(
            "timeline.summary",
            title=self._policy.title[canvas.lang],
            as_of=date_words(canvas.as_of, canvas.lang),
            listing=_listing_words(canvas, self._case),
            counts=words or canvas.say("report.none"),
            measures=COMMA[canvas.lang].join(row.name for row in self._measures) or canvas.say("report.none"),
        )

    # ------------------------------------------------------------------------------------------ the frame

    def _head(self) -> None:
        canvas = self._canvas
        canvas.y = MARGIN + 20
        label(canvas.body, MARGIN, canvas.y, self._title(), WIDTH - 2 * MARGIN, 20, font_weight="bold")
        canvas.y += 20
        said = canvas.say(
            "report.head",
            title=self._policy.title[canvas.lang],
            as_of=date_words(canvas.as_of, canvas.lang),
            digest=short_digest(self._policy),
        )
        label(canvas.body, MARGIN, canvas.y, said, WIDTH - 2 * MARGIN, 12, fill=FAINT)
        canvas.y += 30

    def _phases(self) -> None:
        """Room for the years' names, which are drawn with their bands, then the phases."""
        canvas = self._canvas
        canvas.y += 24
        phases = self._policy.timetable.phases.values()
        if not phases:
            return
        canvas.row_label(canvas.say("timeline.phases"), canvas.y + 15)
        for i, phase in enumerate(phases):
            x, end = canvas.x(phase.start), canvas.after(phase.end)
            box = add(canvas.body, "g")
            fill = ("#e3e8ef", "#d3dae4")[i % 2]
            add(box, "rect", x=x + 1, y=canvas.y, width=max(end - x - 2, 1), height=22, rx=3, fill=fill)
            middle = {"text_anchor": "middle"}
            name = phase.name[canvas.lang]
            size = 11.5 if text_width(name, 11.5) <= end - x - 8 else 10
            label(box, (x + end) / 2, canvas.y + 15, name, end - x - 8, size, **middle)
            days = (date_words(phase.start, canvas.lang), date_words(phase.end, canvas.lang))
            tooltip(
                box,
                name + COLON[canvas.lang] + canvas.say("duties.period.months", start=days[0], end=days[1]),
            )
        canvas.y += 30

    def _years(self, root: Element, top: float, bottom: float) -> None:
        canvas = self._canvas
        for year in range(canvas.first.year, canvas.last.year + 1):
            x, end = canvas.x(date(year, 1, 1)), canvas.after(date(year, 12, 31))
            if (year - canvas.first.year) % 2 == 0:
                add(root, "rect", x=x, y=top, width=end - x, height=bottom - top, fill="#f6f7f9")
            add(root, "path", d=f"M{x:.2f} {top:.2f}V{bottom:.2f}", stroke="#9aa3af", stroke_width=1)
            if end - x >= _NARROW:
                bold = {"text_anchor": "middle", "font_weight": "bold"}
                label(root, (x + end) / 2, top + 16, str(year), None, 13, **bold)
            for month in (4, 7, 10) if end - x >= 2 * _NARROW else ():
                quarter = canvas.x(date(year, month, 1))
                line = f"M{quarter:.2f} {top + 22:.2f}V{bottom:.2f}"
                dash = None if month == 7 else "2 4"
                add(root, "path", d=line, stroke="#d5dae1", stroke_width=1, stroke_dasharray=dash)
        add(root, "path", d=f"M{RIGHT:.2f} {top:.2f}V{bottom:.2f}", stroke="#9aa3af", stroke_width=1)

    def _today(self, root: Element, top: float, bottom: float) -> None:
        canvas = self._canvas
        x = canvas.x(canvas.as_of)
        add(
            root,
            "path",
            d=f"M{x:.2f} {top - 3:.2f}v6M{x:.2f} {top + 22:.2f}V{bottom:.2f}",
            stroke=INK,
            stroke_width=1.6,
            stroke_dasharray="6 3",
        )
        said = canvas.say("timeline.today", day=date_words(canvas.as_of, canvas.lang))
        half = text_width(said, 11) / 2
        middle = min(max(x, LEFT + half), WIDTH - MARGIN - half)
        label(root, middle, top - 7, said, None, 11, text_anchor="middle", font_weight="bold")

    # ----------------------------------------------------------------------------------------- the legend

    def _legend(self) -> None:
        """What each symbol means that occurs above; no others."""
        canvas = self._canvas
        x = MARGIN
        counted = list(self._counted())
        canvas.y += 26 if counted else 4
        for sign, said in counted:
            if sign == UNDATED:
                label(canvas.body, x + 8, canvas.y, sign, None, 12, text_anchor="middle", font_weight="bold")
            else:
                draw(canvas.body, sign, x + 8, canvas.y - 4)
            label(canvas.body, x + 20, canvas.y, said)
            x += 20 + text_width(said, 12) + 22
        canvas.y += 22
        x = MARGIN
        for filled in sorted({row.taken is not None for row in self._measures}):
            said = canvas.say("timeline.flag-taken" if filled else "timeline.flag-open")
            draw_flag(canvas.body, x + 3, canvas.y - 4, filled)
            label(canvas.body, x + 20, canvas.y, said)
            x += 20 + text_width(said, 12) + 22
        drawn = [step for row in self._procedures for step in row.steps if step.day is not None]
        for broken in sorted({bool(step.broken) for step in drawn}):
            said = canvas.say("timeline.step-broken" if broken else "timeline.step-done")
            draw_step(canvas.body, 1, x + 8, canvas.y - 4, broken)
            label(canvas.body, x + 22, canvas.y, said)
            x += 22 + text_width(said, 12) + 22
        said = canvas.say("timeline.note")
        if x > MARGIN and x + text_width(said, 11) > RIGHT:
            canvas.y += 20
            x = MARGIN
        label(canvas.body, x, canvas.y, said, RIGHT - x, 11, fill=FAINT)


def _listing(canvas: Canvas, case: CaseFile) -> None:
    canvas.row_label(canvas.say("timeline.listing"), canvas.y + 16)
    if case.listed is None or not case.spells:
        label(
            canvas.body,
            LEFT + 8,
            canvas.y + 16,
            _listing_words(canvas, case),
            RIGHT - LEFT - 16,
            12,
            fill=FAINT,
        )
    for spell in case.spells if case.listed is not None else ():
        start, end = canvas.x(spell.start or canvas.first), canvas.x(spell.end or canvas.as_of)
        bar = add(canvas.body, "g")
        add(bar, "rect", x=start, y=canvas.y + 2, width=max(end - start, 2), height=20, fill="#37474f")
        if spell.end is None:
            tip = f"M{end:.2f} {canvas.y + 2:.2f}l9 10l-9 10z"
            add(bar, "path", d=tip, fill="#37474f")
        said = []
        if spell.start is not None:
            said.append(canvas.say("timeline.listed-on", day=date_words(spell.start, canvas.lang)))
        said.append(
            canvas.say("timeline.still-listed")
            if spell.end is None
            else canvas.say("timeline.delisted-on", day=date_words(spell.end, canvas.lang))
        )
        words = COMMA[canvas.lang].join(said)
        tooltip(bar, words)
        if text_width(words, 11.5) > end - start - 14:
            days = ("" if day is None else day.isoformat() for day in (spell.start, spell.end))
            words = " – ".join(days).strip()
        if (
            text_width(words, 11.5) <= end - start - 14
        ):  # a day that is cut would say another; the tooltip has it
            label(bar, start + 8, canvas.y + 16, words, None, 11.5, fill="#ffffff")
    canvas.y += 28


def _listing_words(canvas: Canvas, case: CaseFile) -> str:
    if case.listed is None:
        return canvas.say("timeline.listing-unknown")
    said = []
    for spell in case.spells:
        if spell.start is not None:
            said.append(canvas.say("timeline.listed-on", day=date_words(spell.start, canvas.lang)))
        if spell.end is not None:
            said.append(canvas.say("timeline.delisted-on", day=date_words(spell.end, canvas.lang)))
    return COMMA[canvas.lang].join(said) or canvas.say("timeline.never-listed")
