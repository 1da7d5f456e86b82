"""The truth of an expression written out as Python source, for what is decided a great many times.

Says nothing of its own: a form that has a short way here is worked out as ``compiler`` does it, only without the nested
calls; any other form is left to the compiled function. Unknown and null are both written ``None``: for the truth of a
whole test they come to the same. A property test holds the two to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from engine.language import syntax
from engine.language.arithmetic import OPERATIONS
from engine.language.code import Code
from engine.language.compare import ORDERED, holds
from engine.language.compare import compare as compare_values
from engine.language.compiler import compiled
from engine.language.scope import Columns, free_names
from engine.language.values import Range, Unknown, Value

#: Deeper trees are not written out, for Python has limits of its own.
_DEPTH = 20
_PYTHON = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "=": "==", "!=": "!="}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_EQUALITY = ("=", "!=")

Run = Callable[[Mapping[str, Value]], Value]


class _Operand(NamedTuple):
    """A value as source. ``kind``: the type that it most likely has; ``atom``: it may be written twice."""

    source: str
    kind: type | None
    atom: bool
    constant: bool = False
    value: Value = None


class _NotWritten(Exception):
    """The form has no short way."""


class TruthWriter:
    """Writes truths as source over the local variables that ``names`` tells, and the constants in ``space``.

    ``constants`` and ``columns`` are those of ``compile``. ``kinds``: the type that a name's value most likely has;
    a wrong one costs time and changes nothing.
    """

    def __init__(
        self, constants: Mapping[str, Value], columns: Columns, kinds: Mapping[str, type], environment: str
    ) -> None:
        self._constants = constants
        self._columns = columns
        self._kinds = kinds
        self._environment = environment
        self._temporaries = 0
        #: Name → the local variable that has to hold its value.
        self.names: dict[str, str] = {}
        #: What the source refers to besides local variables.
        self.space: dict[str, Any] = {"U": Unknown, "far": _far, "far_in": _far_in, "known": _known}
        self._named: dict[Any, str] = {}

    def truth(self, expr: syntax.Expr, run: Run | None = None) -> str:
        """Source for the truth of ``expr``: True, False or None. ``run``: the expression compiled, if it is already."""
        if expr.depth <= _DEPTH:
            try:
                return self._written(expr)
            except _NotWritten:
                pass
        code = compiled(expr, self._constants, self._columns) if run is None else Code(run)
        if code.constant:
            return repr(_known(code.value))
        return f"known({self._held(code.run)}({self._environment}))"

    def _written(self, expr: syntax.Expr) -> str:
        """The short way of a form that has one."""
        match expr:
            case syntax.Name(name) if name not in self._constants:
                variable = self._variable(name)
                return f"({variable} if {variable} is True or {variable} is False else None)"
            case syntax.Compare(operator, left, right):
                return self._comparison(operator, self._operand(left), self._operand(right))
            case syntax.Between(syntax.Name() as operand, low, high):
                value = self._operand(operand)
                first = self._comparison(">=", value, self._operand(low))
                return self._joined([first, self._comparison("<=", value, self._operand(high))], False)
            case syntax.In(syntax.Name(name) as operand, tests) if name not in self._constants:
                parts = [self._test(operand, test) for test in tests]
                return parts[0] if len(parts) == 1 else self._joined(parts, True)
            case syntax.And(items):
                return self._joined([self.truth(item) for item in items], False)
            case syntax.Or(items):
                return self._joined([self.truth(item) for item in items], True)
            case syntax.Not(operand):
                name = self._temporary()
                return f"(None if ({name} := {self.truth(operand)}) is None else not {name})"
        raise _NotWritten

    def _joined(self, sources: list[str], decisive: bool) -> str:
        """``and`` or ``or``, which stops at a part that decides alone."""
        parts = [(self._temporary(), source) for source in sources]
        decided = " or ".join(f"({name} := {source}) is {decisive}" for name, source in parts)
        unknown = " or ".join(f"{name} is None" for name, _ in parts)
        return f"({decisive} if {decided} else None if {unknown} else {not decisive})"

    # -------------------------------------------------------------------------------------------- comparisons

    def _comparison(self, operator: str, left: _Operand, right: _Operand) -> str:
        if left.constant and right.constant:
            return repr(_known(compare_values(operator, left.value, right.value)))
        if left.constant:
            left, right, operator = right, left, _MIRRORED[operator]
        if right.constant:
            return self._with_constant(operator, left, right)
        far = f"far({operator!r}, {left.source}, {right.source})"
        kind = left.kind
        if kind is None or kind is not right.kind or not (left.atom and right.atom):
            return far
        if not _suits(kind, operator):
            return far
        same = f"type({left.source}) is {self._held(kind)} and type({right.source}) is {self._held(kind)}"
        return f"({left.source} {_PYTHON[operator]} {right.source} if {same} else {far})"

    def _with_constant(self, operator: str, left: _Operand, right: _Operand) -> str:
        kind = type(right.value)
        if not _suits(kind, operator):
            return f"far({operator!r}, {left.source}, {right.source})"
        name = left.source if left.atom else self._temporary()
        given = name if left.atom else f"{name} := {left.source}"
        plain = f"{name} {_PYTHON[operator]} {right.source}"
        if kind is bool:
            plain = name if (operator == "=") is right.value else f"not {name}"
        far = f"far({operator!r}, {name}, {right.source})"
        return f"({plain} if type({given}) is {self._held(kind)} else None if type({name}) is U else {far})"

    def _test(self, operand: syntax.Name, test: syntax.Expr) -> str:
        """One test of ``in``."""
        left = self._operand(operand)
        if isinstance(test, syntax.OperatorTest):
            return self._comparison(test.operator, left, self._operand(test.operand))
        fixed = self._operand(test)
        short = self._among(left.source, fixed.value) if fixed.constant else None
        if short is None:
            raise _NotWritten
        rest = f"far_in({left.source}, {fixed.source})"
        kind, plain = short
        return f"({plain} if type({left.source}) is {self._held(kind)} else {rest})"

    def _among(self, name: str, fixed: Value) -> tuple[type, str] | None:
        """The type of value for which Python decides membership, and how."""
        if isinstance(fixed, Range):
            kind = type(fixed.low)
            if kind is not type(fixed.high) or kind not in ORDERED:
                return None
            low, high = self._held(fixed.low), self._held(fixed.high)
            first, last = ("<=" if closed else "<" for closed in (fixed.low_closed, fixed.high_closed))
            return kind, f"{low} {first} {name} {last} {high}"
        values = fixed if isinstance(fixed, tuple) else (fixed,)
        kinds = {type(value) for value in values}
        if len(kinds) != 1 or not kinds <= {*ORDERED, bool}:
            return None
        return kinds.pop(), f"{name} in {self._held(frozenset(values))}"

    # ----------------------------------------------------------------------------------------------- operands

    def _operand(self, expr: syntax.Expr) -> _Operand:
        match expr:
            case syntax.Name(name) if name not in self._constants:
                return _Operand(self._variable(name), self._kinds.get(name), True)
            case syntax.Arithmetic(operator, left, right) if expr.depth <= _DEPTH:
                return self._arithmetic(operator, self._operand(left), self._operand(right))
        # What goes through rows takes its time either way.
        if not free_names(expr, self._columns) <= self._constants.keys():
            raise _NotWritten
        return self._constant(compiled(expr, self._constants, self._columns).run({}))

    def _variable(self, name: str) -> str:
        return self.names.setdefault(name, f"v{len(self.names)}")

    def _constant(self, value: Value) -> _Operand:
        return _Operand(self._held(value), type(value), True, True, value)

    def _arithmetic(self, operator: str, left: _Operand, right: _Operand) -> _Operand:
        function = OPERATIONS[operator]
        if left.constant and right.constant:
            return self._constant(function(left.value, right.value))
        general = f"{self._held(function)}({left.source}, {right.source})"
        if operator == "-" and left.atom and right.atom and left.kind is date and right.kind is date:
            day = self._held(date)
            both = " and ".join(f"type({x.source}) is {day}" for x in (left, right) if not x.constant)
            return _Operand(f"({left.source} - {right.source} if {both} else {general})", None, False)
        return _Operand(general, None, False)

    def _temporary(self) -> str:
        self._temporaries += 1
        return f"x{self._temporaries}"

    def _held(self, value: Any) -> str:
        """The name under which ``space`` holds a value."""
        if not callable(value):
            return self._new(value)
        if value not in self._named:
            self._named[value] = self._new(value)
        return self._named[value]

    def _new(self, value: Any) -> str:
        name = f"c{len(self.space)}"
        self.space[name] = value
        return name


def _suits(kind: type | None, operator: str) -> bool:
    """Whether Python compares two values of exactly this type as the language does."""
    return kind in ORDERED or (kind is bool and operator in _EQUALITY)


def _known(value: Value) -> bool | None:
    return value if value is True or value is False else None


def _far(operator: str, left: Value, right: Value) -> bool | None:
    return _known(compare_values(operator, left, right))


def _far_in(value: Value, test: Value) -> bool | None:
    return _known(holds(value, test))
