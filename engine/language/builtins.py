"""The built-in functions (DMN 1.5, 10.3.4), over values that may be unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from engine.language.arithmetic import NUMBERS, absolute, finite
from engine.language.calendar import whole_months
from engine.language.kleene import union
from engine.language.limits import MAX_EXPONENT
from engine.language.lists import count, extreme, mean, total
from engine.language.temporal import make_date, parse_date, parse_duration
from engine.language.values import Interval, Unknown, Value, YearsMonths

Body = Callable[..., Value]


@dataclass(frozen=True)
class Function:
    """A built-in: its parameter names (one tuple for each way to call it) and what it computes."""

    forms: tuple[tuple[str, ...], ...]
    body: Body
    #: Takes any number of arguments in place of one list.
    variadic: bool = False

    def accepts(self, count: int) -> bool:
        """Whether it can be called with ``count`` arguments."""
        return any(len(form) == count for form in self.forms) or (self.variadic and count > 0)

    def counts(self) -> str:
        """The numbers of arguments that it accepts, as a person writes them: `1`, `1/3`, `1…`."""
        return "/".join(sorted({str(len(form)) for form in self.forms})) + ("…" if self.variadic else "")


def _known(body: Body) -> Body:
    """A function of which the result is unknown as soon as an argument is."""

    def applied(*arguments: Value) -> Value:
        for argument in arguments:
            if isinstance(argument, Unknown):
                return union(*arguments)
        return body(*arguments)

    return applied


def _rounded(mode: str) -> Body:
    def apply(number: Value, scale: Value = Decimal(0)) -> Value:
        if isinstance(number, Interval) and isinstance(scale, Decimal):
            low = None if number.low is None else apply(number.low, scale)
            high = None if number.high is None else apply(number.high, scale)
            if isinstance(low, Decimal | None) and isinstance(high, Decimal | None) and _usable(scale):
                return Interval(low, high, number.facts)
        if isinstance(number, Unknown) or isinstance(scale, Unknown):
            return union(number, scale)
        if not isinstance(number, Decimal) or not isinstance(scale, Decimal) or not _usable(scale):
            return None
        exponent = number.as_tuple().exponent
        places = int(scale)
        if not isinstance(exponent, int) or -exponent <= places:
            return number
        result = number.quantize(Decimal(1).scaleb(-places, NUMBERS), mode, NUMBERS)
        return finite(result)

    return apply


def _usable(scale: Decimal) -> bool:
    """decimal128 has no digits beyond these places. A fraction of a place is dropped."""
    return -MAX_EXPONENT <= scale <= MAX_EXPONENT


@_known
def _date(*arguments: Value) -> Value:
    if len(arguments) == 1:
        (start,) = arguments
        return parse_date(start) if isinstance(start, str) else start if isinstance(start, date) else None
    numbers = [
        a for a in arguments if isinstance(a, Decimal) and a == a.to_integral_value() and abs(a) < 10_000
    ]
    return make_date(*map(int, numbers)) if len(numbers) == 3 else None


@_known
def _duration(text: Value) -> Value:
    return parse_duration(text) if isinstance(text, str) else None


@_known
def _months_between(start: Value, end: Value) -> Value:
    both = isinstance(start, date) and isinstance(end, date)
    return YearsMonths(whole_months(start, end)) if both else None  # type: ignore[arg-type]


def _on_strings(test: Callable[[str, str], bool]) -> Body:
    def apply(text: Value, part: Value) -> Value:
        return test(text, part) if isinstance(text, str) and isinstance(part, str) else None

    return _known(apply)


@_known
def _string_length(text: Value) -> Value:
    return Decimal(len(text)) if isinstance(text, str) else None


def _is_defined(value: Value) -> Value:
    """The one function that looks at knowledge instead of at the value: null is defined, unknown is not."""
    return not isinstance(value, Unknown)


FUNCTIONS: dict[str, Function] = {
    "abs": Function((("n",),), absolute),
    "ceiling": Function((("n",), ("n", "scale")), _rounded(ROUND_CEILING)),
    "contains": Function((("string", "match"),), _on_strings(lambda text, part: part in text)),
    "count": Function((("list",),), count, variadic=True),
    "date": Function((("from",), ("year", "month", "day")), _date),
    "decimal": Function((("n", "scale"),), _rounded(ROUND_HALF_EVEN)),
    "duration": Function((("from",),), _duration),
    "ends with": Function((("string", "match"),), _on_strings(str.endswith)),
    "floor": Function((("n",), ("n", "scale")), _rounded(ROUND_FLOOR)),
    "is defined": Function((("value",),), _is_defined),
    "max": Function((("list",),), extreme(max), variadic=True),
    "mean": Function((("list",),), mean, variadic=True),
    "min": Function((("list",),), extreme(min), variadic=True),
    "starts with": Function((("string", "match"),), _on_strings(str.startswith)),
    "string length": Function((("string",),), _string_length),
    "sum": Function((("list",),), total, variadic=True),
    "years and months duration": Function((("from", "to"),), _months_between),
}
