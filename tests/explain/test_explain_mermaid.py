"""The flowchart is escaped, deterministic, and marks what is unknown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantern_units import evaluation, sheet

from engine.explain.derivation import derivation
from engine.explain.mermaid import escape, mermaid


@given(st.text(max_size=30))
def test_no_label_can_end_its_quotes_or_start_markup(label: str) -> None:
    shown = escape(label)
    assert not set('"<>`%{}\\\n') & set(shown)
    assert re.sub(r"#(amp|quot|lt|gt|96|92|35|37|123|125);", "", shown).count("#") == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_edge_joins_nodes_that_are_drawn_once(lang: str) -> None:
    tree = derivation(evaluation(sheet(keeper=True, rows=[])))
    lines = mermaid(tree, lang).splitlines()  # type: ignore[arg-type]
    drawn = [m[1] for line in lines if (m := re.match(r"  (n\d+)[\[(]", line))]
    edges = [m.groups() for line in lines if (m := re.fullmatch(r"  (n\d+) (-->|-\.->) (n\d+)", line))]
    assert lines[3] == "flowchart TD"
    assert len(drawn) == len(set(drawn)) > 5
    assert {end for edge in edges for end in (edge[0], edge[2])} <= set(drawn)
    unknown = {m[1] for line in lines if (m := re.match(r"  (n\d+).*:::unknown$", line))}
    assert unknown
    assert {target for _, arrow, target in edges if arrow == "-.->"} <= unknown
    assert mermaid(tree, lang) == mermaid(tree, lang)  # type: ignore[arg-type]
