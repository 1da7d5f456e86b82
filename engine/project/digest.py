"""The content digest of a policy: SHA-256 of canonical JSON, blind to layout, comments and the order of files."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from engine.project.models import Model


def digest(files: Iterable[tuple[str, Model]]) -> str:
    """``sha256:…`` over (file kind, model) pairs. Files of one kind count as a set, whatever they are called.

    Keys are sorted and separators minimal, as in RFC 8785; numbers are written as exact decimals.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, model in files:
        data = model.model_dump(by_alias=True, exclude_defaults=True)
        by_kind.setdefault(kind, []).append(canonical_json(data))
    content = canonical_json({kind: sorted(parts) for kind, parts in by_kind.items()})
    return "sha256:" + hashlib.sha256(content.encode("utf-8")).hexdigest()


def canonical_json(value: Any) -> str:
    """``value`` as JSON with sorted keys and no white space; equal values give equal text."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return {"#": format(Decimal(value).normalize(), "f")}  # the number 3 is not the text "3"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool):
        return value
    return str(value)
