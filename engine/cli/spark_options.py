"""``--engine spark`` with its options: who does the tasks of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.cli import exits

if TYPE_CHECKING:
    from engine.batch.tasks import Hands


@dataclass(frozen=True)
class SparkSettings:
    """A cluster, as Spark names it, and settings of Spark's own."""

    master: str
    conf: Mapping[str, str]


def spark_settings(engine: str, master: str | None, conf: Sequence[str]) -> SparkSettings | None:
    """The settings for ``--engine spark``, None for another engine. Raises CommandErrors for everything that is wrong."""
    found = exits.Gathered()
    if engine != "spark":
        for option, given in (("--master", master), ("--spark-conf", conf)):
            with found.step():
                if given:
                    raise exits.CommandError(
                        "batch.only-with-spark", "batch.only-with-spark-help", option=option
                    )
        found.done()
        return None

    def pair(written: str) -> tuple[str, str]:
        name, equals, value = written.partition("=")
        if not equals or not name.strip().startswith("spark."):
            raise exits.CommandError("batch.spark-conf-form", "batch.spark-conf-form-help", found=written)
        return name.strip(), value.strip()

    return SparkSettings(master or "local[*]", dict(exits.every(pair, conf)))


@contextmanager
def hands(settings: SparkSettings | None) -> Iterator[Hands]:
    """Who does the tasks: this process, or the workers of a cluster. Spark's troubles become CommandErrors."""
    if settings is None:
        from engine.batch.tasks import in_this_process

        yield in_this_process
        return
    from engine.batch.spark_run import SparkHands, SparkTrouble, session

    try:
        spark = session(settings.master, settings.conf)
        try:
            yield SparkHands(spark)
        finally:
            spark.stop()
    except SparkTrouble as trouble:
        raise exits.CommandError(
            trouble.key, f"{trouble.key}-help", exits.WRONG_USE, **trouble.params
        ) from trouble
