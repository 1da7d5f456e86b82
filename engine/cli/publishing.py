"""What `--publish` does to a run: sensitive facts out before anything is evaluated, the results marked after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.cli import exits
from engine.cli.output import note
from engine.cli.settings import Settings
from engine.wording.words import COMMA

if TYPE_CHECKING:
    from engine.duties.nouns import CaseFile
    from engine.facts.sheet import FactSheet
    from engine.inference.evaluation import Evaluation
    from engine.project.policy import Policy
    from engine.report.run import Run


class Publishing:
    """The steps of a run that is made for publication."""

    def __init__(self, settings: Settings, policy: Policy) -> None:
        """Raises CommandError if leaving sensitive facts out would change outcomes of the policy."""
        from engine.project.sensitive_use import cannot_publish
        from engine.report.publish import publication

        wrong = cannot_publish(policy)
        if wrong:
            rules = COMMA[settings.lang].join(f"`{id_}`" for id_ in wrong)
            raise exits.CommandError("cli.cannot-publish", "cli.cannot-publish-help", rules=rules)
        self._settings = settings
        self._publication = publication(policy)
        self.troubled = False

    def sheets(self, sheets: Sequence[FactSheet]) -> list[FactSheet]:
        """The sheets to evaluate instead; notes whether there were problems in them."""
        self.troubled = any(sheet.problems for sheet in sheets)
        return [self._publication.sheet(sheet) for sheet in sheets]

    def head(self, run: Run) -> Run:
        """The head of the run without problems and counts of cells, which may be about sensitive ones."""
        if run.problems or self.troubled:
            note(self._settings, "cli.published-problems")
        left_out = self._publication.sensitive.count
        return replace(run, problems=(), cells_unread=0, left_out=left_out)

    def units(self, units: Iterable[Evaluation | CaseFile]) -> Iterator[Evaluation | CaseFile]:
        """The results as they may be shown."""
        return map(self._publication.unit, units)
