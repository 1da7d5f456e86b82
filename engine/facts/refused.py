"""A file, or the rest of one, that cannot be read at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.facts.sheet import DataProblem


class FileRefused(Exception):
    """Why a file is not read: ``key`` and ``params`` name a message; ``place`` is a cell or a path inside it."""

    def __init__(
        self, key: str, params: Mapping[str, object] | None = None, place: str | None = None
    ) -> None:
        super().__init__(key)
        self.key = key
        self.params = dict(params or {})
        self.place = place


class DataError(Exception):
    """A source does not exist, or nothing at all could be read; ``problems`` says what is wrong with each."""

    def __init__(self, problems: Sequence[DataProblem]) -> None:
        super().__init__("; ".join(f"{problem.where}: {problem.key}" for problem in problems))
        self.problems = tuple(problems)
