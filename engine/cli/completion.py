"""What a shell completes: units of the data named so far, rules, parameters. Any failure completes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from engine.project.policy import Policy

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _silent(complete: Callable[[click.Context, str], Iterable[CompletionItem]]) -> Completer:
    @wraps(complete)
    def guarded(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        # A message or a traceback in the middle of a command that is being typed helps nobody.
        try:
            return [item for item in complete(ctx, incomplete) if str(item.value).startswith(incomplete)]
        except Exception:
            return []

    return guarded


def _policy(ctx: click.Context) -> Policy | None:
    from engine.project import find_root, load

    given = ctx.meta.get("plumbline.project")
    root = find_root(Path.cwd()) if given is None else Path(given).resolve()
    return load(root, tests=False).policy if root is not None else None


def _units(ctx: click.Context, paths: Iterable[Path]) -> Iterable[CompletionItem]:
    from engine.facts import read

    policy, present = _policy(ctx), [path for path in paths if path.exists()]
    if policy is None or not present:
        return
    for sheet in read(present, policy).sheets:
        yield CompletionItem(sheet.name or sheet.unit, help=sheet.unit)
        if sheet.name and sheet.name != sheet.unit:
            yield CompletionItem(sheet.unit, help=sheet.name)


def _rules(policy: Policy) -> Iterable[CompletionItem]:
    for group in (policy.rules, policy.tables, policy.duties, policy.procedures, policy.measures):
        for id_, item in group.items():
            yield CompletionItem(id_, help=item.name.zh)
            yield CompletionItem(item.name.zh, help=id_)


@_silent
def complete_rule(ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Ids and Chinese names of rules, tables, duties, procedures and measures."""
    policy = _policy(ctx)
    return _rules(policy) if policy is not None else ()


@_silent
def complete_parameter(ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """``name=`` for every parameter."""
    policy = _policy(ctx)
    for parameter in policy.parameters.values() if policy is not None else ():
        yield CompletionItem(parameter.id + "=", help=parameter.name.zh)
        yield CompletionItem(parameter.name.zh + "=", help=parameter.id)


@_silent
def complete_post(ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Posts, then offices."""
    policy = _policy(ctx)
    for entry in (*policy.posts.values(), *policy.offices.values()) if policy is not None else ():
        yield CompletionItem(entry.id, help=entry.name.en)


@_silent
def complete_unit(ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """Names and ids of the units in the data files given before."""
    # With an option that still waits for its value click leaves the arguments unparsed.
    data: Any = (*(ctx.params.get("data") or ()), *ctx.args)
    return _units(ctx, [Path(path) for path in data])


@_silent
def complete_explain(ctx: click.Context, incomplete: str) -> Iterable[CompletionItem]:
    """For ``DATA… UNIT [RULE]``: files first, then also units, and rules once a unit has been named."""
    words = [str(word) for word in ctx.params.get("words") or ()]
    paths = [Path(word) for word in words if Path(word).exists()]
    if paths and len(words) > len(paths):
        policy = _policy(ctx)
        yield from _rules(policy) if policy is not None else ()
        return
    yield from _units(ctx, paths)
    parent = Path(incomplete).parent if not incomplete.endswith("/") else Path(incomplete)
    for path in sorted(parent.iterdir()):
        shown = path.name if str(parent) == "." and not incomplete.startswith("./") else str(path)
        if not path.name.startswith("."):
            yield CompletionItem(shown + ("/" if path.is_dir() else ""))
