"""Fact sheets as JSON objects and back, every value with its source, so that an evaluation can be computed again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from engine.facts.sheet import DataProblem, FactSheet, Observation, Row, Source
from engine.language.values import Unknown
from engine.ledger.canonical import Json
from engine.ledger.standing_object import read_standing, standing_object
from engine.ledger.value_object import read_value, value_object


def sheet_object(sheet: FactSheet) -> dict[str, Json]:
    """The sheet. A value is a boolean or text as it is, ``{"number": "3.5"}``, ``{"date": "2018-12-31"}``, or null."""
    found: dict[str, Json] = {
        "unit": sheet.unit,
        "name": sheet.name,
        "kind": [_observation(o) for o in sheet.kind],
        "facts": {id_: [_observation(o) for o in seen] for id_, seen in sheet.facts.items()},
        "registers": {
            id_: [
                _without_nulls(
                    {
                        "cells": {c: _observation(o) for c, o in row.cells.items()},
                        "source": _source(row.source),
                        "observed": _day(row.observed),
                        "by": row.supplier,
                    }
                )
                for row in rows
            ]
            for id_, rows in sheet.registers.items()
        },
        "reported": {id_: day.isoformat() for id_, day in sheet.reported.items()},
        "problems": [
            {"where": _source(p.where), "key": p.key, "params": {k: _param(v) for k, v in p.params.items()}}
            for p in sheet.problems
        ],
    }
    if sheet.empty:  # not there in what earlier versions wrote
        found["empty"] = {id_: _source(where) for id_, where in sheet.empty.items()}
    if sheet.standings is not None:  # only under a policy that compares units
        found["standings"] = {id_: standing_object(standing) for id_, standing in sheet.standings.items()}
    return found


def read_sheet(found: Mapping[str, Any]) -> FactSheet:
    """The sheet that ``sheet_object`` wrote. Raises KeyError or ValueError for anything else."""
    return FactSheet(
        unit=found["unit"],
        name=found["name"],
        kind=tuple(_read_observation(o) for o in found["kind"]),
        facts={id_: tuple(map(_read_observation, seen)) for id_, seen in found["facts"].items()},
        registers={
            id_: tuple(
                Row(
                    {c: _read_observation(o) for c, o in row["cells"].items()},
                    Source(**row["source"]),
                    _read_day(row.get("observed")),
                    row.get("by"),
                )
                for row in rows
            )
            for id_, rows in found["registers"].items()
        },
        problems=tuple(
            DataProblem(Source(**p["where"]), p["key"], {k: _read_param(v) for k, v in p["params"].items()})
            for p in found["problems"]
        ),
        reported={id_: date.fromisoformat(day) for id_, day in found["reported"].items()},
        empty={id_: Source(**where) for id_, where in found.get("empty", {}).items()},
        standings={id_: read_standing(standing) for id_, standing in found["standings"].items()}
        if "standings" in found
        else None,
    )


def _observation(seen: Observation) -> dict[str, Json]:
    return _without_nulls(
        {
            "value": value_object(seen.value),
            "raw": seen.raw,
            "source": _source(seen.source),
            "observed": _day(seen.observed),
            "by": seen.supplier,
            "unreadable": None if seen.readable else True,
        }
    )


def _read_observation(found: Mapping[str, Any]) -> Observation:
    readable = not found.get("unreadable", False)
    return Observation(
        read_value(found.get("value")) if readable else Unknown(),
        found["raw"],
        Source(**found["source"]),
        _read_day(found.get("observed")),
        found.get("by"),
        readable,
    )


def _source(source: Source) -> dict[str, Json]:
    return _without_nulls(
        {"file": source.file, "sheet": source.sheet, "cell": source.cell, "path": source.path}
    )


def _without_nulls(found: dict[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in found.items() if value is not None}


def _param(value: object) -> Json:
    return (
        value_object(value)
        if isinstance(value, date | Decimal)
        else value
        if isinstance(value, int)
        else str(value)
    )


def _read_param(found: Any) -> object:
    return read_value(found) if isinstance(found, dict) else found


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(found: str | None) -> date | None:
    return None if found is None else date.fromisoformat(found)
