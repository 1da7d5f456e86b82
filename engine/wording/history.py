"""What was in force when, in words: versions of rules, and dated values of parameters."""

from __future__ import annotations

from datetime import date

from engine.messages import Lang, text
from engine.project.duty import Measure
from engine.project.policy import NOT_IN_FORCE, DatedValue, Parameter, Rule, RuleVersion, TableRow
from engine.wording.words import date_words


def version_words(version: RuleVersion, lang: Lang) -> str:
    """Since when a version of a rule is in force, or that it is not, with the reason of the change."""
    if version.start is None:
        key = "history.adopted" if version.when is not None else "history.not-yet"
        return text(key, lang)
    key = "history.repealed" if version.when is None else "history.since"
    said = text(key, lang, day=date_words(version.start, lang))
    if version.reason is not None:
        said = text("history.amended", lang, said=said, clause=version.clause, reason=version.reason[lang])
    return said + _retroactive(version, lang)


def version_line(rule: Rule | Measure, lang: Lang) -> str | None:
    """The version of a rule that a program at a date uses, and the next change; None for one that was never amended."""
    if rule.version is None:
        return None
    place = rule.versions.index(rule.version)
    following = rule.versions[place + 1] if place + 1 < len(rule.versions) else None
    return version_words(rule.version, lang) + _next(None if following is None else following.start, lang)


def value_line(parameter: Parameter, as_of: date, lang: Lang) -> str:
    """What else is to say of the value in force: its own reason, that it reaches back, and the next change; or nothing."""
    dated = parameter.in_force(as_of)
    if dated is None:
        return ""
    following = next((value.start for value in parameter.values if value.start > as_of), None)
    said = ""
    if dated.reason is not None:
        said = text("history.reason", lang, reason=dated.reason[lang])
    return said + _retroactive(dated, lang) + _next(following, lang)


def row_words(said: str, row: TableRow, lang: Lang) -> str:
    """What names a row of a decision table, with the days between which it is in force, if it has any."""
    if row.start is not None:
        said = text("history.row-from", lang, said=said, day=date_words(row.start, lang))
    if row.end is not None:
        said = text("history.row-until", lang, said=said, day=date_words(row.end, lang))
    return text("history.row-now-not", lang, said=said) if row.when == NOT_IN_FORCE else said


def _retroactive(dated: RuleVersion | DatedValue, lang: Lang) -> str:
    if not dated.retroactive or dated.made is None:
        return ""
    return text("history.retroactive", lang, made=date_words(dated.made, lang))


def _next(day: date | None, lang: Lang) -> str:
    return "" if day is None else text("history.next", lang, day=date_words(day, lang))
