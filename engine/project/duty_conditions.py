"""Conditions of measures: all forms of conditions, and besides them what became of duties and procedures.

Each such test becomes a leaf over a name that stands for a number (periods with a status) or a truth (a procedure
stands as said); ``engine.duties`` gives these names their values.
"""

from __future__ import annotations

from typing import Any, get_args

from engine.language import Number, substitute
from engine.language.syntax import Name
from engine.project.conditions import KEYWORDS
from engine.project.dated_rows import RowReader
from engine.project.duty import DutyTest, ProcedureTest, Status
from engine.project.expressions import template
from engine.project.link_duties import LinkedDuties
from engine.project.policy import Condition, Leaf, NoneOf
from engine.project.reporting import Path, Reporter
from engine.project.scope import Scope
from engine.project.texts import shown
from engine.project.value_tests import ValueTests
from engine.project.yaml import Document

DUTY_KEYS = {"duty": {"was", "times"}, "group": {"was", "times"}, "procedure": {"is"}, "step": {"is"}}
_PROCEDURE_WORDS = {"violated": "violated", "completed": "completed", "done": "done"}


class MeasureConditionReader(RowReader):
    """Reads the conditions of measures in one document."""

    def __init__(self, document: Document, scope: Scope, report: Reporter, linked: LinkedDuties) -> None:
        super().__init__(document, scope, report)
        self._linked = linked

    def condition(self, data: Any, path: Path) -> Condition | None:
        """The condition written at ``path``."""
        head = None
        if isinstance(data, dict) and not any(key in data for key in KEYWORDS):
            head = next((key for key in DUTY_KEYS if key in data), None)
        if head is None:
            return super().condition(data, path)
        for key in data:
            if key != head and key not in DUTY_KEYS[head]:
                self.report.at_key(self.document, (*path, key), "condition-two-keys", first=head, second=key)
                return None
        return self._periods(data, head, path) if "was" in DUTY_KEYS[head] else self._stands(data, head, path)

    def duties(self, data: Any, head: str, path: Path) -> tuple[str, ...] | None:
        """The duties that a `duty:` or `group:` names."""
        names = self._linked.duty_names if head == "duty" else self._linked.group_names
        if not isinstance(data, str) or data not in names:
            self.unknown(f"unknown-{head}", data, names, (*path, head))
            return None
        if head == "duty":
            return (names[data],)
        return tuple(id_ for id_, duty in self._linked.duties.items() if duty.group == names[data])

    def statuses(self, data: Any, path: Path) -> tuple[Status, ...] | None:
        """The statuses that a `was:` names, in the order of ``STATUSES``."""
        written = data if isinstance(data, list) else [data]
        known: tuple[Status, ...] = get_args(Status)
        for name in written:
            if name not in known:
                self.unknown("unknown-status", name, known, (*path, "was"))
                return None
        return tuple(status for status in known if status in written)

    def _periods(self, data: dict[str, Any], head: str, path: Path) -> Condition | None:
        duties = self.duties(data[head], head, path)
        if "was" not in data:
            self.report.at_key(self.document, (*path, head), "missing-key", key="was")
            return None
        statuses = self.statuses(data["was"], path)
        if duties is None or statuses is None:
            return None
        names = self._linked.duty_names if head == "duty" else self._linked.group_names
        name = f"{names[data[head]]}:{'+'.join(statuses)}"
        times = data.get("times", ">= 1")
        expression = ValueTests(self, Number(), None).on(name, times, (*path, "times"))
        if expression is None:
            return None
        self._linked.tests[name] = DutyTest(name, duties, statuses)
        return Leaf(expression, self.document.value_location(path), name, shown(times))

    def _stands(self, data: dict[str, Any], head: str, path: Path) -> Condition | None:
        procedure, step = self._procedure(data[head], head, path)
        word = data.get("is")
        negated = isinstance(word, str) and word.startswith("not ")
        is_ = _PROCEDURE_WORDS.get(str(word).removeprefix("not "))
        if is_ is None or (is_ == "done") != (head == "step"):
            self.report.at_value(self.document, (*path, "is" if "is" in data else head), "procedure-word")
            return None
        if procedure is None:
            return None
        name = f"{procedure}{'.' + step if step else ''}:{is_}"
        self._linked.tests[name] = ProcedureTest(name, procedure, step, is_)  # type: ignore[arg-type]
        expression = substitute(template("x = true"), {"x": Name(name)})
        leaf = Leaf(expression, self.document.value_location(path), name, shown(word))
        return NoneOf((leaf,)) if negated else leaf

    def _procedure(self, data: Any, head: str, path: Path) -> tuple[str | None, str | None]:
        names: dict[str, tuple[str, str | None]] = {}
        for id_, procedure in self._linked.procedures.items():
            if head == "procedure":
                names |= {id_: (id_, None), procedure.name.zh: (id_, None)}
                continue
            for step in procedure.steps:
                for left in (id_, procedure.name.zh):
                    names |= {f"{left}.{step.id}": (id_, step.id), f"{left}.{step.name.zh}": (id_, step.id)}
        if not isinstance(data, str) or data not in names:
            self.unknown(f"unknown-{head}", data, names, (*path, head))
            return None, None
        return names[data]
