"""The result of an evaluation as bytes that any machine computes alike: what replaying compares."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from engine.duties import case_files, prepare_duties
from engine.duties.nouns import CaseFile
from engine.inference.evaluation import EngineName, Evaluation, Program
from engine.ledger.canonical import Json, canonical
from engine.ledger.digests import address_of
from engine.report.unit_object import unit_object
from engine.wording.words import choice_value, number_text, truth_token


def result_bytes(unit: Evaluation | CaseFile) -> bytes:
    """Everything that ``evaluate --format json`` says of a unit, canonical and in one language (messages are Chinese)."""
    return canonical_bytes(unit_object(unit, "zh"))


def canonical_bytes(value: object) -> bytes:
    """The canonical bytes of an object with decimals, which are written as strings.

    A lone surrogate, which a file name may hold, is written out as ``\\udcXX``.
    """
    try:
        return canonical(value)  # type: ignore[arg-type]
    except (TypeError, UnicodeEncodeError):
        return canonical(_plain(value))


def conclusions_digest(evaluation: Evaluation) -> str | None:
    """A digest of the truth of every rule and the choice of every table; None for a unit without verdict."""
    if evaluation.conclusions is None:
        return None
    found: dict[str, Json] = {
        "rules": {rule: truth_token(evaluation.finding(rule)) for rule in evaluation.program.network.rules},
        "tables": {
            table: _plain(choice_value(choice)) for table, choice in evaluation.conclusions.choices.items()
        },
    }
    return address_of(canonical(found))


def with_duties(program: Program, evaluation: Evaluation, engine: EngineName) -> Evaluation | CaseFile:
    """The unit with its duties where the policy has any."""
    policy = program.policy
    if not (policy.duties or policy.procedures or policy.measures):
        return evaluation
    (case,) = case_files(prepare_duties(program), [evaluation], engine=engine)
    return case


def _plain(value: object) -> Json:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")
