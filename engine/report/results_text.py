"""Results as text for a terminal: the units, what is unknown and what would settle it, problems, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from engine.duties.nouns import CaseFile
from engine.inference.evaluation import Conflict, Evaluation, Missing
from engine.messages import Lang, text
from engine.project.policy import DecisionTable, Policy
from engine.report.results_csv import kind_name
from engine.report.run import (
    Problem,
    Run,
    Tally,
    data_problem,
    evaluation_and_case,
    unit_problems,
    verdicts,
)
from engine.wording.columns import table, wrap
from engine.wording.outcomes import (
    chosen_words,
    classification_token,
    classification_word,
    finding_word,
    status_token,
    taken_withheld,
    withheld_categories,
)
from engine.wording.words import (
    COLON,
    COMMA,
    date_words,
    fact_name,
    office_name,
    parameter_words,
    rule_name,
    short_digest,
    supplier_of,
    value_words,
    verdict_word,
)

#: Puts a text in a style by name; see ``engine.cli.style``.
Style = Callable[[str, str], str]
_VERDICT_COLUMN = 3


def plain_style(name: str, shown: str) -> str:
    """No style at all."""
    return shown


def text_lines(
    run: Run,
    evaluations: Iterable[Evaluation | CaseFile],
    tally: Tally,
    lang: Lang,
    width: int,
    style: Style = plain_style,
) -> Iterator[str]:
    """Lines without line ends, none wider than ``width`` columns."""
    rows: list[list[str]] = []
    shown_as: list[str] = []
    details: list[list[str]] = []
    troubles: list[tuple[str, Problem]] = []
    standing: list[list[str]] = []
    for unit in evaluations:
        evaluation, case = evaluation_and_case(unit)
        tally.add(unit)
        standing.append(_standing(case, lang, width) if case is not None else [])
        shown_as.append(classification_token(evaluation))
        rows.append(_row(evaluation, lang))
        details.append(_details(evaluation, lang, width))
        name = evaluation.sheet.name or evaluation.sheet.unit
        troubles.extend((name, problem) for problem in unit_problems(unit, lang))
    yield from _head(run, lang, width)

    def paint(row: int, column: int, shown: str) -> str:
        if row < 0:
            return style("head", shown)
        return style(shown_as[row], shown) if column == _VERDICT_COLUMN else shown

    if rows:
        yield ""
        yield from table(_headings(run, lang), rows, width, paint)
    if any(standing):
        yield ""
        yield style("head", text("report.duties-heading", lang))
        for lines in standing:
            yield from lines
    unknown = [lines for lines in details if lines]
    if unknown:
        yield ""
        yield style("head", text("report.unknown-heading", lang))
        for lines in unknown:
            yield from lines
    troubles = [("", data_problem(problem, lang)) for problem in run.problems] + troubles
    if troubles:
        yield ""
        yield style("head", text("report.problems-heading", lang))
        for name, problem in troubles:
            yield from _problem(name, problem, lang, width)
    yield ""
    yield from wrap(closing_line(run, tally, lang), width)


def _head(run: Run, lang: Lang, width: int) -> Iterator[str]:
    program = run.program
    yield from wrap(
        text(
            "report.head",
            lang,
            title=program.policy.title[lang],
            as_of=date_words(program.as_of, lang),
            digest=short_digest(program.policy),
        ),
        width,
    )
    if run.left_out is not None:
        yield from wrap(text("publish.head", lang, n=run.left_out), width)
    for id_ in sorted(program.overridden):
        value = parameter_words(program.policy, id_, program.parameters[id_], lang)
        name = program.policy.parameters[id_].name[lang]
        yield from wrap(text("report.overridden", lang, name=name, value=value), width)


def _headings(run: Run, lang: Lang) -> list[str]:
    first = _shown_table(run.program.policy)
    fixed = [text(f"column.{name}", lang) for name in ("id", "unit", "kind", "verdict", "key", "categories")]
    decided = [first.name[lang]] if first is not None else []
    return [*fixed, *decided, text("column.unknown", lang)]


def _row(evaluation: Evaluation, lang: Lang) -> list[str]:
    policy, decided = evaluation.program.policy, evaluation.conclusions is not None
    holding = [c.name[lang] for c in policy.categories.values() if evaluation.finding(c.id) is True]
    first = _shown_table(policy)
    choice = [chosen_words(evaluation, first.id, lang) if decided else ""] if first else []
    return [
        evaluation.sheet.unit,
        evaluation.sheet.name,
        kind_name(evaluation, lang),
        classification_word(evaluation, lang),
        finding_word(evaluation, "key", lang) if "key" in policy.rules else "",
        COMMA[lang].join([*holding, *withheld_categories(evaluation, lang)]) or text("report.none", lang),
        *choice,
        str(len(evaluation.missing)) if decided else "",
    ]


def _details(evaluation: Evaluation, lang: Lang, width: int) -> list[str]:
    """The unknown facts of one unit, those that would settle the same rules together."""
    if evaluation.conclusions is None or not evaluation.missing:
        return []
    policy = evaluation.program.policy
    groups: dict[tuple[str, tuple[str, ...]], list[Missing]] = {}
    for item in evaluation.missing:
        groups.setdefault((item.reason, item.settles), []).append(item)
    lines = wrap(evaluation.sheet.name or evaluation.sheet.unit, width)
    for (reason, settles), items in groups.items():
        facts = COMMA[lang].join(_fact_and_office(evaluation, item.fact, lang) for item in items)
        # Findings in between are the policy's own scaffolding; the JSON has all of them.
        shown = [
            rule for rule in settles if rule in policy.rules and policy.rules[rule].role != "finding"
        ] or settles
        rules = COMMA[lang].join(rule_name(policy, rule, lang) for rule in shown)
        said = text("report.unknown-facts", lang, facts=facts, reason=text(f"reason.{reason}", lang))
        lines.extend(hanging("  ", said, width))
        for item in items:
            if item.fact in evaluation.context.conflicts:
                lines.extend(_conflict(evaluation, evaluation.context.conflicts[item.fact], lang, width))
        lines.extend(hanging("    ", text("report.settles", lang, rules=rules), width))
    return lines


def _standing(case: CaseFile, lang: Lang, width: int) -> list[str]:
    """What is overdue or called for in one unit, and how much of it is not known."""
    overdue = [i for i in case.instances if i.status == "overdue" and not i.duty.advisory]
    unknown = sum(status_token(case, i) == "unknown" for i in case.instances)
    called = [
        o
        for o in case.measures
        if o.truth is True and o.superseded_by is None and o.taken_on is None and not taken_withheld(case, o)
    ]
    broken = [run for run in case.procedures if run.violations]
    if not (overdue or called or broken):
        return []
    lines = wrap(case.evaluation.sheet.name or case.unit, width)
    if overdue:
        times = Counter(i.duty.name[lang] for i in overdue)
        names = COMMA[lang].join(name if n == 1 else f"{name} ×{n}" for name, n in times.items())
        said = text("report.duties-overdue", lang, n=len(overdue), names=names, unknown=unknown)
        lines.extend(hanging("  ", said, width))
    for key, names_of in (
        ("report.measures-called", [o.measure.name[lang] for o in called]),
        ("report.procedures-broken", [run.procedure.name[lang] for run in broken]),
    ):
        if names_of:
            lines.extend(hanging("  ", text(key, lang, names=COMMA[lang].join(names_of)), width))
    return lines


def _fact_and_office(evaluation: Evaluation, fact: str, lang: Lang) -> str:
    policy = evaluation.program.policy
    office, name = supplier_of(policy, fact), fact_name(policy, fact, lang)
    if office is None:
        return name
    return text("report.fact-of-office", lang, fact=name, office=policy.offices[office].name[lang])


def _conflict(evaluation: Evaluation, conflict: Conflict, lang: Lang, width: int) -> list[str]:
    fact = evaluation.program.policy.facts.get(conflict.fact)
    lines: list[str] = []
    for observation in conflict.observations:
        said = value_words(observation.value, lang, fact) + COLON[lang] + str(observation.source)
        if observation.supplier is not None:
            said += COMMA[lang] + office_name(evaluation.program.policy, observation.supplier, lang)
        if observation.observed is not None:
            said += COMMA[lang] + date_words(observation.observed, lang)
        lines.extend(hanging("    - ", said, width))
    return lines


def _problem(name: str, problem: Problem, lang: Lang, width: int) -> list[str]:
    where = COMMA[lang].join(part for part in (name, problem.where) if part)
    return hanging("  ", where + (COLON[lang] if where else "") + problem.message, width)


def _shown_table(policy: Policy) -> DecisionTable | None:
    """The one table with a column of its own: the first that names a post, for who is in charge comes first."""
    naming_posts = (
        t for t in policy.tables.values() if policy.posts and t.outcomes.keys() <= policy.posts.keys()
    )
    return next(naming_posts, next(iter(policy.tables.values()), None))


def hanging(indent: str, said: str, width: int) -> list[str]:
    """``said`` wrapped after ``indent``, further lines two columns deeper."""
    lines = wrap(said, width - len(indent) - 2)
    return [indent + lines[0], *(" " * (len(indent) + 2) + line for line in lines[1:])]


def closing_line(run: Run, tally: Tally, lang: Lang) -> str:
    """How much was read, what came of it, and which channels computed it."""
    counts = COMMA[lang].join(
        text(
            "report.count",
            lang,
            name=verdict_word(run.program.policy, name, lang),
            n=tally.classifications[name],
        )
        for name in verdicts(run)
    )
    if run.left_out is not None:
        return text(
            "publish.closing",
            lang,
            units=tally.units,
            counts=counts,
            withheld=tally.withheld,
            engine=text(f"engine.{run.engine}", lang),
        )
    said = text(
        "report.closing",
        lang,
        units=tally.units,
        cells=run.cells_unread,
        counts=counts,
        engine=text(f"engine.{run.engine}", lang),
    )
    return said if run.ledger is None else said + text("report.ledger", lang, head=run.ledger)
