"""A run on Spark: its tasks are spread over the workers, which do what the local run does and see the same files.

Nothing of the data goes through Spark: a task is a number, and what it makes lies in the run's folder. So results are
the same byte for byte, and a run that was stopped goes on wherever it is started again, on Spark or without.
"""

from __future__ import annotations

import os
import pickle
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from engine.batch.spark_job import job_of, versions
from engine.batch.spark_task import Trouble
from engine.batch.tasks import Task, Tasks

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: Seconds between looks at which tasks are done.
_GLANCE = 0.2


class SparkTrouble(Exception):
    """The run cannot go on on Spark; ``key`` names a message."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


def session(master: str, settings: Mapping[str, str]) -> SparkSession:
    """A Spark session at a master, with settings of Spark's own.

    Raises SparkTrouble without PySpark, without Java, and where the master does not answer.
    """
    if find_spec("pyspark") is None:
        raise SparkTrouble("batch.no-pyspark")
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        raise SparkTrouble("batch.no-java")
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # Without this the workers would take whatever `python3` is.
    os.environ.setdefault("PYSPARK_PYTHON", settings.get("spark.pyspark.python", sys.executable))
    usual = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    if master.startswith(("local", "spark://127.0.0.1", "spark://localhost")):
        # All on this machine, whatever its name resolves to.
        usual |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master(master).appName("plumbline batch")
    for name, value in {**usual, **settings}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (Py4JError, PySparkException, RuntimeError) as error:
        raise SparkTrouble("batch.spark-no-session", master=master, reason=_reason(error)) from error


class SparkHands:
    """Does the tasks of a run on the workers of a session."""

    def __init__(self, spark: SparkSession) -> None:
        self._context = spark.sparkContext

    def __call__(self, tasks: Tasks, some: Sequence[Task], done: Callable[[int], None]) -> None:
        """Does the tasks. Raises SparkTrouble if a worker could not do one."""
        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(self._spread, tasks, some)
            try:
                while not found.done():
                    time.sleep(_GLANCE)
                    done(sum(tasks.work.finished(task.name) for task in some))
            finally:
                if not found.done():
                    self._context.cancelAllJobs()
        _raise_for(found)
        done(len(some))

    def _spread(self, tasks: Tasks, some: Sequence[Task]) -> list[Trouble]:
        from pyspark import cloudpickle

        from engine.batch import spark_task

        by_value: Any = cloudpickle
        do = spark_task.do
        here, folder, wanted = os.getcwd(), str(tasks.work.path.resolve()), versions()
        job = self._context.broadcast(job_of(tasks))
        pickled = [pickle.dumps(task) for task in some]
        # By value: a worker on which the program is not installed must be able to run this much.
        by_value.register_pickle_by_value(spark_task)
        try:
            spread = self._context.parallelize(pickled, len(pickled))
            found = spread.map(lambda task: do(here, folder, wanted, job.value, task)).collect()
        finally:
            by_value.unregister_pickle_by_value(spark_task)
            job.unpersist()
        return [trouble for trouble in found if trouble is not None]


def _raise_for(found: Future[list[Trouble]]) -> None:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        troubles = found.result()
    except (Py4JError, PySparkException) as error:
        raise SparkTrouble("batch.spark-failed", reason=_reason(error)) from error
    if troubles:
        key, params = troubles[0]
        raise SparkTrouble(key, **params)


def _reason(error: Exception) -> str:
    """What went wrong, of an error that holds two whole stacks: what Python said last, or else Java first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    said = [line for line in lines if line.split(":")[0].isidentifier() and "Error:" in line]
    java = [line for line in lines if not line.startswith(("at ", "An error occurred"))]
    return (said[-1:] or java or ["?"])[0][:300]
