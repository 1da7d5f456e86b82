"""Writes ``tables.json``: the LALR tables of ``grammar.lark``, which take lark longer to find than to read.

Run ``python -m engine.language.generate`` after every change of the grammar; a test compares the two.
"""

from __future__ import annotations

import json
from pathlib import Path

from engine.language.parser import GRAMMAR, TABLES, build, fingerprint


def tables() -> str:
    """The text of ``tables.json`` for the grammar as it is now."""
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    grammar = GRAMMAR.read_text(encoding="utf-8")
    data, memo = build(grammar, None).memo_serialize([TerminalDef, Rule])
    content = {"for": fingerprint(grammar), "data": data, "memo": memo}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    Path(TABLES).write_text(tables(), encoding="utf-8")
