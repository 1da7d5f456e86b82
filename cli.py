"""The command line of Plumbline: parse arguments, call the engine, print. Nothing else."""

from __future__ import annotations

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
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
