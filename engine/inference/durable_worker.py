"""The child process of the durable channel: reads units, writes answers, knows nothing else.

Every message is a line. First comes the program as JSON, answered by ``ready`` or ``! text``. Then each line
is a batch: ``t`` or ``f`` (trace or not) and the units, separated by spaces. A whole batch is read before
anything is written, so two full pipes cannot block each other. Each unit is answered, in order, by one of

    = board firings     firings as ``rule:literal,literal;rule:…``
    x proposition       both polarities were concluded
    ! text              the C module reported an error
"""

from __future__ import annotations

import json
import signal
import sys
from functools import cache
from time import monotonic
from typing import IO

from engine.inference.durable_native import ContradictionError, NativeEngine, NativeError, RawFiring

#: Seconds after which finished answers are written although the batch is not: a sign of life for the parent.
_SIGN_OF_LIFE = 0.05


@cache
def firing_text(firing: RawFiring) -> str:
    """``rule:literal,literal``; a rule always matches the same literals, so there are few different texts."""
    rule, matched = firing
    return f"{rule}:{','.join(map(str, matched))}"


def answer(engine: NativeEngine, unit: str, trace: bool) -> str:
    """The line that answers ``unit``, without its end."""
    try:
        # a network without leaves still has units: they are written as a point
        board, firings = engine.run("" if unit == "." else unit, trace)
    except ContradictionError as error:
        return f"x {error.args[0]}"
    except NativeError as error:
        return f"! {error}"
    return f"= {board} {';'.join([firing_text(firing) for firing in firings])}"


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answers requests until there are no more."""
    try:
        engine = NativeEngine(json.loads(requests.readline()))
    except (ImportError, NativeError) as error:
        answers.write(f"! {error}\n".encode())
        answers.flush()
        return
    answers.write(b"ready\n")
    answers.flush()
    for line in requests:
        flag, *units = line.decode().split()
        written = monotonic()
        for unit in units:
            answers.write(answer(engine, unit, flag == "t").encode() + b"\n")
            if monotonic() - written > _SIGN_OF_LIFE:
                answers.flush()
                written = monotonic()
        answers.flush()


def main() -> None:
    """Serves standard input until it ends."""
    # Ctrl-C is the parent's business; it closes our input, and we end
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
