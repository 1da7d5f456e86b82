"""Values as tokens for programs and as words for people. The same value always gives the same text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from engine.inference.evaluation import base_name
from engine.inference.network import Choice, HitPolicyBroken, Truth, Undecided
from engine.language.values import Unknown, Value, YearsMonths
from engine.messages import Lang, known, text
from engine.project.policy import UNIT_KIND, Fact, Policy

#: Between the items of a list, and between a name and what is said about it.
COMMA: Mapping[str, str] = {"zh": "、", "en": ", "}
COLON: Mapping[str, str] = {"zh": "：", "en": ": "}
SEMICOLON: Mapping[str, str] = {"zh": "；", "en": "; "}


def truth_token(truth: Truth) -> str:
    """``true``, ``false`` or ``unknown``."""
    return "unknown" if truth is None else "true" if truth is True else "false"


def truth_word(truth: Truth, lang: Lang) -> str:
    """The truth of a finding as a person says it."""
    return text(f"truth.{truth_token(truth)}", lang)


def choice_value(choice: Choice) -> object:
    """A table's choice for programs: outcome id, list of ids, ``unknown``, or None where nothing applies."""
    if isinstance(choice, Undecided | HitPolicyBroken):
        return "unknown"
    return list(choice) if isinstance(choice, tuple) else choice


def choice_words(choice: Choice, outcomes: Mapping[str, object], lang: Lang) -> str:
    """A table's choice for people, with the outcomes' names in ``lang``."""
    if isinstance(choice, Undecided | HitPolicyBroken):
        return text("truth.unknown", lang)
    chosen = choice if isinstance(choice, tuple) else () if choice is None else (choice,)
    names = [_named(outcomes.get(outcome), outcome, lang) for outcome in chosen]
    return COMMA[lang].join(names) or text("report.none", lang)


def _named(name: object, outcome: str, lang: Lang) -> str:
    return str(name[lang]) if hasattr(name, "__getitem__") else outcome


def plain(value: object) -> object:
    """A value as JSON has it: numbers exact, dates and durations as ISO 8601 texts."""
    if isinstance(value, bool | str | int | Decimal) or value is None:
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, YearsMonths):
        return str(value)
    if isinstance(value, timedelta):
        return f"P{value.days}D"
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return str(value)


def number_text(number: Decimal) -> str:
    """The shortest exact decimal notation: ``3``, ``0.25``, never ``3E+2``."""
    shown = format(number, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def duration_words(duration: YearsMonths | timedelta, lang: Lang) -> str:
    """``12个月`` / ``12 months``; whole years as years from two years on."""
    if isinstance(duration, timedelta):
        return text("duration.day" if duration.days == 1 else "duration.days", lang, n=duration.days)
    months = duration.months
    if months % 12 == 0 and months >= 24:
        return text("duration.years", lang, n=months // 12)
    return text("duration.month" if months == 1 else "duration.months", lang, n=months)


def value_words(value: Value, lang: Lang, fact: Fact | None = None) -> str:
    """A value as a person writes it, choices in ``lang``, with the fact's unit if it has one."""
    if value is True or value is False:
        return text("word.yes" if value else "word.no", lang)
    if isinstance(value, Decimal):
        unit = fact.unit if fact is not None else None
        return number_text(value) + (f" {unit}" if unit and lang == "en" else unit or "")
    if isinstance(value, YearsMonths | timedelta):
        return duration_words(value, lang)
    if isinstance(value, date):
        return date_words(value, lang)
    if isinstance(value, Unknown):
        return text("truth.unknown", lang)
    if isinstance(value, tuple):
        return text("report.rows", lang, n=len(value))
    if fact is not None and lang == "en":
        for choice in fact.choices:
            if choice.value == value:
                return choice.en
    return "" if value is None else str(value)


def date_words(day: date, lang: Lang) -> str:
    """``2018年7月25日`` / ``2018-07-25``."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()


def fact_name(policy: Policy, fact: str, lang: Lang) -> str:
    """A fact's name in ``lang``; a register's cell as ``register, row 2, column``."""
    base = base_name(fact)
    if base == UNIT_KIND:
        return text("report.unit-kind", lang)
    if base in policy.registers and fact != base:
        register = policy.registers[base]
        row, _, column = fact[len(base) + 1 :].partition("].")
        name = register.columns[column].name[lang] if column in register.columns else column
        return text("report.cell", lang, register=register.name[lang], row=row, column=name)
    for group in (policy.facts, policy.registers, policy.compared, policy.derived, policy.parameters):
        if base in group:
            return group[base].name[lang]
    return fact


def supplier_of(policy: Policy, fact: str) -> str | None:
    """The office that fills a fact, register or cell in; None if the vocabulary names none."""
    base = base_name(fact)
    if base in policy.registers:
        register = policy.registers[base]
        column = register.columns.get(fact.partition("].")[2])
        return (column.supplier if column is not None else None) or register.supplier
    return policy.facts[base].supplier if base in policy.facts else None


def parameter_words(policy: Policy, id_: str, value: Value, lang: Lang) -> str:
    """A parameter's value with its unit, choices and readings in words."""
    parameter = policy.parameters[id_]
    if parameter.type == "reading":
        return text(f"report.reading-{value}", lang)
    for choice in parameter.choices:
        if choice.value == value and lang == "en":
            return choice.en
    said = value_words(value, lang)
    if parameter.unit and not isinstance(value, bool | str):
        return said + (" " if lang == "en" else "") + parameter.unit
    return said


def office_name(policy: Policy, supplier: str, lang: Lang) -> str:
    """Who supplied a value: an office's name in ``lang``, anyone else as written."""
    return policy.offices[supplier].name[lang] if supplier in policy.offices else supplier


def short_digest(policy: Policy) -> str:
    """Enough of the digest to tell two versions of a policy apart on paper."""
    return policy.digest.removeprefix("sha256:")[:12]


def verdict_word(policy: Policy, classification: str, lang: Lang) -> str:
    """The verdict as the plan calls it: by the name of its rule `weak`."""
    name = policy.rules["weak"].name[lang]
    return text(f"verdict.{classification}", lang, weak=name[:1].lower() + name[1:])


def rule_name(policy: Policy, rule: str, lang: Lang) -> str:
    """The name of a rule, table or category in ``lang``."""
    if rule in policy.rules:
        return policy.rules[rule].name[lang]
    return policy.tables[rule].name[lang] if rule in policy.tables else rule


def message(key: str, params: Mapping[str, object], lang: Lang) -> str:
    """A message of the table with values in their usual notation. A key without a text is shown as it is."""
    if not known(key):
        return key
    shown = {
        name: value_words(value, lang) if isinstance(value, date | Decimal) else value
        for name, value in params.items()
    }
    return text(key, lang, **shown)
