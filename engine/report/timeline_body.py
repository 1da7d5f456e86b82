"""The rows of a timeline, drawn: duties, measures, and the steps of procedures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from engine.report.svg import add, label, text_width, tooltip
from engine.report.timeline_canvas import HALO, LEFT, RIGHT, Canvas
from engine.report.timeline_marks import COLOURS, FAINT, INK, UNDATED, draw, draw_flag, draw_step
from engine.report.timeline_rows import STATUSES, Mark, MeasureRow, ProcedureRow, Row

_LANE = 17.0
_NEAR = 12.0
_TOOLTIP_LINES = 15


@dataclass
class _Cluster:
    """Marks of one status that would cover each other; those whose day is not known by themselves."""

    status: str
    x: float
    marks: list[Mark]
    lane: int = 0

    @property
    def undated(self) -> bool:
        """Whether they were done on days that are not known."""
        return self.marks[0].undated

    @property
    def beside(self) -> str:
        """What stands beside the mark: how many they are if not one, and that their days are not known."""
        many = str(len(self.marks)) if len(self.marks) > 1 else ""
        return many + (UNDATED if self.undated else "")

    @property
    def end(self) -> float:
        """Where the mark and what stands beside it end."""
        return self.x + 9 + (text_width(self.beside, 10) + 3 if self.beside else 0)


def draw_duties(canvas: Canvas, row: Row) -> None:
    """A row of duties: the time that they bind, ticks at last good days, marks, and lines for what is late."""
    clusters = _laned(_clusters(canvas, row.marks))
    lanes = max(cluster.lane for cluster in clusters) + 1
    height = lanes * _LANE + 8
    canvas.row_label(row.name, canvas.y + height / 2 + 4)
    middle = canvas.y + 4 + _LANE / 2
    line = f"M{canvas.x(row.first):.2f} {middle:.2f}H{canvas.x(row.last):.2f}"
    add(canvas.body, "path", d=line, stroke="#c3cad4", stroke_width=3, stroke_linecap="round")
    for day in sorted({mark.due for mark in row.marks if mark.due is not None and mark.due <= canvas.last}):
        x = canvas.x(day)
        numbered = any(one.lane == 0 and one.beside and one.x + 7 < x < one.end for one in clusters)
        tick = f"M{x:.2f} {middle - 8:.2f}" + ("v3m0 10v3" if numbered else "v16")  # through no number
        add(canvas.body, "path", d=tick, stroke=FAINT, stroke_width=1.4)
    for late in (True, False):
        for cluster in clusters:
            y = canvas.y + 4 + (cluster.lane + 0.5) * _LANE
            if late:
                _lateness(canvas, cluster, y)
            else:
                _cluster(canvas, cluster, y)
    canvas.y += height


def _clusters(canvas: Canvas, marks: tuple[Mark, ...]) -> list[_Cluster]:
    found: list[_Cluster] = []
    for status, undated in product(STATUSES, (False, True)):
        last: _Cluster | None = None
        for mark in marks:
            if (mark.status, mark.undated) != (status, undated):
                continue
            x = canvas.x(mark.day)
            if last is not None and x - last.x < _NEAR:
                last.marks.append(mark)
            else:
                last = _Cluster(status, x, [mark])
                found.append(last)
    return found


def _lateness(canvas: Canvas, cluster: _Cluster, y: float) -> None:
    late = [mark.late for mark in cluster.marks if mark.late is not None]
    if late:
        start, end = min(day for day, _ in late), max(day for _, day in late)
        line = f"M{canvas.x(start):.2f} {y:.2f}H{canvas.x(end):.2f}"
        add(canvas.body, "path", d=line, stroke=COLOURS[cluster.status], stroke_width=2)


def _cluster(canvas: Canvas, cluster: _Cluster, y: float) -> None:
    group = add(canvas.body, "g")
    draw(group, cluster.status, cluster.x, y)
    lines = [mark.words for mark in cluster.marks]
    if cluster.beside:
        label(group, cluster.x + 9, y + 4, cluster.beside, None, 10, fill=COLOURS[cluster.status], **HALO)
    if len(lines) > _TOOLTIP_LINES:
        more = len(lines) - _TOOLTIP_LINES + 1
        lines = [*lines[: _TOOLTIP_LINES - 1], canvas.say("timeline.more", n=more)]
    tooltip(group, "\n".join(lines))


def draw_measure(canvas: Canvas, row: MeasureRow) -> None:
    """A flag at the day of the trigger, a line to the last good day, and what became of it in words."""
    y = canvas.y + 12
    canvas.row_label(row.name, y + 4)
    start = end = canvas.x(row.since or row.due or canvas.as_of)
    group = add(canvas.body, "g")
    if row.due is not None:
        end = max(end, canvas.x(row.due))
        line = f"M{start:.2f} {y + 7:.2f}H{end:.2f}m0 -14v14"
        add(group, "path", d=line, stroke=INK, stroke_width=1.6, fill="none")
        late = row.taken is None and not row.superseded and row.due < canvas.as_of
        if late and canvas.x(canvas.as_of) > end:
            line = f"M{end:.2f} {y + 7:.2f}H{canvas.x(canvas.as_of):.2f}"
            add(group, "path", d=line, stroke=COLOURS["overdue"], stroke_width=2)
    draw_flag(group, start, y, row.taken is not None)
    canvas.beside(group, max(end + 8, start + 16), start - 6, y + 2, row.state)
    tooltip(group, row.words)
    canvas.y += 24


def draw_procedure(canvas: Canvas, row: ProcedureRow) -> None:
    """The steps at their days, in lanes where they fall close together, and a line that names them."""
    ends: list[float] = []
    placed = []
    for step in row.steps:
        if step.day is None:
            continue
        x = canvas.x(step.day)
        lane = next((i for i, end in enumerate(ends) if end <= x - 9), len(ends))
        ends[lane:] = [x + 9, *ends[lane + 1 :]]
        placed.append((step, x, lane))
    height = max(len(ends), 1) * 20 + 6
    canvas.row_label(row.name, canvas.y + height / 2 + 4)
    for step, x, lane in placed:
        group = add(canvas.body, "g")
        draw_step(group, step.number, x, canvas.y + 13 + lane * 20, bool(step.broken))
        tooltip(group, step.words)
    canvas.y += height
    size, x = 11.0, LEFT
    for step in row.steps:
        said = f"{step.number} {step.words}"
        width = text_width(said, size) + 18
        if x + width > RIGHT and x > LEFT:
            x, canvas.y = LEFT, canvas.y + 16
        colour = COLOURS["overdue"] if step.broken or step.state == "missing" else FAINT
        label(canvas.body, x, canvas.y + 12, said, RIGHT - x, size, fill=colour, **HALO)
        x += width
    canvas.y += 20


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
