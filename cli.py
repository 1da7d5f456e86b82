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
    # Loading makes hundreds of thousands of objects that all stay: ``opening.load_project`` turns collecting on again.
    gc.disable()
    # Packages that happen to be installed have no say in how a policy is read; looking for them also takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)
    # The operating system takes the memory back faster than the interpreter would object by object.
    os._exit(code)


if __name__ == "__main__":
    main()
