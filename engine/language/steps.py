"""The bound on loops inside loops: no filter or quantifier looks at more than ``MAX_STEPS`` elements from inside.

A list that is read inside a loop counts with its length, each time. Reading columns of the row at hand costs nothing.
"""

from __future__ import annotations

from engine.language.code import Code, Env
from engine.language.limits import MAX_STEPS
from engine.language.problems import failure
from engine.language.values import PartialList, Value


class Steps:
    """What is left to the outermost loop that is running."""

    def __init__(self) -> None:
        self._left = MAX_STEPS

    def restart(self) -> None:
        """An outermost loop begins."""
        self._left = MAX_STEPS

    def counted(self, value: Value) -> Value:
        """``value``; its elements are used up if it is a list. Raises LanguageError ``too-many-steps``."""
        kind = type(value)
        if kind is tuple or kind is PartialList:
            self._left -= len(value.entries) if isinstance(value, PartialList) else len(value)  # type: ignore[arg-type]
            if self._left < 0:
                raise failure("too-many-steps", limit=MAX_STEPS)
        return value

    def counting(self, code: Code) -> Code:
        """``code`` that uses up the elements of its value; for use inside a loop."""
        run = code.run

        def count(env: Env) -> Value:
            return self.counted(run(env))

        return Code(count, name=code.name)
