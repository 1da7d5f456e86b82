"""What stands above every explanation: the unit, the date, the policy with its digest, the channels, the outcome."""

from __future__ import annotations

from collections.abc import Iterator

from engine.explain.derivation import DerivationNode, DerivationTree, TableDerivation
from engine.inference.evaluation import Evaluation
from engine.messages import Lang, text
from engine.wording.columns import wrap
from engine.wording.words import date_words, parameter_words, short_digest, verdict_word


def head_lines(evaluation: Evaluation, lang: Lang, width: int) -> Iterator[str]:
    """Unit, date, policy and channels, wrapped to ``width`` columns."""
    for said in head_sentences(evaluation, lang):
        yield from wrap(said, width)


def head_sentences(evaluation: Evaluation, lang: Lang) -> tuple[str, str]:
    """The unit with its kind and the date; the policy with its digest and what the channels said."""
    program = evaluation.program
    kind = evaluation.kind
    kinds = program.policy.kinds
    unit = text(
        "explain.unit",
        lang,
        name=evaluation.sheet.name,
        id=evaluation.sheet.unit,
        kind=kinds[kind].name[lang] if kind is not None and kind in kinds else text("truth.unknown", lang),
        as_of=date_words(program.as_of, lang),
    )
    run = text(
        "explain.run",
        lang,
        title=program.policy.title[lang],
        digest=short_digest(program.policy),
        engine=text(f"engine.{evaluation.engine}", lang),
    )
    return unit, run


def out_of_scope(evaluation: Evaluation, lang: Lang) -> str | None:
    """That the finding is no verdict, for a unit outside the plan's scope; None for the others."""
    if evaluation.classification != "out_of_scope":
        return None
    kind = evaluation.program.policy.kinds[str(evaluation.kind)].name[lang]
    return text("explain.out-of-scope", lang, kind=kind)


def picture_head(tree: DerivationTree, lang: Lang) -> tuple[str, ...]:
    """The head of a picture: it goes from hand to hand alone, so it also says what was assumed and what is left out."""
    evaluation = tree.evaluation
    program = evaluation.program
    found = [*head_sentences(evaluation, lang)]
    if tree.is_verdict:
        verdict = verdict_word(program.policy, evaluation.classification, lang)
        found.append(text("explain.verdict", lang, verdict=verdict))
        outside = out_of_scope(evaluation, lang)
        if outside is not None:
            found.append(outside)
    for id_ in sorted(program.overridden):
        value = parameter_words(program.policy, id_, program.parameters[id_], lang)
        name = program.policy.parameters[id_].name[lang]
        found.append(text("report.overridden", lang, name=name, value=value))
    if _in_part(tree):
        found.append(text("graph.in-part", lang))
    return tuple(found)


def _in_part(tree: DerivationTree) -> bool:
    """Whether branches of the derivation, or rows of its table, were left out."""
    root = tree.root
    if isinstance(root, TableDerivation):
        return len(root.rows) < len(root.outline.table.rows) or any(_cut(row) for row in root.rows)
    return _cut(root)


def _cut(node: DerivationNode) -> bool:
    return any(each.hidden for each in node.walk())
