"""Exit codes, and the errors that end a command, each with one line for the user."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")

DONE = 0
FOUND = 1  #: ``check`` or ``test`` found something
WRONG_USE = 2  #: wrong use, or a policy that does not load
BAD_DATA = 3  #: unit data with errors; the results of the good units were still printed
FAILED_ON = 4  #: what ``--fail-on`` names occurred; 3 comes first, because bad data may hide such a unit
INTERNAL = 70  #: an unexpected error (EX_SOFTWARE of sysexits.h)
INTERRUPTED = 130  #: Ctrl-C (128 + SIGINT)


class CommandError(Exception):
    """The command cannot go on. ``key`` names a message; ``help_key`` one line that shows the right form."""

    def __init__(
        self, key: str, help_key: str | None = None, code: int = WRONG_USE, **params: object
    ) -> None:
        super().__init__(key)
        self.key = key
        self.help_key = help_key
        self.code = code
        self.params: dict[str, object] = params


class CommandErrors(Exception):
    """The command cannot go on, for all of these reasons; the exit code is the first one's."""

    def __init__(self, errors: Iterable[CommandError]) -> None:
        super().__init__()
        self.errors = tuple(errors)


class Gathered:
    """Errors of steps that do not need each other, kept so that the user hears of all at once."""

    def __init__(self) -> None:
        self._errors: list[CommandError] = []

    @contextmanager
    def step(self) -> Iterator[None]:
        """Run what is inside, and keep its errors instead of raising them."""
        try:
            yield
        except CommandErrors as several:
            self._errors += several.errors
        except CommandError as error:
            self._errors.append(error)

    def done(self) -> None:
        """Raises CommandErrors if any step failed."""
        if self._errors:
            raise CommandErrors(self._errors)


def every(function: Callable[[Item], Found], items: Iterable[Item]) -> list[Found]:
    """``function`` of each item. Raises CommandErrors with the errors of all items, not only of the first."""
    gathered, found = Gathered(), []
    for item in items:
        with gathered.step():
            found.append(function(item))
    gathered.done()
    return found


class Finished(Exception):
    """The command is done and everything is printed; the process exits with ``code``."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
