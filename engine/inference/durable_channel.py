"""The durable channel in this process: a program and the engine that runs it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.inference.durable_native import ContradictionError, NativeEngine
from engine.inference.durable_program import DurableProgram
from engine.inference.durable_result import DurableResult, UnitCodec
from engine.inference.network import Truth


class DurableContradiction(Exception):
    """A node or table row was concluded to be both true and false: an internal error. ``what`` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class DurableChannel:
    """Runs ``program`` on one unit after another. Raises ImportError if durable-rules cannot be imported.

    A crash of the C module ends the process; ``DurablePool`` survives it.
    """

    def __init__(self, program: DurableProgram) -> None:
        self._program = program
        self._codec = UnitCodec(program)
        self._engine = NativeEngine(program.to_json())

    def conclude(self, leaves: Sequence[Truth], trace: bool = False) -> DurableResult:
        """Everything that follows from ``leaves`` (a truth at the index of each leaf, anything elsewhere).

        Raises DurableContradiction, and NativeError if the C module reports an error.
        """
        try:
            board, firings = self._engine.run(self._codec.encode(leaves), trace)
        except ContradictionError as error:
            raise DurableContradiction(self._program.literal(2 * error.args[0]).text) from None
        return self._codec.decode(board, firings)

    def close(self) -> None:
        """Gives the rules' memory back; no unit can be concluded afterwards."""
        self._engine.close()
