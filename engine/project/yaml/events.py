"""The event stream of a YAML text, from the C parser where there is one, with errors as plain data.

Both parsers are state machines that keep their stack on the heap, so nesting cannot overflow the C stack as it does when
PyYAML's C loader composes nodes: the consumer counts the depth and stops.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import yaml

#: What the C parser says of nesting that is beyond its own limit.
_C_LIMIT = "exceeded maximum nesting depth"
HAS_C_PARSER = bool(getattr(yaml, "__with_libyaml__", False))


@dataclass(eq=False)
class Fault(Exception):
    """The place where a parser gave up: its words, and lines and columns from 0.

    ``context`` is what it was reading, begun at (``context_line``, ``context_column``), or at the fault itself.
    """

    problem: str
    context: str
    line: int
    column: int
    context_line: int
    context_column: int


def events(text: str, *, pure: bool = False) -> Iterator[Any]:
    """The events of ``text``; raises Fault where it is not YAML. ``pure`` takes the parser written in Python."""
    loader: Any = None
    given = 0
    try:
        loader = yaml.SafeLoader(text) if pure or not HAS_C_PARSER else yaml.CSafeLoader(text)
        next_event = loader.get_event
        while True:
            event = next_event()
            if event is None or type(event) is yaml.StreamEndEvent:
                return
            yield event
            given += 1
    except yaml.MarkedYAMLError as error:
        if pure or error.problem != _C_LIMIT:
            raise _fault(error, text) from None
        # Newer C parsers read far ahead and stop at a depth of their own, before they give the events up to ours.
        yield from islice(events(text, pure=True), given, None)
    except (yaml.YAMLError, UnicodeError):
        # Characters were checked before, so this is a parser's own limit, such as a mark it cannot represent.
        raise Fault("", "", 0, 0, 0, 0) from None
    except (ValueError, OverflowError, IndexError):
        # The pure parser lets these escape for escapes beyond Unicode and for version numbers without end.
        mark = loader.get_mark() if loader is not None and hasattr(loader, "get_mark") else None
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        raise Fault("found unknown escape character", "quoted scalar", line, column, line, column) from None
    finally:
        if loader is not None:
            loader.dispose()


def _fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    started = error.context_mark or mark
    return Fault(
        str(error.problem or ""),
        str(error.context or ""),
        line,
        column,
        started.line if started is not None else line,
        started.column if started is not None else column,
    )
