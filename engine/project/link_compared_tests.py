"""What tests say of comparisons between units: the outcome that one is given, or expected to have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.language.values import Value
from engine.project.comparison import last_name
from engine.project.conditions import LAST
from engine.project.link_parameters import read_value
from engine.project.references import References
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.texts import shown
from engine.project.yaml import Document


def compared_values(
    document: Document,
    scope: Scope,
    refs: References,
    report: Reporter,
    data: Mapping[str, Any],
    path: Path,
    *,
    unknown: bool = False,
) -> dict[str, Value]:
    """Name of what a comparison gives → its value. A ranking may be ``last``; with ``unknown``, anything may be that,
    which is None."""
    found: dict[str, Value] = {}
    for name, value in data.items():
        at: Path = (*path, name)
        id_ = scope.canonical.get(name)
        if id_ is None or id_ not in scope.compared:
            known = [n for n, one in scope.canonical.items() if one in scope.compared]
            refs.unknown(document, at, "unknown-comparison", name, known, at_key=True)
            continue
        fact = scope.compared[id_]
        if id_ in scope.ranks and value in LAST:
            found[last_name(id_)] = True
        elif unknown and value == "unknown":
            found[id_] = None
        else:
            read = {"是": True, "否": False}.get(value) if isinstance(value, str) else None
            read = read_value(fact.type, fact.language_type, value) if read is None else read
            if read is None or isinstance(read, bool) != (fact.type == "boolean"):
                report.at_value(
                    document,
                    at,
                    "test-value-of-wrong-type",
                    found=shown(value),
                    name=fact.name.zh,
                    expected=fact.type,
                )
                continue
            found[id_] = read
    return found
