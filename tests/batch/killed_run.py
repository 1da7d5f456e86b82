"""Runs a batch in a process of its own that kills itself, as a power cut would, at the n-th thing it does to a file.

    python killed_run.py PROJECT OUT FORMAT N DATA…

``N`` 0: it is left to live.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

from engine.batch.run import Request, run
from engine.inference import prepare
from engine.project import load

project, out, format_, n, *data = sys.argv[1:]
left = int(n)


def cut(event: str, args: tuple[Any, ...]) -> None:
    """Every opening, renaming, linking and removal in the folder of the results counts."""
    global left
    if event not in ("open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "shutil.rmtree"):
        return
    if left and Path(out).name in str(args[0]):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)


policy = load(Path(project), tests=False).policy
assert policy is not None
program = prepare(policy, date(2018, 12, 31))
sys.addaudithook(cut)
run(Request(program, [Path(file) for file in data], Path(out), csv=format_ == "csv", size=100))
