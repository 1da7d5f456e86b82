"""Two inference channels that must agree: the reference evaluator and durable-rules.

The names below are imported when first used: the native channel's child process imports this package too and
must start quickly.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.inference.evaluator import Evaluator as Evaluator
    from engine.inference.preparation import PrepareError as PrepareError
    from engine.inference.preparation import prepare as prepare
    from engine.inference.run import engines as engines
    from engine.inference.run import evaluate_all as evaluate_all

_HOMES = {
    "Evaluator": "engine.inference.evaluator",
    "PrepareError": "engine.inference.preparation",
    "prepare": "engine.inference.preparation",
    "engines": "engine.inference.run",
    "evaluate_all": "engine.inference.run",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(_HOMES[name]), name)
