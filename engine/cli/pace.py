"""How far a long run has got, how fast it goes and how long it will take still: on a terminal only."""

from __future__ import annotations

import sys
import time

import click

from engine.cli.settings import Settings
from engine.messages import Lang, text


class Pace:
    """Called with how many units of how many are done; one line on standard error that is written over.

    The first call says how much was done before, by an earlier run that was stopped: that says nothing of the rate.
    """

    def __init__(self, settings: Settings) -> None:
        self._lang = settings.lang
        self._shown = not settings.quiet and sys.stderr.isatty()
        self._base: tuple[int, float] | None = None
        self._written = False

    def __call__(self, done: int, total: int) -> None:
        if not self._shown:
            return
        now = time.monotonic()
        if self._base is None or done < self._base[0]:
            self._base = (done, now)
        before, begun = self._base
        if done == before or now == begun:
            return
        rate = (done - before) / (now - begun)
        left = (total - done) / rate
        said = text(
            "batch.progress",
            self._lang,
            done=f"{done:,}",
            total=f"{total:,}",
            rate=f"{rate:,.0f}",
            left=time_words(left, self._lang),
        )
        click.echo("\r" + said + "\x1b[K", err=True, nl=False)
        self._written = True

    def done(self) -> None:
        """Takes the line away."""
        if self._written:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._written = False


def time_words(seconds: float, lang: Lang) -> str:
    """A time to wait, no more exact than anybody wants to know."""
    if seconds < 100:
        return text("batch.seconds", lang, n=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 100:
        return text("batch.minutes", lang, n=minutes)
    return text("batch.hours", lang, h=minutes // 60, m=minutes % 60)
