"""How a unit stands among others, in words: ``rank 14 of 15, ties counted: 2 units share the place, last``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.facts.standing import Span, Standing
from engine.language.arithmetic import NUMBERS
from engine.language.syntax import Name
from engine.language.values import Value
from engine.messages import Lang, text
from engine.project.comparison import Comparison, Quota, Rank, Share
from engine.project.policy import UNIT_KIND, Fact, Policy
from engine.wording.words import COMMA, SEMICOLON, fact_name, plain, value_words

#: Decimal places of a share in words; what is compared is the exact fraction.
_PLACES = Decimal("0.0001")


def standing_words(policy: Policy, comparison: Comparison, standing: Standing, lang: Lang) -> str:
    """The place, share or choice by itself."""
    if standing.given is not None:
        return text("compare.given", lang)
    if standing.compared is None:
        names = COMMA[lang].join(fact_name(policy, name, lang) for name in sorted(standing.needs))
        return text("compare.own-group", lang, facts=names)
    if not standing.compared:
        return text("compare.out", lang)
    counts, form = standing.counts, comparison.form
    if isinstance(form, Rank):
        said = [
            text("compare.place", lang, place=_span(counts["place"], lang), of=_span(counts["of"], lang)),
            _ties(counts["tied"], lang),
        ]
        if standing.truth is not False:
            said.append(text("compare.last" if standing.truth else "compare.perhaps-last", lang))
        return COMMA[lang].join(said) if lang == "en" else "，".join(said)
    if isinstance(form, Share):
        share = _parts(counts["low"], counts["high"], lang)
        return text(
            "compare.share",
            lang,
            count=_span(counts["count"], lang),
            of=_span(counts["of"], lang),
            share=share,
        )
    return text(
        "compare.quota",
        lang,
        of=_span(counts["of"], lang),
        seats=_span(counts["seats"], lang),
        ahead=_span(counts["ahead"], lang),
        end=text(f"compare.end-{form.end}", lang),
    )


def around_words(policy: Policy, comparison: Comparison, standing: Standing, lang: Lang) -> Iterator[str]:
    """With whom the unit was compared, its own number, and who leaves the outcome open."""
    if standing.given is not None or not standing.compared:
        return
    said = [group_words(policy, comparison, standing.group, lang)]
    if standing.own is not None:
        said.append(_own(policy, comparison, standing.own, lang))
    yield SEMICOLON[lang].join(said)
    if standing.waiting:
        units = [
            text("compare.waiting-unit", lang, unit=unit, facts=COMMA[lang].join(_names(policy, facts, lang)))
            for unit, facts in standing.examples
        ]
        if standing.waiting > len(units):
            units.append(text("compare.more", lang))
        yield text("compare.waiting", lang, n=standing.waiting, units=COMMA[lang].join(units))


def group_words(policy: Policy, comparison: Comparison, group: tuple[Value, ...], lang: Lang) -> str:
    """``compared among Kind of unit village, Region north``"""
    if not group:
        return text("compare.all", lang)
    said = []
    for name, value in zip(comparison.among, group, strict=True):
        shown = value_words(value, lang, policy.facts.get(name))
        if name == UNIT_KIND and value in policy.kinds:
            shown = policy.kinds[str(value)].name[lang]
        said.append(text("compare.same", lang, name=fact_name(policy, name, lang), value=shown))
    return text("compare.group", lang, group=COMMA[lang].join(said))


def standing_object(comparison: Comparison, standing: Standing) -> dict[str, object]:
    """A standing for programs. Counts are numbers, or ``[lowest, highest]`` where they are not known."""
    if standing.given is not None:
        return {"given": {name: plain(value) for name, value in standing.given.items()}}
    found: dict[str, object] = {"compared": standing.compared}
    if standing.compared is not False:
        found["among"] = {
            name: plain(value) for name, value in zip(comparison.among, standing.group, strict=True)
        }
    for name, (low, high) in standing.counts.items():
        if name not in ("low", "high"):
            found[name] = low if low == high else [low, high]
    if isinstance(comparison.form, Share) and standing.counts:
        found["share"] = ["/".join(map(str, standing.counts[end])) for end in ("low", "high")]
    elif standing.counts:
        found["chosen" if isinstance(comparison.form, Quota) else "last"] = standing.truth
    if standing.own is not None:
        low_end, high_end = standing.own
        found["value"] = plain(low_end) if low_end == high_end else [plain(low_end), plain(high_end)]
    if standing.waiting:
        found["waiting_for"] = standing.waiting
        found["for_example"] = {unit: list(facts) for unit, facts in standing.examples}
    return found


def _names(policy: Policy, facts: tuple[str, ...], lang: Lang) -> Iterator[str]:
    yield from (fact_name(policy, fact, lang) for fact in facts)


def _span(span: Span, lang: Lang) -> str:
    low, high = span
    return str(low) if low == high else text("compare.range", lang, low=low, high=high)


def _ties(span: Span, lang: Lang) -> str:
    if span == (1, 1):
        return text("compare.no-ties", lang)
    key = "compare.ties" if span[0] == span[1] else "compare.ties-open"
    return text(key, lang, tied=_span(span, lang))


def _parts(low: Span, high: Span, lang: Lang) -> str:
    one, other = (_percent(span) for span in (low, high))
    return one if one == other else text("compare.range", lang, low=one, high=other)


def _percent(span: Span) -> str:
    part = NUMBERS.divide(Decimal(span[0]), Decimal(span[1]))
    return value_words(part.quantize(_PLACES).scaleb(2), "en") + "%"


def _own(
    policy: Policy, comparison: Comparison, own: tuple[Decimal | None, Decimal | None], lang: Lang
) -> str:
    low, high = own
    if low is None and high is None:
        return text("compare.own-open", lang)
    fact = _ranked_by(policy, comparison)
    shown = [
        text("compare.open-end", lang) if end is None else value_words(end, lang, fact) for end in (low, high)
    ]
    if low == high:
        return text("compare.own", lang, value=shown[0])
    return text("compare.own-range", lang, low=shown[0], high=shown[1])


def _ranked_by(policy: Policy, comparison: Comparison) -> Fact | None:
    """The fact that a ranking is by, for its unit of measure; None if it is by something computed."""
    form = comparison.form
    if isinstance(form, Quota):
        form = policy.comparisons[form.rank].form
    if isinstance(form, Rank) and isinstance(form.value, Name):
        return policy.facts.get(form.value.name)
    return None
