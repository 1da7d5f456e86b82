"""What the plan orders to be done: obligations period by period, procedures step by step, measures and actions.

The names below are imported when first used: a report that only looks at a CaseFile needs none of the machinery.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.duties.action_list import actions as actions
    from engine.duties.program import prepare_duties as prepare_duties
    from engine.duties.run import case_files as case_files

_HOMES = {
    "actions": "engine.duties.action_list",
    "case_files": "engine.duties.run",
    "prepare_duties": "engine.duties.program",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(importlib.import_module(_HOMES[name]), name)
