"""The hard limits of durable-rules 2.0.28, and ids that its 32-bit hashes keep apart.

The engine does not check most of its limits: beyond them it hangs, crashes or drops rules.
``compile_network`` cuts programs so that none is reached; ``check_limits`` holds it to that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from engine.inference.durable_program import DurableProgram

#: Conditions in one rule: a frame has room for 16 messages.
MAX_ANTECEDENTS = 16
#: Rules on one identical condition: the 256th entry of its list is the end mark.
MAX_USES = 255
#: Distinct conditions of a ruleset: 512 buckets, one of which must stay empty or a look-up never ends.
MAX_CONDITIONS = 511
#: Rules in a ruleset.
MAX_RULES = 4096
#: Rules in a whole program. The engine takes some 13 KB for each: this is 2 GB, what an office machine can give.
MAX_PROGRAM = 150_000

#: Property names that the engine gives a meaning to.
RESERVED = ("id", "sid", "$s", "$m", "$i", "$pulse", "$forward", "m", "s")


class DurableLimitError(Exception):
    """A rule that durable-rules cannot hold. ``key`` names a message; ``params`` has ``rule``."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash by which the engine knows properties and messages."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def distinct_ids(wanted: Iterable[str], hash_: Callable[[str], int] = fnv1a) -> tuple[str, ...]:
    """``wanted`` with ``_`` appended to an id whose hash is taken.

    The engine compares hashes only, of the id as a property name and of ``sid!id`` as a message: a collision
    would make it take one literal for another, or drop a message as already observed.
    """
    names, messages = {hash_(name) for name in RESERVED}, set()
    ids = []
    for id_ in wanted:
        while hash_(id_) in names or hash_(f"0!{id_}") in messages:
            id_ += "_"
        names.add(hash_(id_))
        messages.add(hash_(f"0!{id_}"))
        ids.append(id_)
    return tuple(ids)


def check_limits(program: DurableProgram) -> None:
    """Raises DurableLimitError, naming the rule, if a ruleset of ``program`` exceeds a limit."""

    def refuse(key: str, rule: int, found: int, limit: int) -> None:
        if found > limit:
            raise DurableLimitError(key, rule=program.rule_name(rule), found=found, limit=limit)

    refuse("error.durable-too-many-rules", len(program.rules) - 1, len(program.rules), MAX_PROGRAM)
    for start, stop in program.rulesets:
        uses: Counter[int] = Counter()
        # one more rule, on the literal that always holds, keeps every unit's state safe to delete
        uses[program.always] = 1
        refuse("error.durable-ruleset-too-long", stop - 1, stop - start + 1, MAX_RULES)
        for index in range(start, stop):
            antecedents = program.rules[index].antecedents
            refuse("error.durable-too-many-antecedents", index, len(antecedents), MAX_ANTECEDENTS)
            uses.update(antecedents)
            refuse("error.durable-too-many-conditions", index, len(uses), MAX_CONDITIONS)
            refuse("error.durable-too-many-uses", index, max(uses[a] for a in antecedents), MAX_USES)
