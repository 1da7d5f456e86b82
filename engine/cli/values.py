"""Values given on the command line: dates, and parameters as ``name=value``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import click

from engine.cli import exits
from engine.language.values import Value
from engine.messages import Lang, text
from engine.nearest import nearest

if TYPE_CHECKING:
    from engine.project.policy import Parameter, Policy

# Generic for type checkers of click 8.2 and later only.
if TYPE_CHECKING:
    _DateType = click.ParamType[date]
else:
    _DateType = click.ParamType

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TRUTHS = {"true": True, "是": True, "false": False, "否": False}


class AsOf(_DateType):
    """A date as ``2018-12-31`` and in no other form; one that does not exist is refused."""

    name = "date"

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The form."""
        return text("metavar.date", self._lang)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date; click reports anything else with the right form."""
        if isinstance(value, date):
            return value
        found = _ISO_DATE.fullmatch(value)
        if found is None:
            self.fail(text("cli.date-form", self._lang, found=value), param, ctx)
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            self.fail(text("cli.no-such-date", self._lang, found=value), param, ctx)


def as_of_option(lang: Lang) -> click.Option:
    """``--as-of``, required wherever a date matters: nothing here ever reads the clock."""
    return click.Option(["--as-of"], type=AsOf(lang), required=True, help=text("option.as-of", lang))


def parameter_values(policy: Policy, given: Sequence[str], lang: Lang) -> Mapping[str, Value]:
    """``name=value`` texts as parameter id → value. Raises CommandErrors for each wrong name, form or value."""

    def read(item: str) -> tuple[str, Value]:
        name, equals, value = item.partition("=")
        if not equals:
            raise exits.CommandError("cli.param-form", "cli.param-form-help", found=item)
        parameter = find_parameter(policy, name.strip())
        return parameter.id, parameter_value(parameter, value.strip(), lang)

    return dict(exits.every(read, given))


def find_parameter(policy: Policy, name: str) -> Parameter:
    """The parameter of that id or name. Raises CommandError with the nearest one."""
    for parameter in policy.parameters.values():
        if name in (parameter.id, parameter.name.zh, parameter.name.en):
            return parameter
    known = [n for p in policy.parameters.values() for n in (p.id, p.name.zh, p.name.en)]
    guess = nearest(name, known)
    if guess is not None:
        raise exits.CommandError("cli.no-such-parameter-near", found=name, nearest=guess)
    raise exits.CommandError("cli.no-such-parameter", found=name)


def parameter_value(parameter: Parameter, written: str, lang: Lang) -> Value:
    """The value that ``written`` names for the parameter's type. Raises CommandError if it names none."""
    value = _read(parameter, written)
    if value is None:
        expected = text(f"type.{parameter.type}", lang)
        if parameter.choices:
            expected = ", ".join(f"`{choice.value}`" for choice in parameter.choices)
        raise exits.CommandError("cli.param-value", name=parameter.id, found=written, expected=expected)
    return value


def _read(parameter: Parameter, written: str) -> Value:
    kind = parameter.type
    if kind in ("number", "integer"):
        return _number(written, whole=kind == "integer")
    if kind == "boolean":
        return _TRUTHS.get(written.lower())
    if kind == "duration":
        return _duration(written)
    if kind == "date":
        found = _ISO_DATE.fullmatch(written)
        try:
            return date(int(found[1]), int(found[2]), int(found[3])) if found else None
        except ValueError:
            return None
    if kind == "reading":
        return written if written in ("any", "all") else None
    if parameter.choices:
        return next((c.value for c in parameter.choices if written in (c.value, c.en)), None)
    return written or None


def _number(written: str, *, whole: bool) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    if not number.is_finite() or (whole and number != number.to_integral_value()):
        return None
    return number


def _duration(written: str) -> Value | timedelta:
    from engine.project.durations import parse_duration

    return parse_duration(written)
