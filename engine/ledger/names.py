"""What the policy calls its verdict, offices, posts and duties, kept beside each policy change for whoever reads the ledger.

The stored policy has these names too, but has to be loaded as a whole; and entries are read under the names of their day.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from engine.ledger.canonical import Json, canonical
from engine.ledger.entry import Entry
from engine.ledger.store import Ledger
from engine.messages import Lang, known, text
from engine.project.policy import Policy, Text

KEY = "names_object"


def names_object(policy: Policy) -> bytes:
    """``{"duties", "offices", "posts": {id: {"en", "zh"}}, "verdict": {"en", "zh"}}``, canonical."""
    found: dict[str, Json] = {
        "duties": {id_: _both(duty.name) for id_, duty in policy.duties.items()},
        "offices": {id_: _both(office.name) for id_, office in policy.offices.items()},
        "posts": {id_: _both(post.name) for id_, post in policy.posts.items()},
        "verdict": _both(policy.rules["weak"].name),
    }
    return canonical(found)


class Naming:
    """Names under one policy; whatever it has none for is said as it was written."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def of(self, kind: str, said: str, lang: Lang) -> str:
        """The name of an office, post or duty: ``kind`` is ``offices``, ``posts`` or ``duties``."""
        named = self._names.get(kind, {}).get(said)
        return str(named[lang]) if named else said

    def verdict(self, classification: str, lang: Lang) -> str:
        """The verdict as the policy of the entry calls it; of an entry without names, in neutral words."""
        own = self._names.get("verdict")
        if own and known(f"verdict.{classification}"):
            name = str(own[lang])
            return text(f"verdict.{classification}", lang, weak=name[:1].lower() + name[1:])
        key = f"ledger.verdict.{classification}"
        return text(key, lang) if known(key) else classification


#: Where nothing was kept.
NO_NAMES = Naming({})


class Names:
    """Entry → the names of the policy that was in force for it."""

    def __init__(self, ledger: Ledger) -> None:
        self._from: list[int] = []
        self._namings: list[Naming] = []
        for entry in ledger.entries_of("policy change"):
            address = entry.body.get(KEY)
            naming = NO_NAMES if address is None else Naming(json.loads(ledger.get(address)))
            self._from.append(entry.seq)
            self._namings.append(naming)

    def of(self, entry: Entry) -> Naming:
        """The names for an entry; a decision is read under those of the evaluation that it is about."""
        at = bisect_right(self._from, entry.body.get("about", entry.seq))
        return self._namings[at - 1] if at else NO_NAMES


def _both(name: Text) -> dict[str, Json]:
    return {"en": name.en, "zh": name.zh}
