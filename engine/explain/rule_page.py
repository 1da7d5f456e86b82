"""Everything about one rule, table, duty, procedure or measure on one page, for `plumbline rule`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from engine.explain.duty_page import Ordered, condition_of, names_in, ordered_item, role, sections
from engine.explain.reading import Reader
from engine.language import free_names
from engine.messages import Lang, text
from engine.project.duty import Duty, Measure
from engine.project.parameter_values import dated_values
from engine.project.policy import (
    UNIT_KIND,
    AtLeast,
    Condition,
    DecisionTable,
    FindingRef,
    Leaf,
    Policy,
    Reading,
    Rule,
)
from engine.project.policy_test import PolicyTest
from engine.wording.columns import wrap
from engine.wording.history import row_words, version_words
from engine.wording.json_text import dumps
from engine.wording.words import COLON, COMMA, date_words, parameter_words, plain, supplier_of

Style = Callable[[str, str], str]
Item = Rule | DecisionTable | Ordered


def rule_lines(
    policy: Policy, id_: str, tests: Sequence[PolicyTest], lang: Lang, width: int, style: Style
) -> Iterator[str]:
    """The page as text lines, none wider than ``width`` columns. Raises KeyError for an unknown id."""
    for depth, said in _page(policy, id_, tests, lang):
        lines = wrap(said, width - 2 * depth - (2 if depth else 0))
        for i, line in enumerate(lines):
            indent = "  " * depth + ("  " if i and depth else "")
            yield indent + (style("head", line) if depth == 0 else line)


def rule_json(policy: Policy, id_: str, tests: Sequence[PolicyTest], lang: Lang) -> str:
    """The page as JSON. Raises KeyError for an unknown id."""
    item = _item(policy, id_)
    clause = policy.clauses[item.clause]
    category = policy.categories.get(id_) or policy.categories.get(getattr(item, "category", None) or "")
    found: dict[str, object] = {
        "id": id_,
        "role": _role(item),
        "name": item.name[lang],
        "clause": {
            "id": clause.id,
            "title": clause.title[lang],
            "summary": clause.summary[lang],
            "passage": clause.passage,
        },
        **_ordered(policy, item, lang),
        "condition": [[depth, said] for depth, said in _conditions(policy, item, lang)],
        "facts": sorted(_facts(policy, item)),
        "parameters": [
            {
                "parameter": parameter,
                "basis": policy.parameters[parameter].basis,
                "reason": policy.parameters[parameter].reason[lang],
                "clause": policy.parameters[parameter].clause,
                "values": [
                    {"from": day.isoformat(), "value": plain(value)}
                    for day, value in dated_values(policy, parameter)
                ],
            }
            for parameter in _parameters(policy, item)
        ],
        "offices": {"lead": list(category.lead), "support": list(category.support)} if category else None,
        "used_by": _used_by(policy, id_),
        "tests": [{"name": test.name[lang], "where": _place(test)} for test in _mentioning(tests, id_)],
        "where": f"{item.location.file}:{item.location.line}",
    }
    return dumps(found, indent=1)


def _item(policy: Policy, id_: str) -> Item:
    if id_ in policy.rules:
        return policy.rules[id_]
    return policy.tables.get(id_) or ordered_item(policy, id_) or policy.tables[id_]


def _role(item: Item) -> str:
    if isinstance(item, Rule):
        return item.role
    return "table" if isinstance(item, DecisionTable) else role(item)


def _ordered(policy: Policy, item: Item, lang: Lang) -> dict[str, object]:
    """What duties, procedures and measures have besides, heading by heading."""
    if isinstance(item, Rule | DecisionTable):
        return {}
    return {
        key.removeprefix("page.").replace("-", "_"): [[depth, said] for depth, said in lines]
        for key, lines in sections(policy, item, lang)
    }


def _page(policy: Policy, id_: str, tests: Sequence[PolicyTest], lang: Lang) -> Iterator[tuple[int, str]]:
    item = _item(policy, id_)
    yield 0, f"{item.name[lang]} ({id_}), {text(f'page.role.{_role(item)}', lang)}"
    yield from _clause(policy, item.clause, lang)
    if not isinstance(item, DecisionTable) and item.note is not None:
        yield from _section("page.note", [(1, item.note[lang])], lang)
    if isinstance(item, Rule | Duty) and item.kinds:
        kinds = COMMA[lang].join(policy.kinds[kind].name[lang] for kind in item.kinds)
        yield from _section("page.kinds", [(1, kinds)], lang)
    if not isinstance(item, Rule | DecisionTable):
        for key, lines in sections(policy, item, lang):
            yield from _section(key, lines, lang)
    yield from _section("page.condition", _conditions(policy, item, lang), lang)
    facts = [(1, _fact(policy, fact, lang)) for fact in _vocabulary_order(policy, _facts(policy, item))]
    yield from _section("page.facts", facts, lang)
    parameters = [line for id_p in _parameters(policy, item) for line in _parameter(policy, id_p, lang)]
    yield from _section("page.parameters", parameters, lang)
    yield from _section("page.offices", _offices(policy, item, lang), lang)
    users = [(1, f"{_item(policy, user).name[lang]} ({user})") for user in _used_by(policy, id_)]
    yield from _section("page.used-by", users, lang)
    mentioning = [(1, f"{test.name[lang]} ({_place(test)})") for test in _mentioning(tests, id_)]
    yield from _section("page.tests", mentioning or [(1, text("page.no-tests", lang))], lang)
    yield from _section("page.place", [(1, f"{item.location.file}:{item.location.line}")], lang)


def _section(key: str, lines: Iterable[tuple[int, str]], lang: Lang) -> Iterator[tuple[int, str]]:
    """A heading and its lines; nothing if there are no lines."""
    lines = list(lines)
    if lines:
        yield 0, ""
        yield 0, text(key, lang)
        yield from lines


def _clause(policy: Policy, id_: str, lang: Lang) -> Iterator[tuple[int, str]]:
    clause = policy.clauses[id_]
    lines = [(1, text("explain.clause", lang, id=id_, title=clause.title[lang])), (1, clause.summary[lang])]
    if clause.passage is not None:
        lines.append((1, text("explain.passage", lang, passage=" ".join(clause.passage.split()))))
    return _section("page.clause", lines, lang)


# ------------------------------------------------------------------------------------------ conditions


def _conditions(policy: Policy, item: Item, lang: Lang) -> Iterator[tuple[int, str]]:
    if not isinstance(item, Rule | DecisionTable):
        words, condition = condition_of(policy, item)
        if isinstance(item, Measure) and item.versions:
            yield from _versions(words, Reader(words, lang), words.rules[item.id], lang)
        elif condition is not None:
            yield from _condition(words, Reader(words, lang), condition, 1, lang)
        return
    reader = Reader(policy, lang)
    if isinstance(item, Rule):
        if item.versions:
            yield from _versions(policy, reader, item, lang)
        else:
            yield from _condition(policy, reader, item.when, 1, lang)
        return
    if item.applies_when is not None:
        yield 1, text("page.applies-when", lang)
        yield from _condition(policy, reader, item.applies_when, 2, lang)
    yield 1, text("page.rows", lang, policy=item.hit_policy)
    for n, row in enumerate(item.rows, start=1):
        outcome = item.outcomes[row.then][lang] if row.then in item.outcomes else row.then
        yield 2, text("page.row", lang, n=n, outcome=row_words(outcome, row, lang))
        yield from _condition(policy, reader, row.when, 3, lang)


def _versions(policy: Policy, reader: Reader, rule: Rule, lang: Lang) -> Iterator[tuple[int, str]]:
    """What the rule asked for, one time after the other, and why it was changed."""
    for version in rule.versions:
        yield 1, version_words(version, lang)
        if version.when is not None:
            yield from _condition(policy, reader, version.when, 2, lang)


def _condition(
    policy: Policy, reader: Reader, condition: Condition, depth: int, lang: Lang
) -> Iterator[tuple[int, str]]:
    if isinstance(condition, FindingRef):
        name = policy.rules[condition.id].name[lang]
        yield depth, text("page.finding", lang, name=name, id=condition.id)
        return
    yield depth, reader.heading(condition) + ("" if isinstance(condition, Leaf) else COLON[lang].rstrip())
    if not isinstance(condition, Leaf):
        for item in condition.items:
            yield from _condition(policy, reader, item, depth + 1, lang)


def _walk(condition: Condition) -> Iterator[Condition]:
    yield condition
    if not isinstance(condition, Leaf | FindingRef):
        for item in condition.items:
            yield from _walk(item)


def _all_conditions(item: Item) -> Iterator[Condition]:
    if isinstance(item, Rule):
        for condition in item.conditions:
            yield from _walk(condition)
        return
    if isinstance(item, Measure):
        for condition in item.conditions:
            yield from _walk(condition)
        return
    if not isinstance(item, DecisionTable):
        if isinstance(item, Duty) and item.applies_when is not None:
            yield from _walk(item.applies_when)
        return
    if item.applies_when is not None:
        yield from _walk(item.applies_when)
    for row in item.rows:
        yield from _walk(row.when)


def _names(policy: Policy, item: Item) -> set[str]:
    """Every fact, register, derived fact and parameter that the item's conditions name."""
    found: set[str] = set() if isinstance(item, Rule | DecisionTable) else names_in(policy, item)
    for condition in _all_conditions(item):
        if isinstance(condition, Leaf):
            found |= free_names(condition.expression)
        elif isinstance(condition, AtLeast):
            found |= free_names(condition.need)
        elif isinstance(condition, Reading):
            found.add(condition.parameter)
    return found


