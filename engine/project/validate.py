"""A document's data against the model of its file kind; every violation becomes a located diagnostic."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from engine.nearest import nearest
from engine.project.file_kinds import FILE_KINDS
from engine.project.models import Model
from engine.project.reporting import Path, Reporter
from engine.project.yaml import Document

_CODES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "not-a-date": "not-a-date",
    "not-a-duration": "not-a-duration",
    "string_type": "not-a-text",
    "bool_type": "not-true-or-false",
    "list_type": "not-a-list",
    "dict_type": "not-a-mapping",
    "model_type": "not-a-mapping",
    "literal_error": "not-one-of",
    "string_too_short": "empty-value",
    "too_short": "empty-value",
    "string_pattern_mismatch": "not-an-id",
}


def validate(document: Document, kind: str, report: Reporter) -> Model | None:
    """The document as the model of ``kind``; None, with all violations reported, if it does not fit."""
    try:
        return FILE_KINDS[kind].model_validate(document.data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(document, kind, details, report)
        return None


def _report(document: Document, kind: str, details: ErrorDetails, report: Reporter) -> None:
    path = _written(document, details["loc"])
    code = _CODES.get(details["type"], "wrong-value")
    name = str(details["loc"][-1]) if details["loc"] else ""
    if code == "missing-key":
        report.at_key(document, path, code, key=name)
    elif code == "unknown-key":
        known = _keys_at(FILE_KINDS[kind], details["loc"][:-1])
        guess = nearest(name, known)
        if guess is None:
            report.at_key(document, path, code, key=name, known=", ".join(f"`{k}`" for k in known))
        else:
            report.at_key(document, path, "misspelt-key", key=name, nearest=guess)
    elif code == "not-one-of":
        expected = str(details.get("ctx", {}).get("expected", "")).replace("'", "`").replace(" or ", ", ")
        report.at_value(document, path, code, found=_shown(details["input"]), expected=expected)
    else:
        report.at_value(document, path, code, found=_shown(details["input"]), key=name)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{…}"
    return "[…]" if isinstance(value, list) else str(value)


def _written(document: Document, loc: tuple[int | str, ...]) -> Path:
    """``loc`` without the tags of unions, which no file contains."""
    path: list[str | int] = []
    here: Any = document.data
    for part in loc:
        in_mapping = isinstance(here, dict) and part in here
        in_list = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if not (in_mapping or in_list):
            continue
        here = here[part]
        path.append(part)
    return tuple(path)


def _keys_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that are allowed at ``loc`` inside ``model``."""
    here: type[BaseModel] | None = model
    for part in loc:
        if isinstance(part, int) or here is None:
            continue
        field = next((f for n, f in here.model_fields.items() if (f.alias or n) == part), None)
        if field is not None:
            here = _model_in(field.annotation)
    return [f.alias or n for n, f in here.model_fields.items()] if here is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None
