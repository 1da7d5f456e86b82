"""The streams: results to standard output, notes and progress to standard error."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from engine.cli.settings import Settings
from engine.messages import text

T = TypeVar("T")
#: Wide enough for two columns of Chinese, narrow enough to be read.
NARROWEST, WIDEST = 40, 120
_STYLES: dict[str, dict[str, object]] = {
    "head": {"bold": True},
    "weak": {"fg": "red", "bold": True},
    "undetermined": {"fg": "yellow"},
    "out_of_scope": {"dim": True},
    "true": {"fg": "green"},
    "false": {"fg": "red"},
    "unknown": {"fg": "yellow"},
}


def prepare_streams() -> None:
    """A character that the terminal's encoding lacks becomes `?` instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def machine_output() -> None:
    """JSON and CSV are UTF-8 with the line ends they were given, whatever the locale."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="")


def terminal_width() -> int:
    """Columns to write in: those of the terminal, 80 where there is none."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def style(name: str, shown: str) -> str:
    """``shown`` in the style ``name``; click leaves styles out where there is no terminal or NO_COLOR is set."""
    attributes = _STYLES.get(name)
    return click.style(shown, **attributes) if attributes else shown  # type: ignore[arg-type]


def write(lines: Iterable[str]) -> None:
    """Lines without line ends, to standard output."""
    for line in lines:
        click.echo(line)


def write_raw(chunks: Iterable[str]) -> None:
    """Pieces of machine output, exactly as they are."""
    machine_output()
    for chunk in chunks:
        sys.stdout.write(chunk)


def note(settings: Settings, key: str, **params: object) -> None:
    """A message about the run, to standard error; nothing with --quiet."""
    if not settings.quiet:
        click.echo(text(key, settings.lang, **params), err=True)


def progress(settings: Settings, items: Iterable[T], total: int) -> Iterator[T]:
    """``items``, with a count on standard error if that is a terminal."""
    if settings.quiet or not sys.stderr.isatty() or total < 2:
        yield from items
        return
    step = max(1, total // 100)
    for done, item in enumerate(items, start=1):
        if done % step == 0:
            shown = text("cli.progress", settings.lang, done=done, total=total)
            click.echo("\r" + shown, err=True, nl=False)
        yield item
    click.echo("\r\x1b[K", err=True, nl=False)
