"""Actions gathered under the posts, offices or units that they concern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.report.action_rows import ActionRow, holder_ids, named

By: TypeAlias = Literal["post", "office", "unit"]


class ActionGroup(NamedTuple):
    """Actions under one heading. ``holder``: the post, office or unit's id; None for those that fit under none."""

    holder: str | None
    heading: str
    rows: tuple[ActionRow, ...]


def groups(
    policy: Policy, rows: Iterable[ActionRow], by: By, only: str | None, lang: Lang
) -> tuple[ActionGroup, ...]:
    """Every action under each post (or office) that holds it, in the policy's order; units in the data's order.

    An action without such a holder stands in the last group, so that none is lost. ``only``: the one post or office
    that was asked for; what others hold as well is not repeated under them.
    """
    entries = policy.offices if by == "office" else policy.posts
    found: dict[str | None, list[ActionRow]] = {} if by == "unit" else {name: [] for name in entries}
    rest: list[ActionRow] = []
    for row in rows:
        if by == "unit":
            found.setdefault(row.case.unit, []).append(row)
            continue
        names = (name for name in holder_ids(row.action.holders) if name in entries)
        holders = [name for name in names if only not in entries or name == only]
        for name in holders:
            found[name].append(row)
        if not holders:
            rest.append(row)
    made = [
        ActionGroup(id_, held[0].unit if by == "unit" else named(entries, id_ or "", lang), tuple(held))
        for id_, held in found.items()
        if held
    ]
    if rest:
        made.append(ActionGroup(None, text(f"actions.no-{by}", lang), tuple(rest)))
    return tuple(made)
