"""A run as it travels to Spark's workers, and what they make of it."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import polars as pl

from engine.batch.tasks import Request, Tasks
from engine.batch.work import Work
from engine.inference.preparation import prepare
from engine.language.values import Value
from engine.project.policy import Policy


class Job(NamedTuple):
    """A request and the folder of its run. A policy travels, a program does not: its leaves are functions. ``mark`` is
    another for each time that a run is begun or goes on."""

    mark: str
    policy: Policy
    as_of: date
    parameters: Mapping[str, Value]
    paths: Sequence[Path]
    out: Path
    only: tuple[Any, ...]
    long: bool
    csv: bool
    size: int
    folder: Path


def versions() -> tuple[str, str]:
    """Of the program and of what it computes with."""
    return version("plumbline"), pl.__version__


def job_of(tasks: Tasks) -> bytes:
    """The run of these tasks, ready to travel."""
    request, program = tasks.request, tasks.request.program
    parameters = {id_: program.parameters[id_] for id_ in sorted(program.overridden)}
    job = Job(
        uuid4().hex,
        program.policy,
        program.as_of,
        parameters,
        list(request.paths),
        request.out,
        request.only,
        request.long,
        request.csv,
        request.size,
        tasks.work.path.resolve(),
    )
    return pickle.dumps(job)


#: The tasks of the run that this process works on: the data is opened and the policy compiled once.
_open: dict[bytes, Tasks] = {}


def tasks_of(pickled: bytes) -> Tasks:
    """The tasks of a run that has travelled. Raises OSError if its files are not here."""
    if pickled not in _open:
        _open.clear()
        job: Job = pickle.loads(pickled)
        program = prepare(job.policy, job.as_of, job.parameters)
        request = Request(program, job.paths, job.out, job.only, job.long, job.csv, job.size)
        missing = next((path for path in job.paths if not path.exists()), None)
        if missing is not None:
            raise FileNotFoundError(2, "no such file or folder", str(missing))
        _open[pickled] = Tasks(request, Work(job.folder))
    return _open[pickled]