def _facts(policy: Policy, item: Item) -> set[str]:
    return _names(policy, item) & {*policy.facts, *policy.registers, *policy.compared, *policy.derived}


def _vocabulary_order(policy: Policy, names: set[str]) -> list[str]:
    order = (UNIT_KIND, *policy.facts, *policy.registers, *policy.compared, *policy.derived)
    return [name for name in order if name in names]


def _fact(policy: Policy, id_: str, lang: Lang) -> str:
    groups = (policy.facts, policy.registers, policy.compared, policy.derived)
    name = next(group[id_].name[lang] for group in groups if id_ in group)
    office = supplier_of(policy, id_)
    if office is None:
        return text("page.fact-plain", lang, name=name, id=id_)
    return text("page.fact", lang, name=name, id=id_, office=policy.offices[office].name[lang])


# ------------------------------------------------------------------------- parameters, offices, tests


def _parameters(policy: Policy, item: Item) -> list[str]:
    names = _names(policy, item)
    return [id_ for id_ in policy.parameters if id_ in names]


def _parameter(policy: Policy, id_: str, lang: Lang) -> Iterator[tuple[int, str]]:
    parameter = policy.parameters[id_]
    values = COMMA[lang].join(
        text(
            "page.since",
            lang,
            value=parameter_words(policy, id_, value, lang),
            day=date_words(day, lang),
        )
        for day, value in dated_values(policy, id_)
    )
    yield 1, f"{parameter.name[lang]} ({id_}){COLON[lang]}{values}"
    basis = text(f"basis.{parameter.basis}", lang)
    title = policy.clauses[parameter.clause].title[lang]
    clause = text("explain.clause", lang, id=parameter.clause, title=title)
    yield 2, COMMA[lang].join((basis, clause)) + COLON[lang] + parameter.reason[lang]


def _offices(policy: Policy, item: Item, lang: Lang) -> list[tuple[int, str]]:
    category = policy.categories.get(item.id) or policy.categories.get(getattr(item, "category", None) or "")
    if category is None:
        return []
    found = []
    for key, offices in (("page.lead", category.lead), ("page.support", category.support)):
        if offices:
            names = COMMA[lang].join(policy.offices[office].name[lang] for office in offices)
            found.append((1, text(key, lang, names=names)))
    return found


def _used_by(policy: Policy, id_: str) -> list[str]:
    """The rules, tables, duties and measures whose conditions refer to this one."""
    items: list[Item] = [
        *policy.rules.values(),
        *policy.tables.values(),
        *policy.duties.values(),
        *policy.measures.values(),
    ]
    return [item.id for item in items if any(c == FindingRef(id_) for c in _all_conditions(item))]


def _mentioning(tests: Sequence[PolicyTest], id_: str) -> list[PolicyTest]:
    return [test for test in tests if id_ in test.mentions]


def _place(test: PolicyTest) -> str:
    return f"{test.file}:{test.location.line}"
