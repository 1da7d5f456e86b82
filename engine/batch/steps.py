"""The parts of a run one after the other: read, computed, written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from engine.batch.parts import Part

Read = Callable[[int], Part]
#: Computes a part; what comes back writes what came of it.
Compute = Callable[[int, Part], Callable[[], None]]
#: Told after each part how many are done.
Done = Callable[[int], None]


def in_step(numbers: Sequence[int], read: Read, compute: Compute, done: Done) -> None:
    """While one part is computed, the next is read and the one before written: reading and writing leave a processor idle.

    Parts are finished in order, so a run that is stopped goes on as if each had been done by itself.
    """
    with ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as writer:
        coming = reader.submit(read, numbers[0]) if numbers else None
        leaving: Future[None] | None = None
        for count, number in enumerate(numbers):
            assert coming is not None
            part = coming.result()
            coming = reader.submit(read, numbers[count + 1]) if count + 1 < len(numbers) else None
            write = compute(number, part)
            if leaving is not None:
                leaving.result()
                done(count)
            leaving = writer.submit(write)
        if leaving is not None:
            leaving.result()
            done(len(numbers))
