"""Exit codes, and the error that ends a command with one line for the user."""

from __future__ import annotations

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


class Finished(Exception):
    """The command is done and everything is printed; the process exits with ``code``."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
