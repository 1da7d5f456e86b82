"""How large a YAML file may be. All of these hold before any tree is built from a file.

A policy file is a few hundred lines; the limits are far above that and far below what makes a parser, or
the recursive code that later walks the data, slow or crash.
"""

from __future__ import annotations

MAX_BYTES = 5_000_000
MAX_DEPTH = 60
MAX_NODES = 200_000
MAX_SCALAR = 100_000
MAX_ALIASES = 100
#: Nodes that all aliases together stand for, counted with their contents.
MAX_EXPANDED = 100_000
#: Digits and exponent of a number; longer ones take quadratic time to convert.
MAX_DIGITS = 1_000
MAX_EXPONENT = 1_000
#: How many broken places of one file are repaired in order to find the next.
MAX_REPAIRS = 30
#: Characters that may be parsed again for the sake of finding more errors.
REPAIR_BUDGET = 4_000_000
#: Characters that YAML does not allow, shown one by one; a file with more is not a text.
MAX_BAD_CHARACTERS = 10
