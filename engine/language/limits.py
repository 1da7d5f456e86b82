"""Bounds that keep every expression total: nothing a user writes takes unbounded time, memory or stack."""

from __future__ import annotations

#: Characters of one expression.
MAX_SOURCE = 4_000
#: Levels of nesting of a parsed expression.
MAX_DEPTH = 60
#: Levels of a tree put together in Python, by substitution for instance. Recursion over trees relies on it.
MAX_TREE_DEPTH = 120
#: Elements of a list, written or given.
MAX_LIST = 10_000
#: Levels of nesting of a value given in a context.
MAX_VALUE_DEPTH = 30
#: Significant digits of a number (IEEE 754 decimal128, which DMN 1.5 10.3.2.3.1 prescribes).
DIGITS = 34
#: Largest decimal exponent of a number (decimal128).
MAX_EXPONENT = 6_144
#: Largest absolute exponent of ``**``.
MAX_POWER = 999
#: Filters and quantifiers inside one another. Each goes through a whole list, so their number is the exponent.
MAX_LOOPS = 3
#: Elements of lists that are read from inside one filter or quantifier, for all of its elements together.
MAX_STEPS = 1_000_000
