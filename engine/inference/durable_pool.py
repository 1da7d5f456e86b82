"""The durable channel in a supervised child process: a crash of the C module costs one unit at most."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import TracebackType

from engine.inference.durable_child import COMMAND, Child, ChildLost
from engine.inference.durable_program import DurableProgram
from engine.inference.durable_result import DurableFailure, DurableResult, UnitCodec
from engine.inference.network import Truth

#: Units in one request; two requests are under way, so the child never waits for its parent.
_BATCH = 64
#: How often a unit may cost us the child before it is given up.
_STRIKES = 2
#: Units lost one after another, or starts that failed, after which nothing more is tried.
_HOPELESS = 5
#: Seconds that a child may take to read the rules.
_START_S = 60.0

Answer = DurableResult | DurableFailure


class DurablePool:
    """A child process that runs ``program``, started at once and replaced when it crashes or hangs.

    ``timeout_s`` is how long a unit may take. ``command`` starts the worker; tests give one that misbehaves.
    A context manager; one ``run`` at a time.
    """

    def __init__(
        self, program: DurableProgram, *, timeout_s: float = 10.0, command: Sequence[str] = COMMAND
    ) -> None:
        self._program = program
        self._codec = UnitCodec(program)
        self._first_line = json.dumps(program.to_json()).encode() + b"\n"
        self._timeout_s = timeout_s
        self._command = command
        self._ready = False
        self._lost_in_a_row = 0
        self._hopeless: DurableFailure | None = None
        self._child: Child | None = None
        self._start()

    def __enter__(self) -> DurablePool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the child, if there is one."""
        return None if self._child is None else self._child.pid

    def close(self) -> None:
        """Ends the child and waits for it. May be repeated; a later ``run`` starts a new one."""
        if self._child is not None:
            child, self._child = self._child, None
            child.stop()

    def run(self, leaves: Iterable[Sequence[Truth]], trace: bool = False) -> Iterator[Answer]:
        """One answer per unit, in order; ``leaves``: a truth at the index of each leaf, anything elsewhere.

        Streams: at most two batches of units are read ahead. Raises KeyError for a leaf that is not a truth.
        """
        units = map(self._codec.encode, leaves)
        under_way: deque[str] = deque()
        size = 1
        try:
            while True:
                # small batches first, so that the first answers do not wait for a slow source of units
                if len(under_way) < size and (batch := list(islice(units, size))):
                    under_way.extend(batch)
                    size = min(2 * size, _BATCH)
                    self._send(batch, trace)
                if not under_way:
                    return
                try:
                    answer = self._receive()
                except ChildLost:
                    self.close()
                    while under_way:
                        answer = self._alone(under_way[0], trace)
                        under_way.popleft()
                        yield answer
                else:
                    under_way.popleft()
                    yield answer
        finally:
            if under_way:
                # answers that nobody will read are on their way
                self.close()

    def _alone(self, unit: str, trace: bool) -> Answer:
        """The answer for a unit that was under way when the child was lost, to find out which one it was."""
        key = ""
        for _ in range(_STRIKES):
            try:
                self._send([unit], trace)
                return self._receive()
            except ChildLost as lost:
                self.close()
                key = lost.key
        self._lost_in_a_row += 1
        if self._lost_in_a_row == _HOPELESS:
            self._hopeless = DurableFailure("failure.durable-hopeless", {"times": _HOPELESS})
        return DurableFailure(key, {"seconds": f"{self._timeout_s:g}"})

    def _send(self, units: list[str], trace: bool) -> None:
        if self._hopeless is None and self._child is None:
            self._start()
        if self._hopeless is None and not self._ready:
            self._await_ready()
        if self._hopeless is None and self._child is not None:
            words = ["t" if trace else "f", *(unit or "." for unit in units)]
            self._child.send(" ".join(words).encode() + b"\n")

    def _receive(self) -> Answer:
        """The next answer. Raises ChildLost."""
        if self._hopeless is not None:
            return self._hopeless
        if self._child is None:
            raise ChildLost("failure.durable-crashed")
        kind, _, rest = self._child.receive(self._timeout_s).partition(" ")
        self._lost_in_a_row = 0
        if kind == "=":
            board, _, firings = rest.partition(" ")
            return self._codec.decode_line(board, firings)
        if kind == "x":
            return DurableFailure(
                "failure.durable-contradiction", {"what": self._program.literal(2 * int(rest)).text}
            )
        return DurableFailure("failure.durable-error", {"detail": rest})

    def _start(self) -> None:
        self._ready = False
        try:
            self._child = Child(self._command, self._first_line)
        except OSError as error:
            self._give_up(str(error))

    def _await_ready(self) -> None:
        """Waits until the child has read the rules; starts it again a few times if it dies of them."""
        for _ in range(_HOPELESS):
            if self._child is None:
                self._start()
            if self._child is None:
                return
            try:
                line = self._child.receive(_START_S)
            except ChildLost:
                self.close()
                continue
            if line == "ready":
                self._ready = True
            else:
                self._give_up(line.removeprefix("! "))
            return
        self._give_up("")

    def _give_up(self, detail: str) -> None:
        self._hopeless = DurableFailure("failure.durable-not-starting", {"detail": detail})
        self.close()
