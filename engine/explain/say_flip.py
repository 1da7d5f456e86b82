"""The smallest change in words and as an object: for a weak unit, the problems to solve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from engine.explain.changes import Change
from engine.explain.flip import MOST_STATES, Flip
from engine.explain.say_changes import change_lines, change_object, changed_name
from engine.explain.what_if import difference
from engine.inference.evaluation import base_name
from engine.messages import Lang, text
from engine.project.policy import UNIT_KIND
from engine.wording.columns import wrap
from engine.wording.words import COMMA, fact_name, rule_name, truth_token, truth_word, verdict_word


def flip_lines(found: Flip, lang: Lang, width: int) -> Iterator[str]:
    """The changes as a numbered list, each with the criteria that it settles, and whether fewer would do."""
    yield from _changes(found, lang, width)
    if found.before.program.comparisons and found.changes != ():
        yield ""
        yield from wrap(text("compare.fixed", lang), width)


def _changes(found: Flip, lang: Lang, width: int) -> Iterator[str]:
    before, policy = found.before, found.before.program.policy
    if found.changes is not None and not found.changes:
        yield text("flip.already", lang)
        return
    if found.changes is None or found.after is None:
        if found.given_up:
            yield from wrap(text("flip.given-up", lang, n=MOST_STATES), width)
            return
        facts = [fact for fact in before.context.values if fact in found.in_the_way - {UNIT_KIND}]
        if facts:
            named = COMMA[lang].join(fact_name(policy, fact, lang) for fact in facts)
            yield from wrap(text("flip.none", lang, facts=named), width)
            yield from wrap(text("flip.time", lang), width)
        else:
            yield from wrap(text("flip.none-plain", lang), width)
        return
    if found.subject == "weak":
        one = verdict_word(policy, before.classification, lang)
        other = verdict_word(policy, found.after.classification, lang)
    else:
        one = truth_word(before.finding(found.subject), lang)
        other = truth_word(found.wanted, lang)
    what = rule_name(policy, found.subject, lang) if found.subject != "weak" else text("whatif.verdict", lang)
    yield from wrap(text("flip.head", lang, what=what, before=one, after=other), width)
    key = "flip.proved-one" if found.cost == 1 else "flip.proved" if found.proved else "flip.not-proved"
    yield from wrap(text(key, lang, n=found.cost, least=found.at_least), width)
    yield ""
    settled = settled_rules(found)
    for n, (change, same) in enumerate(groupby(found.changes), start=1):
        (said,) = change_lines(before, list(same), lang, office=True)
        yield from _item(f"{n}. ", said, width)
        rules = settled[changed_name(change)]
        if rules:
            named = COMMA[lang].join(
                f"{rule_name(policy, rule, lang)} ({rule})"
                if lang == "en"
                else f"{rule_name(policy, rule, lang)}（{rule}）"
                for rule in rules
            )
            yield from _item(
                "   ", text("flip.brings" if found.wanted else "flip.solves", lang, rules=named), width
            )


def flip_object(found: Flip) -> dict[str, object]:
    """``{"subject", "wanted", "changes", "cost", "at_least", "proved", …}``; ``changes`` null where there are none."""
    settled = {} if found.changes is None else settled_rules(found)
    return {
        "subject": found.subject,
        "from": truth_token(found.before.finding(found.subject)),
        "to": truth_token(found.wanted),
        "changes": None
        if found.changes is None
        else [{**change_object(found.before, c), "settles": settled[changed_name(c)]} for c in found.changes],
        "classification": None if found.after is None else found.after.classification,
        "cost": found.cost,
        "at_least": found.at_least,
        "proved": found.proved,
        "in_the_way": sorted(found.in_the_way),
        "given_up": found.given_up,
        **({"comparisons": "as they are"} if found.before.program.comparisons else {}),
    }


def settled_rules(found: Flip) -> dict[str, list[str]]:
    """Changed fact → the criteria that come out differently and read it, in policy order."""
    changes: Sequence[Change] = found.changes or ()
    result: dict[str, list[str]] = {changed_name(change): [] for change in changes}
    if found.after is None:
        return result
    program = found.before.program
    for item in difference(found.before, found.after).findings:
        if item.rule not in program.policy.rules or program.policy.rules[item.rule].role != "criterion":
            continue
        reads: set[str] = set()
        for test in item.tests:
            node = test.before_node if test.before_node is not None else test.after_node
            if node is not None:
                reads |= program.leaves[node].reads
        for name, rules in result.items():
            if base_name(name) in reads:
                rules.append(item.rule)
    return result


def _item(head: str, said: str, width: int) -> Iterator[str]:
    for i, line in enumerate(wrap(said, width - len(head))):
        yield (head if i == 0 else " " * len(head)) + line
