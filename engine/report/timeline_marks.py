"""The marks of a timeline: each status has a shape of its own, so that it can be told without colours."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from engine.report.svg import add

#: Status → colour; dark enough to be read in print, and as grey.
COLOURS = {
    "met": "#1b7f3b",
    "met_late": "#b26a00",
    "pending": "#3b5b92",
    "overdue": "#b3261e",
    "unknown": "#6d4aa5",
    "waived": "#6b7280",
}
#: What stands beside a mark of duties that were done on a day that is not known.
UNDATED = "?"
INK = "#1f2328"
FAINT = "#6b7280"


def draw(parent: Element, status: str, x: float, y: float, r: float = 6) -> None:
    """The mark of ``status`` with its centre at (x, y): a disc, a triangle, a ring, a crossed square, a diamond
    with a question mark, or a struck-out square. The page's script draws the same shapes for the same statuses."""
    colour = COLOURS[status]
    if status == "met":
        add(parent, "circle", cx=x, cy=y, r=r, fill=colour)
    elif status == "met_late":
        points = f"{x:.2f},{y - r:.2f} {x + r:.2f},{y + r * 0.8:.2f} {x - r:.2f},{y + r * 0.8:.2f}"
        add(parent, "polygon", points=points, fill=colour)
    elif status == "pending":
        add(parent, "circle", cx=x, cy=y, r=r - 1, fill="#ffffff", stroke=colour, stroke_width=2)
    elif status == "overdue":
        add(parent, "rect", x=x - r, y=y - r, width=2 * r, height=2 * r, fill=colour)
        cross = f"M{x - 3:.2f} {y - 3:.2f}l6 6m0 -6l-6 6"
        add(parent, "path", d=cross, stroke="#ffffff", stroke_width=1.8, fill="none")
    elif status == "unknown":
        d = r + 1
        points = f"{x:.2f},{y - d:.2f} {x + d:.2f},{y:.2f} {x:.2f},{y + d:.2f} {x - d:.2f},{y:.2f}"
        add(parent, "polygon", points=points, fill="#ffffff", stroke=colour, stroke_width=1.6)
        mark = f"M{x - 1.7:.2f} {y - 1.3:.2f}a1.7 1.7 0 1 1 1.7 1.9v0.8m0 1.6v0.6"
        add(parent, "path", d=mark, stroke=colour, stroke_width=1.6, stroke_linecap="round", fill="none")
    else:
        add(
            parent,
            "rect",
            x=x - r + 1,
            y=y - r + 1,
            width=2 * r - 2,
            height=2 * r - 2,
            fill="#ffffff",
            stroke=colour,
            stroke_width=1.6,
        )
        strike = f"M{x - r + 1:.2f} {y + r - 1:.2f}L{x + r - 1:.2f} {y - r + 1:.2f}"
        add(parent, "path", d=strike, stroke=colour, stroke_width=1.6)


def draw_step(parent: Element, number: int, x: float, y: float, broken: bool, r: float = 8) -> None:
    """A numbered step: a disc; a square with a heavy frame if something was wrong with it."""
    if broken:
        add(
            parent,
            "rect",
            x=x - r,
            y=y - r,
            width=2 * r,
            height=2 * r,
            fill="#ffffff",
            stroke=COLOURS["overdue"],
            stroke_width=2.4,
        )
    else:
        add(parent, "circle", cx=x, cy=y, r=r, fill=INK)
    said = add(
        parent,
        "text",
        x=x,
        y=y + 3.8,
        font_size=10.5,
        font_weight="bold",
        fill=COLOURS["overdue"] if broken else "#ffffff",
        text_anchor="middle",
    )
    said.text = str(number)


def draw_flag(parent: Element, x: float, y: float, filled: bool) -> None:
    """A measure: a flag on a pole, filled once the measure was taken."""
    add(parent, "path", d=f"M{x:.2f} {y + 7:.2f}V{y - 7:.2f}", stroke=INK, stroke_width=1.6)
    add(
        parent,
        "path",
        d=f"M{x:.2f} {y - 7:.2f}h11l-3 3.5l3 3.5h-11z",
        fill=INK if filled else "#ffffff",
        stroke=INK,
        stroke_width=1.4,
    )
