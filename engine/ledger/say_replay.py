"""The differences of a replay in words: rules, tables and outcomes by their names, the rest by its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.ledger.names import Naming
from engine.ledger.replay import Difference, Replayed
from engine.messages import Lang, known, text
from engine.project.policy import Policy, Text
from engine.report.run import evaluation_and_case
from engine.wording.columns import wrap
from engine.wording.json_text import dumps
from engine.wording.one_line import one_line
from engine.wording.words import COMMA, rule_name, verdict_word

#: Differences of one entry that are said; the JSON output has all.
MOST = 12
#: Longer values are cut.
LONGEST = 60


def replayed_lines(replayed: Replayed, naming: Naming, lang: Lang, width: int, other: bool) -> Iterator[str]:
    """What differs; ``other``: computed with another policy, so that only conclusions are of interest."""
    entry = replayed.entry
    recorded, now = replayed.verdicts
    evaluation, _ = evaluation_and_case(replayed.unit)
    policy = evaluation.program.policy
    unit = entry.body["unit"]
    said = text(
        "ledger.differs-verdict" if recorded != now else "ledger.differs",
        lang,
        seq=entry.seq,
        name=unit["name"],
        id=unit["id"],
        as_of=entry.body["as_of"],
        before=naming.verdict(recorded, lang),
        after=verdict_word(policy, now, lang),
    )
    yield one_line(said)
    shown = [
        d for d in replayed.differences if not other or d.place.startswith(("findings", "determinations"))
    ]
    for difference in shown[:MOST]:
        for line in wrap(one_line(_said(policy, difference, lang)), width - 4):
            yield "    " + line
    if len(shown) > MOST:
        yield "    " + text("explain.hidden", lang, n=len(shown) - MOST)


def _said(policy: Policy, difference: Difference, lang: Lang) -> str:
    part, _, name = difference.place.partition("/")
    table = policy.tables.get(name) if part == "determinations" else None
    outcomes = {} if table is None else table.outcomes
    place = rule_name(policy, name, lang) if part in ("findings", "determinations") else difference.place
    return text(
        "ledger.difference",
        lang,
        place=place,
        recorded=_value(difference.recorded, outcomes, part == "findings", lang),
        now=_value(difference.now, outcomes, part == "findings", lang),
    )


def _value(value: object, outcomes: Mapping[str, Text], truth: bool, lang: Lang) -> str:
    if value is None or value == []:
        return text("report.none", lang)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return COMMA[lang].join(_value(item, outcomes, truth, lang) for item in value)
    if isinstance(value, str):
        if truth and known(f"truth.{value}"):
            return text(f"truth.{value}", lang)
        if value in outcomes:
            return outcomes[value][lang]
    shown = dumps(value)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
