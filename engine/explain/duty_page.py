"""Everything about one duty, procedure or measure, as the lines of its page for `plumbline rule`."""

from __future__ import annotations

from collections.abc import Iterator

from engine.duties.measure_policy import measure_policy
from engine.explain.reading import Reader
from engine.language import free_names
from engine.messages import Lang, text
from engine.project.duty import Due, Duty, Measure, Procedure, RowEvidence, RowFilter
from engine.project.policy import Condition, Policy
from engine.wording.duty_rules import (
    due_words,
    evidence_words,
    party_words,
    recurrence_words,
    row_evidence_words,
)

Ordered = Duty | Procedure | Measure
Line = tuple[int, str]


def ordered_item(policy: Policy, id_: str) -> Ordered | None:
    """The duty, procedure or measure of that id, if there is one."""
    return policy.duties.get(id_) or policy.procedures.get(id_) or policy.measures.get(id_)


def role(item: Ordered) -> str:
    """What the page calls it: the end of a key ``page.role.*``."""
    if isinstance(item, Duty):
        return "advisory" if item.advisory else "duty"
    if isinstance(item, Procedure):
        return "procedure"
    return "reward" if item.reward else "measure"


def sections(policy: Policy, item: Ordered, lang: Lang) -> Iterator[tuple[str, list[Line]]]:
    """(message key of the heading, lines) for everything that rules do not have."""
    if isinstance(item, Duty):
        yield from _duty(policy, item, lang)
    elif isinstance(item, Procedure):
        yield from _procedure(policy, item, lang)
    else:
        yield from _measure(policy, item, lang)


def condition_of(policy: Policy, item: Ordered) -> tuple[Policy, Condition | None]:
    """The condition under which it applies, with the policy in whose words it is read."""
    if isinstance(item, Duty):
        return policy, item.applies_when
    if isinstance(item, Procedure):
        return policy, None
    second = measure_policy(policy)
    return second, second.rules[item.id].when


def names_in(policy: Policy, item: Ordered) -> set[str]:
    """Every fact, register and parameter that the item names, other than in its condition."""
    found: set[str] = set()
    dues: list[Due | None] = []
    if isinstance(item, Duty):
        dues.append(item.due)
        if isinstance(item.evidence, RowEvidence):
            found |= _of_evidence(item.evidence)
        if item.rows is not None:
            found |= _of_rows(item.rows.rows)
    elif isinstance(item, Procedure):
        found.add(item.register)
        dues += [step.due for step in item.steps]
    else:
        dues.append(item.due)
        if item.evidence is not None:
            found |= _of_evidence(item.evidence)
        for ladder in policy.ladders.values():
            for rung in ladder.rungs:
                if rung.measure == item.id:
                    found |= free_names(rung.start) | (
                        {ladder.in_a_row} if isinstance(ladder.in_a_row, str) else set()
                    )
    for due in dues:
        if due is not None and due.lapse is not None:
            found |= free_names(due.lapse.length)
        if due is not None and due.event is not None and due.event.kind in ("fact", "rows"):
            found.add(due.event.id)
    return found


def _of_evidence(evidence: RowEvidence) -> set[str]:
    return _of_rows(evidence.rows) | free_names(evidence.need)


def _of_rows(rows: RowFilter) -> set[str]:
    return {rows.register} | {name for test in rows.where for name in free_names(test)}


def _duty(policy: Policy, duty: Duty, lang: Lang) -> Iterator[tuple[str, list[Line]]]:
    yield "page.owner", [(1, party_words(policy, duty.owners, lang))]
    yield "page.when-and-how", [(1, recurrence_words(policy, duty, lang))]
    yield "page.due", [(1, due_words(policy, duty.due, lang))]
    lines = [(1, evidence_words(policy, duty, lang))]
    if isinstance(duty.evidence, RowEvidence):
        lines += _tests(policy, duty.evidence.rows, lang)
    yield "page.evidence", lines
    if duty.rows is not None:
        yield "page.where", _tests(policy, duty.rows.rows, lang)


def _procedure(policy: Policy, procedure: Procedure, lang: Lang) -> Iterator[tuple[str, list[Line]]]:
    lines: list[Line] = []
    for number, step in enumerate(procedure.steps, start=1):
        lines.append((1, f"{number}. {step.name[lang]} ({step.id})"))
        if step.by:
            lines.append((2, text("explain.by", lang, who=party_words(policy, step.by, lang))))
        if step.due is not None:
            lines.append((2, due_words(policy, step.due, lang)))
    yield "page.steps", lines


def _measure(policy: Policy, measure: Measure, lang: Lang) -> Iterator[tuple[str, list[Line]]]:
    yield "page.by", [(1, party_words(policy, measure.by, lang))]
    yield "page.against", [(1, party_words(policy, measure.against, lang))]
    if measure.ladder is not None:
        yield "page.ladder", [(1, policy.ladders[measure.ladder].name[lang])]
    if measure.due is not None:
        yield "page.due", [(1, due_words(policy, measure.due, lang))]
    if measure.evidence is not None:
        lines = [(1, row_evidence_words(policy, measure.evidence, lang))]
        yield "page.evidence", lines + _tests(policy, measure.evidence.rows, lang)


def _tests(policy: Policy, rows: RowFilter, lang: Lang) -> list[Line]:
    """The tests that rows have to pass, as sentences."""
    reader = Reader(policy, lang)
    return [(2, reader.row_test(test, rows.register)) for test in rows.where]
