"""The parts of a run one after the other: read, computed, written."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from engine.batch.parts import Part

Read = Callable[[int], Part]
#: Computes a part; what comes back writes what came of it.
Compute = Callable[[int, Part], Callable[[], None]]
#: Parts that are computed at once: what is done in Python for one goes beside what Polars does for the other.
AT_ONCE = 2
#: Told after each part how many are done.
Done = Callable[[int], None]


def in_step(numbers: Sequence[int], read: Read, compute: Compute, done: Done) -> None:
    """While parts are computed and written, the next is read: each alone would leave a processor idle.

    Parts are read one after the other and in order, for what texts mean is looked up on the way, once for all parts. Each
    is finished by itself, so a run that is stopped goes on from those that are.
    """
    workers = min(AT_ONCE, len(numbers))
    with ThreadPoolExecutor(max(1, workers)) as pool:
        waiting: deque[Future[None]] = deque()
        count = 0
        for number in numbers:
            part = read(number)
            if len(waiting) == workers:
                waiting.popleft().result()
                done(count := count + 1)
            waiting.append(pool.submit(_computed_and_written, compute, number, part))
        while waiting:
            waiting.popleft().result()
            done(count := count + 1)


def _computed_and_written(compute: Compute, number: int, part: Part) -> None:
    compute(number, part)()
