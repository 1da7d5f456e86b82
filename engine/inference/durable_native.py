"""The C module of durable-rules with an agenda loop of its own: no Host, threads, callbacks or clock.

Imports next to nothing, because the child process starts with this. A unit goes in as one character a leaf
and comes out as a *board*, one character a public proposition: ``1`` true, ``0`` false, ``-`` not concluded.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import Any, Protocol, cast

#: The one unit that is alive at a time.
_SID = "0"
_ALIASES = "abcdefghijklmnop"

#: A rule and the literals that it matched.
RawFiring = tuple[int, tuple[int, ...]]


class NativeError(Exception):
    """The C module reported an error, or dropped a message; the text is for a bug report."""


class ContradictionError(Exception):
    """Both polarities of the proposition ``args[0]`` were concluded: the program is wrong."""


class Native(Protocol):
    """What is used of the C module: a unit is known by its ruleset's handle and its offset there."""

    error: type[Exception]

    def create_ruleset(self, name: str, rules: str) -> int: ...
    def delete_ruleset(self, handle: int) -> None: ...
    def assert_facts(self, handle: int, messages: str) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, unit: int) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, handle: int, unit: int) -> str | None: ...
    def delete_state(self, handle: int, sid: str) -> None: ...


def load() -> Native:
    """The C module. Raises ImportError."""
    return cast(Native, importlib.import_module("durable_rules_engine"))


class NativeEngine:
    """Runs a program (as ``DurableProgram.to_json`` gives it) on one unit after another.

    Raises ImportError if durable-rules is not there, and NativeError if it does not take the rules.
    """

    def __init__(self, program: Mapping[str, Any]) -> None:
        self._native = load()
        self._leaves: list[int] = program["leaves"]
        self._public: int = program["always"] // 2
        self._always: int = program["always"]
        ids: list[str] = program["ids"]
        self._literals = {id_: literal for literal, id_ in enumerate(ids)}
        # a rule reports the same messages whenever it fires, so there is at most one text for each
        self._parsed: dict[str, RawFiring] = {}
        self._concludes = [concludes for concludes, _ in program["rules"]]
        self._rulesets = [
            self._ruleset(f"r{start}", program["rules"], start, stop, ids)
            for start, stop in program["rulesets"]
        ]
        # every ruleset's place for a unit is initialised here, before a unit can fail halfway
        self.run("-" * len(self._leaves), trace=False)

    def _ruleset(
        self, name: str, rules: list[Any], start: int, stop: int, ids: list[str]
    ) -> tuple[int, dict[int, str]]:
        """Handle, and the messages of the literals that the ruleset reads."""
        # deleting a unit in which no rule fired frees a wild pointer, so this one fires in each
        definition = {"always": {"all": [{"a": {ids[self._always]: 1}}]}}
        read = {self._always: None}
        for rule in range(start, stop):
            antecedents = rules[rule][1]
            read.update(dict.fromkeys(antecedents))
            definition[str(rule)] = {
                "all": [{a: {ids[i]: 1}} for a, i in zip(_ALIASES, antecedents, strict=False)]
            }
        try:
            handle = self._native.create_ruleset(name, json.dumps(definition))
        except self._native.error as error:
            raise NativeError(str(error)) from None
        return handle, {i: f'{{"id":"{ids[i]}","sid":"{_SID}","{ids[i]}":1}}' for i in read}

    def run(self, leaves: str, trace: bool) -> tuple[str, list[RawFiring]]:
        """The board of a unit and, with ``trace``, its firings in order, each with what it matched.

        ``leaves`` has one character a leaf, in order. Raises NativeError and ContradictionError.
        """
        board = ["-"] * self._public
        known: dict[int, None] = {self._always: None}
        for leaf, sign in zip(self._leaves, leaves, strict=True):
            if sign != "-":
                known[2 * leaf + (sign == "0")] = None
                board[leaf] = sign
        firings: list[RawFiring] = []
        for handle, messages in self._rulesets:
            self._run_ruleset(handle, messages, known, board, firings if trace else None)
        return "".join(board), firings

    def close(self) -> None:
        """Gives the rules' memory back; the engine cannot be used afterwards. May be repeated."""
        while self._rulesets:
            self._native.delete_ruleset(self._rulesets.pop()[0])

    def _run_ruleset(
        self,
        handle: int,
        messages: dict[int, str],
        known: dict[int, None],
        board: list[str],
        firings: list[RawFiring] | None,
    ) -> None:
        """Adds what the ruleset concludes to ``known`` and ``board``."""
        native = self._native
        asserted = [messages[literal] for literal in known if literal in messages]
        try:
            # in rounds: all that fires on what is known, then what that added
            while asserted:
                result, unit = native.assert_facts(handle, f"[{','.join(asserted)}]")
                if result:
                    raise NativeError(f"message dropped: {result}")
                asserted = []
                started = native.start_action_for_state(handle, unit)
                fired = started[1] if started else None
                while fired is not None:
                    name = fired[2 : fired.index('"', 2)]
                    if name != "always":
                        literal = self._conclude(int(name), fired, known, board, firings)
                        if literal in messages:
                            asserted.append(messages[literal])
                    fired = native.complete_and_start_action(handle, unit)
        except native.error as error:
            raise NativeError(str(error)) from None
        finally:
            native.delete_state(handle, _SID)

    def _conclude(
        self,
        rule: int,
        fired: str,
        known: dict[int, None],
        board: list[str],
        firings: list[RawFiring] | None,
    ) -> int:
        """The literal that the rule adds, or -1 if it was known already."""
        if firings is not None:
            firing = self._parsed.get(fired)
            if firing is None:
                matched = json.loads(fired)[str(rule)]
                literals = (self._literals[matched[alias]["id"]] for alias in sorted(matched))
                firing = self._parsed[fired] = (rule, tuple(i for i in literals if i != self._always))
            firings.append(firing)
        literal: int = self._concludes[rule]
        if literal in known:
            return -1
        known[literal] = None
        proposition = literal >> 1
        if proposition < self._public:
            if board[proposition] != "-":
                raise ContradictionError(proposition)
            board[proposition] = "0" if literal & 1 else "1"
        return literal
