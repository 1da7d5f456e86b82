"""Every kind of file that a project may have, with its model."""

from __future__ import annotations

from engine.project.comparison_models import COMPARISON_FILE_KINDS
from engine.project.duty_models import DUTY_FILE_KINDS
from engine.project.models import MODEL_FILE_KINDS, Model

FILE_KINDS: dict[str, type[Model]] = {**MODEL_FILE_KINDS, **DUTY_FILE_KINDS, **COMPARISON_FILE_KINDS}
