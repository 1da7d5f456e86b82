"""Importing the language is cheap, and the committed tables are those of the grammar."""

from __future__ import annotations

import json
import subprocess
import sys

from engine.language.parser import GRAMMAR, TABLES, build, fingerprint, from_tables
from engine.language.tree_builder import TreeBuilder


def test_lark_is_loaded_by_the_first_parse_only():
    code = "import sys, engine.language as l; a = 'lark' in sys.modules; l.parse('1'); print(a, 'lark' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


def test_the_tables_belong_to_the_grammar():
    made_for = json.loads(TABLES.read_text(encoding="utf-8"))["for"]
    grammar = GRAMMAR.read_text(encoding="utf-8")
    # Another release of lark than the tables' is no error: the parser is then built from the grammar.
    assert made_for.split()[1] == fingerprint(grammar).split()[1], "run python -m engine.language.generate"


def test_the_parser_from_tables_and_the_one_from_the_grammar_agree():
    grammar = GRAMMAR.read_text(encoding="utf-8")
    built = build(grammar, TreeBuilder())
    read = from_tables(TABLES.read_text(encoding="utf-8"), grammar, TreeBuilder()) or built
    for text in (
        "1 + x[2]",
        "[[]]",
        "[1..3[",
        "x in ]1..3]",
        'not(> 3, "a")',
        "-",
        "some x in y, z in x satisfies z",
    ):
        assert read.parse(text) == built.parse(text)


def test_tables_of_another_grammar_are_not_used():
    assert from_tables(TABLES.read_text(encoding="utf-8"), "start: X", TreeBuilder()) is None
