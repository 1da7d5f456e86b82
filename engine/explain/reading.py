"""Conditions read as sentences: what is tested, in the words of the office, in Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from engine.language import free_names, substitute, to_text
from engine.language.syntax import (
    And,
    Arithmetic,
    Between,
    Call,
    Compare,
    Expr,
    Filter,
    In,
    Literal,
    Name,
    Not,
    OperatorTest,
    Or,
    Path,
    RangeOf,
)
from engine.language.values import Value, YearsMonths
from engine.messages import Lang, text
from engine.project.policy import (
    AS_OF,
    UNIT_KIND,
    All,
    AnyOf,
    AtLeast,
    Condition,
    Fact,
    FindingRef,
    Leaf,
    NoneOf,
    Policy,
    Reading,
)
from engine.wording.words import COMMA, date_words, duration_words, parameter_words, value_words

_COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "=": "eq", "!=": "ne"}


class Reader:
    """Reads the conditions of one policy aloud. ``parameters``: values to say beside their names, if fixed."""

    def __init__(self, policy: Policy, lang: Lang, parameters: Mapping[str, Value] | None = None) -> None:
        self._policy = policy
        self._lang: Lang = lang
        self._parameters = parameters or {}

    def heading(self, condition: Condition) -> str:
        """A group's heading, a test's sentence, or the name of another rule."""
        lang = self._lang
        match condition:
            case Leaf():
                return self.test(condition.expression)
            case FindingRef():
                return self._policy.rules[condition.id].name[lang]
            case All():
                return text("reading.all", lang)
            case AnyOf(items=()):
                return text("reading.not-in-force", lang)
            case AnyOf():
                return text("reading.any", lang)
            case NoneOf():
                return text("reading.none", lang)
            case AtLeast():
                return text("reading.at-least", lang, need=self._amount(condition.need))
            case Reading():
                value = self._parameters.get(condition.parameter)
                name = self._policy.parameters[condition.parameter].name[lang]
                key = {"any": "reading.reading-any", "all": "reading.reading-all"}.get(
                    str(value), "reading.reading"
                )
                return text(key, lang, name=name)

    def row_test(self, expression: Expr, register: str) -> str:
        """The sentence of a test over the columns of a register."""
        return self._sentence(expression, self._policy.registers[register].columns)

    def test(self, expression: Expr) -> str:
        """The sentence for a boolean expression."""
        return self._sentence(expression, {})

    # ------------------------------------------------------------------------------------- sentences

    def _sentence(self, expression: Expr, columns: Mapping[str, Fact]) -> str:
        lang = self._lang
        match expression:
            case Name():
                return self._equals(expression, True, columns, "eq")
            case And():
                window = self._within(expression, columns)
                if window is not None:
                    return window
                return text("reading.and", lang).join(self._part(item, columns) for item in expression.items)
            case Or():
                choices = _choices(expression)
                if choices is not None:
                    return self._one_of(*choices, columns)
                return text("reading.or", lang).join(self._part(item, columns) for item in expression.items)
            case Not():
                return text("reading.not", lang, what=self._sentence(expression.operand, columns))
            case Compare():
                return self._comparison(expression, columns)
            case Between():
                return self._range(expression.operand, expression.low, expression.high, "[]", columns)
            case In():
                return self._in(expression, columns)
        return self._feel(expression, columns)

    def _part(self, expression: Expr, columns: Mapping[str, Fact]) -> str:
        """An item of a conjunction or disjunction; one that is itself compound is bracketed."""
        said = self._sentence(expression, columns)
        simple = not isinstance(expression, And | Or) or (
            isinstance(expression, And) and self._within(expression, columns) is not None
        )
        if simple or (isinstance(expression, Or) and _choices(expression) is not None):
            return said
        return text("reading.bracketed", self._lang, what=said)

    def _comparison(self, test: Compare, columns: Mapping[str, Fact]) -> str:
        ago = self._longer_ago(test, columns)
        if ago is not None:
            return ago
        counted = self._count(test, columns)
        if counted is not None:
            return counted
        operator = _COMPARISONS[test.operator]
        if isinstance(test.right, Literal) and operator in ("eq", "ne"):
            return self._equals(test.left, test.right.value, columns, operator)
        subject = self._term(test.left, columns)
        return self._compared(
            operator, subject, self._term(test.right, columns, self._fact(test.left, columns))
        )

    def _compared(self, operator: str, subject: str, value: str) -> str:
        return text(f"reading.{operator}", self._lang, subject=subject, value=value)

    def _equals(self, subject: Expr, value: Value, columns: Mapping[str, Fact], operator: str) -> str:
        shown = self._value(subject, value, columns)
        if isinstance(value, bool):
            said = value if operator == "eq" else not value
            shown = text("word.yes" if said else "word.no", self._lang)
            return text("reading.is-so", self._lang, subject=self._term(subject, columns), value=shown)
        return self._compared(operator, self._subject(subject, columns), shown)

    def _subject(self, subject: Expr, columns: Mapping[str, Fact]) -> str:
        """What is compared with given values: of a parameter only its name, for its value is what is asked."""
        if isinstance(subject, Name) and subject.name in self._policy.parameters:
            name = self._policy.parameters[subject.name].name[self._lang]
            return text("reading.parameter", self._lang, name=name)
        return self._term(subject, columns)

    def _one_of(self, subject: Expr, values: list[Value], columns: Mapping[str, Fact]) -> str:
        shown = [self._value(subject, value, columns) for value in values]
        key = "reading.one-of" if len(shown) > 1 else "reading.eq"
        joined = COMMA[self._lang].join(shown)
        return text(key, self._lang, subject=self._subject(subject, columns), values=joined, value=joined)

    def _in(self, test: In, columns: Mapping[str, Fact]) -> str:
        if all(isinstance(item, Literal) for item in test.tests):
            values = [item.value for item in test.tests if isinstance(item, Literal)]
            return self._one_of(test.operand, values, columns)
        parts = []
        for item in test.tests:
            if isinstance(item, RangeOf):
                ends = ("[" if item.low_closed else "(") + ("]" if item.high_closed else ")")
                parts.append(self._range(test.operand, item.low, item.high, ends, columns))
            elif isinstance(item, OperatorTest):
                parts.append(self._comparison(Compare(item.operator, test.operand, item.operand), columns))
            else:
                return self._feel(test, columns)
        return text("reading.or", self._lang).join(parts)

    def _range(self, subject: Expr, low: Expr, high: Expr, ends: str, columns: Mapping[str, Fact]) -> str:
        fact = self._fact(subject, columns)
        said = [
            self._compared("ge" if ends[0] == "[" else "gt", "", self._term(low, columns, fact)).strip(),
            self._compared("le" if ends[1] == "]" else "lt", "", self._term(high, columns, fact)).strip(),
        ]
        joined = text("reading.and", self._lang).join(said)
        return text("reading.range", self._lang, subject=self._term(subject, columns), tests=joined)

    # ------------------------------------------------------------------------------- windows of time

    def _within(self, test: And, columns: Mapping[str, Fact]) -> str | None:
        """``d >= as_of - P and d <= as_of`` is `within P`."""
        if len(test.items) != 2:
            return None
        from_, until = test.items
        if not (isinstance(from_, Compare) and isinstance(until, Compare)):
            return None
        period = _before_as_of(from_.right)
        if period is None or from_.operator not in (">", ">=") or from_.left != until.left:
            return None
        if until.operator != "<=" or until.right != Name(AS_OF):
            return None
        subject = self._term(from_.left, columns)
        return text("reading.within", self._lang, subject=subject, period=self._term(period, columns))

    def _longer_ago(self, test: Compare, columns: Mapping[str, Fact]) -> str | None:
        period = _before_as_of(test.right)
        if period is None or test.operator not in ("<", "<="):
            return None
        subject, said = self._term(test.left, columns), self._term(period, columns)
        return text("reading.longer-ago", self._lang, subject=subject, period=said)

    # ------------------------------------------------------------------------------------- registers

    def _count(self, test: Compare, columns: Mapping[str, Fact]) -> str | None:
        """``count(register[…]) >= n``"""
        counted = test.left
        if not isinstance(counted, Call) or counted.function != "count" or len(counted.arguments) != 1:
            return None
        rows = counted.arguments[0]
        register = rows.source if isinstance(rows, Filter) else rows
        if not isinstance(register, Name) or register.name not in self._policy.registers:
            return None
        noun = self._policy.registers[register.name]
        bound = self._bound(test)
        if not isinstance(rows, Filter):
            return text("reading.count", self._lang, register=noun.name[self._lang], bound=bound)
        where = self._sentence(rows.predicate, noun.columns)
        return text(
            "reading.count-where", self._lang, register=noun.name[self._lang], bound=bound, where=where
        )

    def _bound(self, test: Compare) -> str:
        """`at least 3 rows`; a parameter's name follows its value, for the rows have a word of their own."""
        key, lang = f"reading.count-{_COMPARISONS[test.operator]}", self._lang
        if isinstance(test.right, Name) and test.right.name in self._parameters:
            amount = value_words(self._parameters[test.right.name], lang)
            name = self._policy.parameters[test.right.name].name[lang]
            return text("reading.bound-by", lang, bound=text(key, lang, n=amount), name=name)
        return text(key, lang, n=self._amount(test.right))

    # ----------------------------------------------------------------------------------------- terms

    def _amount(self, expression: Expr) -> str:
        """A number without its unit: the sentence has a word of its own for what is counted."""
        if isinstance(expression, Literal):
            return value_words(expression.value, self._lang)
        return self._term(expression, {})

    def _term(self, expression: Expr, columns: Mapping[str, Fact], like: Fact | None = None) -> str:
        if isinstance(expression, Name):
            return self._name(expression.name, columns)
        if isinstance(expression, Literal):
            if isinstance(expression.value, YearsMonths | timedelta):
                return duration_words(expression.value, self._lang)
            if hasattr(expression.value, "isoformat"):
                return date_words(expression.value, self._lang)  # type: ignore[arg-type]
            return value_words(expression.value, self._lang, like)
        if isinstance(expression, Path) and isinstance(expression.source, Name):
            register = self._policy.registers.get(expression.source.name)
            if register is not None and expression.name in register.columns:
                name = register.columns[expression.name].name[self._lang]
                return text("reading.of", self._lang, whole=register.name[self._lang], part=name)
        return self._feel(expression, columns)

    def _name(self, id_: str, columns: Mapping[str, Fact]) -> str:
        lang = self._lang
        if id_ in columns:
            return columns[id_].name[lang]
        if id_ == AS_OF:
            return text("reading.as-of", lang)
        if id_ == UNIT_KIND:
            return text("report.unit-kind", lang)
        if id_ in self._policy.parameters:
            parameter = self._policy.parameters[id_]
            if id_ not in self._parameters:
                return text("reading.parameter", lang, name=parameter.name[lang])
            value = parameter_words(self._policy, id_, self._parameters[id_], lang)
            return text("reading.parameter-value", lang, name=parameter.name[lang], value=value)
        for group in (
            self._policy.facts,
            self._policy.registers,
            self._policy.compared,
            self._policy.derived,
        ):
            if id_ in group:
                return group[id_].name[lang]
        return id_

    def _value(self, subject: Expr, value: Value, columns: Mapping[str, Fact]) -> str:
        """A value that ``subject`` is compared with, in the words of that fact."""
        if isinstance(subject, Name) and subject.name == UNIT_KIND and value in self._policy.kinds:
            return self._policy.kinds[str(value)].name[self._lang]
        if isinstance(subject, Name) and subject.name in self._policy.parameters:
            return parameter_words(self._policy, subject.name, value, self._lang)
        return value_words(value, self._lang, self._fact(subject, columns))

    def _fact(self, subject: Expr, columns: Mapping[str, Fact]) -> Fact | None:
        if not isinstance(subject, Name):
            return None
        return columns.get(subject.name) or self._policy.facts.get(subject.name)

    def _feel(self, expression: Expr, columns: Mapping[str, Fact]) -> str:
        names = {id_: Name(self._name(id_, columns)) for id_ in (*free_names(expression), *columns)}
        return to_text(substitute(expression, names))


def _before_as_of(expression: Expr) -> Expr | None:
    """P of ``as_of - P``."""
    if isinstance(expression, Arithmetic) and expression.operator == "-" and expression.left == Name(AS_OF):
        return expression.right
    return None


def _choices(test: Or) -> tuple[Expr, list[Value]] | None:
    """``x = a or x = b`` → x and its values."""
    subject: Expr | None = None
    values: list[Value] = []
    for item in _flat(test):
        if not isinstance(item, Compare) or item.operator != "=" or not isinstance(item.right, Literal):
            return None
        if subject is not None and item.left != subject:
            return None
        subject = item.left
        values.append(item.right.value)
    return (subject, values) if subject is not None else None


def _flat(test: Or) -> list[Expr]:
    return [part for item in test.items for part in (_flat(item) if isinstance(item, Or) else [item])]
