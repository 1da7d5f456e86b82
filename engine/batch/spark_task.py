"""What a Spark worker does: one task of a run, as the local run does it.

This module travels with the tasks and needs nothing but Python, so that a worker on which the program is not installed
can say so.
"""

from __future__ import annotations

import os
import pickle
import socket
import sys
from typing import TypeAlias

#: Why a task was not done: the key of a message and what it names.
Trouble: TypeAlias = "tuple[str, dict[str, str]]"


def do(here: str, folder: str, versions: tuple[str, str], job: bytes, task: bytes) -> Trouble | None:
    """Does a task; gives what is in the way, if anything is.

    ``here``: the working folder that relative paths start from; ``folder``: the run's; ``versions``: of the program and of
    Polars, where the run was asked for; ``job``, ``task``: pickled, for the program alone to read.
    """
    host = socket.gethostname()
    # Each worker is a process for one core; this is read when Polars is imported.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    try:
        from engine.batch import spark_job
    except ImportError as error:
        return "batch.spark-not-installed", {"host": host, "reason": str(error), "python": sys.executable}
    found = spark_job.versions()
    if found != tuple(versions):
        there, wanted = (f"plumbline {program}, polars {polars}" for program, polars in (found, versions))
        return "batch.spark-other-version", {"host": host, "there": there, "here": wanted}
    for path in (here, folder):
        if not os.path.isdir(path):
            return "batch.spark-not-shared", {"host": host, "path": path}
    os.chdir(here)
    try:
        spark_job.tasks_of(job).do(pickle.loads(task))
    except OSError as error:
        params = {"host": host, "path": str(error.filename or folder), "reason": str(error.strerror or error)}
        return "batch.spark-cannot-use", params
    return None
