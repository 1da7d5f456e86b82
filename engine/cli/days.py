"""A number of days on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from engine.messages import Lang, text

#: A century: nothing that an office plans lies further ahead, and no date overflows.
LONGEST = 36_500

# Generic for type checkers of click 8.2 and later only.
if TYPE_CHECKING:
    _IntType = click.ParamType[int]
else:
    _IntType = click.ParamType


class Days(_IntType):
    """A whole number of days from 0 to a century, in the digits 0 to 9."""

    name = "days"

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What stands for it in the help."""
        return text("metavar.days", self._lang)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; click reports anything else with the right form."""
        if isinstance(value, int):
            return value
        written = str(value)
        if not (written.isascii() and written.isdigit() and len(written) <= 6 and int(written) <= LONGEST):
            self.fail(text("cli.days-form", self._lang, found=written, longest=LONGEST), param, ctx)
        return int(written)
