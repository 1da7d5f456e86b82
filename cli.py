"""The command line of Plumbline: parse arguments, call the engine, print. Nothing else."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from engine.cli.base import root
from engine.cli.errors import guarded
from engine.cli.language import language
from engine.cli.output import prepare_streams


def run(args: Sequence[str]) -> int:
    """Run ``plumbline`` with ``args`` and return the exit code (see ``engine.cli.exits``)."""
    lang = language(args, os.environ)
    prepare_streams()
    return guarded(lambda: root(lang).main(list(args), prog_name="plumbline", standalone_mode=False), lang)


def main() -> None:
    """The entry point of the installed command."""
    # A short-lived process that mostly builds immutable objects: collecting them often only costs time.
    gc.set_threshold(100_000, 50, 50)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
