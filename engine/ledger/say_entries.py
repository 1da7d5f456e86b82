"""Entries in words."""

from __future__ import annotations

from collections.abc import Iterator

from engine.ledger.decisions import Decided
from engine.ledger.entry import Entry
from engine.messages import Lang, known, text
from engine.wording.columns import wrap
from engine.wording.one_line import one_line
from engine.wording.words import COLON


def entry_lines(entry: Entry, lang: Lang, width: int, full: bool = False) -> Iterator[str]:
    """An entry as one sentence, with its reason; ``full``: with everything it says, and its digests."""
    yield from _wrapped(_sentence(entry, lang), width, "")
    reason = entry.body.get("reason")
    if isinstance(reason, str):
        yield from _wrapped(text("ledger.say.reason", lang, reason=reason), width, "     ")
    if full:
        for key, said in _leaves(entry.body):
            yield from _wrapped(f"{key}{COLON[lang]}{said}", width, "     ")
        yield f"     sha256{COLON[lang]}{entry.digests.sha256}"
        if entry.digests.sm3 is not None:
            yield f"     sm3{COLON[lang]}{entry.digests.sm3}"


def case_lines(decided: Decided, lang: Lang) -> list[str]:
    """An evaluation and what was decided about it, a sentence each with its reason, and where it stands."""
    lines = []
    for entry in (decided.evaluation, *decided.decisions):
        said = one_line(_sentence(entry, lang))
        reason = entry.body.get("reason")
        if isinstance(reason, str):
            said += COLON[lang] + one_line(reason)
        lines.append(said)
    return [*lines, standing_line(decided, lang)]


def standing_line(decided: Decided, lang: Lang) -> str:
    """Where an evaluation stands."""
    return text(
        f"ledger.standing.{decided.standing}",
        lang,
        seq=decided.evaluation.seq,
        verdict=verdict_of(decided.verdict, lang),
    )


def verdict_of(verdict: str, lang: Lang) -> str:
    """A verdict without the policy's own word for it, which may be another policy's by now."""
    key = f"ledger.verdict.{verdict}"
    return text(key, lang) if known(key) else verdict


def _sentence(entry: Entry, lang: Lang) -> str:
    body = entry.body
    unit = body.get("unit", {})
    policy = body.get("policy", {})
    key = "ledger.say." + entry.kind.replace(" ", "-")
    if not known(key):
        return text("ledger.say.other", lang, seq=entry.seq, kind=entry.kind)
    who = str(body.get("office", ""))
    if body.get("post"):
        who = text("ledger.say.who", lang, office=who, post=body["post"])
    return text(
        key,
        lang,
        seq=entry.seq,
        unit=unit.get("name", ""),
        id=unit.get("id", ""),
        on=body.get("on", ""),
        as_of=body.get("as_of", ""),
        about=body.get("about", ""),
        who=who,
        verdict=verdict_of(str(body.get("verdict") or body.get("classification") or ""), lang),
        policy=str(policy.get("digest", "")).removeprefix("sha256:")[:12],
        duty=body.get("duty", ""),
        period=body.get("period", ""),
    )


def _leaves(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        yield name, ", ".join(map(str, value)) or "–"
    else:
        yield name, "–" if value is None else str(value)


def _wrapped(said: str, width: int, indent: str) -> Iterator[str]:
    # What a file says, prepared by whomever, must not steer the terminal.
    for line in wrap(one_line(said), width - len(indent)):
        yield indent + line
