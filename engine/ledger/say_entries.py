"""Entries in words."""

from __future__ import annotations

from collections.abc import Iterator

from engine.inference.evaluation import Program
from engine.ledger.decisions import Decided
from engine.ledger.entry import Entry
from engine.ledger.names import NO_NAMES, Naming
from engine.messages import Lang, known, text
from engine.wording.columns import wrap
from engine.wording.one_line import one_line
from engine.wording.words import COLON

#: Keys of a body whose value is an id → what it is an id of.
_NAMED = {"office": "offices", "post": "posts", "duty": "duties"}


def entry_lines(
    entry: Entry, lang: Lang, width: int, naming: Naming = NO_NAMES, full: bool = False
) -> Iterator[str]:
    """An entry as one sentence, with its reason; ``full``: with everything it says, and its digests."""
    yield from _wrapped(_sentence(entry, lang, naming), width, "")
    reason = entry.body.get("reason")
    if isinstance(reason, str) and not full:
        yield from _wrapped(text("ledger.say.reason", lang, reason=reason), width, "     ")
    if full:
        for path, stored in _leaves(entry.body):
            said = _named(path[-1], stored, lang, naming)
            yield from _wrapped(f"{_label(path, lang)}{COLON[lang]}{said}", width, "     ")
        yield f"     sha256{COLON[lang]}{entry.digests.sha256}"
        if entry.digests.sm3 is not None:
            yield f"     sm3{COLON[lang]}{entry.digests.sm3}"


def case_lines(decided: Decided, lang: Lang, naming: Naming) -> list[str]:
    """An evaluation and what was decided about it, a sentence each with its reason, and where it stands."""
    lines = []
    for entry in (decided.evaluation, *decided.decisions):
        said = one_line(_sentence(entry, lang, naming))
        reason = entry.body.get("reason")
        if isinstance(reason, str):
            said += COLON[lang] + one_line(reason)
        lines.append(said)
    return [standing_line(decided, lang, naming), *lines]


def other_line(entry: Entry, program: Program, lang: Lang) -> list[str]:
    """A sentence where an evaluation was made for another day or by another policy than ``program``."""
    policy = str(entry.body["policy"]["digest"])
    if (entry.body["as_of"], policy) == (program.as_of.isoformat(), program.policy.digest):
        return []
    short = policy.removeprefix("sha256:")[:12]
    return [one_line(text("ledger.standing.other", lang, as_of=entry.body["as_of"], policy=short))]


def standing_line(decided: Decided, lang: Lang, naming: Naming) -> str:
    """Where an evaluation stands; of one that is objected to, also what the objection is against."""
    key = f"ledger.standing.{decided.standing}"
    if decided.contested is not None:
        key += f"-{decided.contested}"
    verdict = naming.verdict(decided.verdict, lang)
    return one_line(text(key, lang, seq=decided.evaluation.seq, verdict=verdict))


def _sentence(entry: Entry, lang: Lang, naming: Naming) -> str:
    body = entry.body
    unit = body.get("unit", {})
    policy = body.get("policy", {})
    key = "ledger.say." + entry.kind.replace(" ", "-")
    if not known(key):
        return text("ledger.say.other", lang, seq=entry.seq, kind=entry.kind)
    who = naming.of("offices", str(body.get("office", "")), lang)
    if body.get("post"):
        who = text("ledger.say.who", lang, office=who, post=naming.of("posts", str(body["post"]), lang))
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
        verdict=naming.verdict(str(body.get("verdict") or body.get("classification") or ""), lang),
        policy=str(policy.get("digest", "")).removeprefix("sha256:")[:12],
        duty=naming.of("duties", str(body.get("duty", "")), lang),
        period=body.get("period", ""),
    )


def _leaves(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        yield path, ", ".join(map(str, value)) or "–"
    else:
        yield path, "–" if value is None else str(value)


def _named(key: str, stored: str, lang: Lang, naming: Naming) -> str:
    """What is stored, after what the policy of the day calls it."""
    if key in ("verdict", "classification"):
        name = naming.verdict(stored, lang)
    elif key in _NAMED:
        name = naming.of(_NAMED[key], stored, lang)
    else:
        return stored
    return stored if name == stored else text("ledger.say.stored", lang, name=name, stored=stored)


def _label(path: tuple[str, ...], lang: Lang) -> str:
    """What a key of a body means; a part that is a name of something, as a file's, stays as it is."""
    for length in range(len(path), 0, -1):
        key = ".".join(("ledger.key", *path[:length]))
        if known(key):
            # After the name of a parameter comes the type of its value, which the value shows.
            return " ".join((text(key, lang), *path[length : length + 1]))
    return ".".join(path)


def _wrapped(said: str, width: int, indent: str) -> Iterator[str]:
    # What a file says, prepared by whomever, must not steer the terminal.
    for line in wrap(one_line(said), width - len(indent)):
        yield indent + line
