"""The durable channel's public face: compile a network, run it here or in a supervised child process.

Heavy or native parts are imported by the parts themselves when they are needed.
"""

from __future__ import annotations

from engine.inference.durable_channel import DurableChannel, DurableContradiction
from engine.inference.durable_compile import compile_network
from engine.inference.durable_limits import DurableLimitError
from engine.inference.durable_native import NativeError, load
from engine.inference.durable_pool import DurablePool
from engine.inference.durable_program import DurableProgram, DurableRule, Literal
from engine.inference.durable_result import DurableFailure, DurableResult, Firing

__all__ = [
    "DurableChannel",
    "DurableContradiction",
    "DurableFailure",
    "DurableLimitError",
    "DurablePool",
    "DurableProgram",
    "DurableResult",
    "DurableRule",
    "Firing",
    "Literal",
    "NativeError",
    "available",
    "compile_network",
    "unavailable_reason",
]


def available() -> bool:
    """Whether durable-rules can be imported here; if not, the reference channel runs alone."""
    return unavailable_reason() is None


def unavailable_reason() -> str | None:
    """What Python says about the import, or None if it works.

    Finding the module is not enough: on Python 3.13 it builds and then fails to load.
    """
    try:
        load()
    except ImportError as error:
        return str(error)
    return None
