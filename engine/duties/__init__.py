"""What the plan orders to be done: obligations period by period, procedures step by step, measures and actions."""

from __future__ import annotations

from engine.duties.actions import actions as actions
from engine.duties.program import prepare_duties as prepare_duties
from engine.duties.run import case_files as case_files
