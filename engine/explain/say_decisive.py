"""The decisive sets of facts in words and as an object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.explain.decisive import Alternatives, DecisiveFacts
from engine.messages import Lang, text
from engine.wording.columns import wrap
from engine.wording.words import COMMA, fact_name

#: Sets of one group that are named in text; JSON has all of them.
MOST_NAMED = 6
#: Whole sets that JSON writes out; the groups say the rest.
MOST_SETS = 1_000


def decisive_lines(found: DecisiveFacts | None, lang: Lang, width: int) -> Iterator[str]:
    """What alone decides the outcome: what is needed in any case, and each choice."""
    if found is None:
        yield from wrap(text("decisive.unknown", lang), width)
        return
    yield text("decisive.head", lang)
    if not found.always and not found.groups:
        yield from _indented(text("decisive.nothing", lang), width)
        return
    if found.always:
        yield from _indented(text("decisive.always", lang, facts=_facts(found, found.always, lang)), width)
    for i, group in enumerate(found.groups):
        key = "decisive.only-one-of" if i == 0 and not found.always else "decisive.one-of"
        yield from _indented(text(key, lang, choices=_choices(found, group, lang)), width)
    key = "decisive.count-one" if found.count == 1 else "decisive.count"
    if found.complete:
        yield from _indented(text(key, lang, n=found.count), width)
    else:
        yield from _indented(text("decisive.incomplete", lang), width)


def decisive_object(found: DecisiveFacts | None) -> dict[str, object] | None:
    """``{"always", "one_of", "count", "complete", "sets"}``; null where nothing decides yet.

    A set is all of ``always`` and one set of each group of ``one_of``; ``sets`` writes them out, at most a thousand.
    """
    if found is None:
        return None
    return {
        "always": _ordered(found, found.always),
        "one_of": [[_ordered(found, each) for each in group.sets] for group in found.groups],
        "count": found.count,
        "complete": found.complete,
        "sets": [_ordered(found, each) for each in found.sets(MOST_SETS)],
    }


def _choices(found: DecisiveFacts, group: Alternatives, lang: Lang) -> str:
    named = [
        _facts(found, each, lang)
        if len(each) == 1
        else text("decisive.together", lang, facts=_facts(found, each, lang))
        for each in group.sets[:MOST_NAMED]
    ]
    if len(group.sets) > MOST_NAMED:
        named.append(text("decisive.more", lang, n=len(group.sets) - MOST_NAMED))
    return "; ".join(named) if lang == "en" else "；".join(named)


def _facts(found: DecisiveFacts, facts: Iterable[str], lang: Lang) -> str:
    policy = found.evaluation.program.policy
    return COMMA[lang].join(fact_name(policy, fact, lang) for fact in _ordered(found, facts))


def _ordered(found: DecisiveFacts, facts: Iterable[str]) -> list[str]:
    order = {name: i for i, name in enumerate(found.evaluation.context.values)}
    return sorted(facts, key=lambda fact: order[fact])


def _indented(said: str, width: int) -> Iterator[str]:
    for i, line in enumerate(wrap(said, width - 4)):
        yield ("  - " if i == 0 else "    ") + line
