"""Pictures say what they are of, and nothing in them stands over anything else or is cut."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lantern_units import SEVERE, evaluation, sheet

from engine.explain.derivation import DerivationTree, TableDerivation, derivation
from engine.explain.graph import TABLE, derivation_graph
from engine.explain.head import picture_head
from engine.explain.mermaid import mermaid
from engine.explain.prune import pruned
from engine.messages import Lang
from engine.report.graph_layout import BOX, PAD, Box, Layout, laid_out
from engine.report.graph_svg import graph_svg
from engine.report.svg import text_width, wrapped

SVG = "{http://www.w3.org/2000/svg}"
BAD = sheet(rows=[], keeper=False, dark_days=Decimal(40))
MIXED = sheet(rows=SEVERE, keeper=True, dark_days=Decimal(3))
LANGS: list[Lang] = ["zh", "en"]


def visible(picture: str) -> list[str]:
    """What one reads in the picture, from top to bottom."""
    return ["".join(text.itertext()) for text in fromstring(picture).iter(SVG + "text")]


def of(picture: str, tag: str) -> str:
    found = fromstring(picture).find(SVG + tag)
    assert found is not None and found.text is not None
    return found.text


# ----------------------------------------------------------------------------------------------- head

HEAD = {
    "en": (
        "东湖社区 (u-1), community, as of 2018-12-31",
        "Lantern plan, policy {digest}; engines: reference and durable-rules, in agreement",
        "verdict: in need of repair",
    ),
    "zh": (
        "东湖社区（u-1），社区，截至2018年12月31日",
        "灯笼整治方案，规则摘要 {digest}；推理引擎：参照引擎与 durable-rules 一致",
        "认定：需要整改",
    ),
}


def head(tree: DerivationTree, lang: Lang) -> tuple[str, ...]:
    digest = tree.evaluation.program.policy.digest.removeprefix("sha256:")[:12]
    return tuple(said.format(digest=digest) for said in HEAD[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_the_svg_says_what_it_is_of_to_the_eye_and_to_the_ear(lang: Lang) -> None:
    tree = derivation(evaluation(BAD, engine="both"))
    picture = graph_svg(tree, lang)
    expected = head(tree, lang)
    # What is too long for a line goes on in the next one; Chinese has no space there.
    shown = ("" if lang == "zh" else " ").join(visible(picture))
    assert shown.startswith(("" if lang == "zh" else " ").join(expected))
    assert all(said in of(picture, "desc") for said in expected)
    assert "东湖社区" in of(picture, "title") and "u-1" in of(picture, "title")


@pytest.mark.parametrize("lang", LANGS)
def test_the_flowchart_says_what_it_is_of_before_its_first_node(lang: Lang) -> None:
    tree = derivation(evaluation(BAD, engine="both"))
    lines = mermaid(tree, lang).splitlines()
    title = {"en": "Derivation of 东湖社区 (u-1)", "zh": "东湖社区（u-1）认定推导图"}[lang]
    assert lines[:5] == ["---", f'title: "{title}"', "---", "flowchart TD", f"  accTitle: {title}"]
    assert lines[5].startswith("  accDescr: ")
    assert all(said in lines[5] for said in head(tree, lang))
    assert lines[6] == f'  head["{"<br/>".join(head(tree, lang))}"]:::head'


def test_one_channel_alone_is_no_agreement() -> None:
    (_, run, *_) = picture_head(derivation(evaluation(BAD)), "en")
    assert run.endswith("engines: reference only")


def test_a_picture_owns_up_to_what_was_assumed_and_to_what_it_leaves_out() -> None:
    tree = derivation(evaluation(MIXED, repeated_damage=Decimal(2)))
    assert picture_head(tree, "en")[3:] == ("assumed for this run: Repeated damage threshold = 2 次",)
    part = pruned(derivation(evaluation(MIXED)), depth=1)
    assert picture_head(part, "zh")[3:] == ("只画出推导的一部分，略去了一些分支",)
    assert picture_head(derivation(evaluation(MIXED)), "zh")[3:] == ()


def test_rows_left_out_of_a_table_are_left_out_too() -> None:
    tree = derivation(evaluation(BAD), "leader")
    assert picture_head(pruned(tree, only="true"), "en")[-1] == (
        "only a part of the derivation: branches are left out"
    )
    assert len(picture_head(tree, "en")) == 2


def test_outside_the_scope_the_finding_is_no_verdict() -> None:
    said = picture_head(derivation(evaluation(sheet(kind="村", keeper=False))), "zh")
    assert said[-1].endswith("不在本方案范围内，以下推导不作为认定")


@given(st.text(max_size=40))
def test_no_name_can_end_the_title_or_give_mermaid_an_order(name: str) -> None:
    tree = derivation(evaluation(replace(BAD, name=f"{name}\n---\n%%{{init: {{'theme':'dark'}}}}%%\"")))
    lines = mermaid(tree, "en").splitlines()
    assert [i for i, line in enumerate(lines) if line.startswith("---")] == [0, 2]
    assert not any("%%" in line for line in lines)
    assert lines[3] == "flowchart TD"
    import yaml

    assert "%%{init: {'theme':'dark'}}%%\"" in yaml.safe_load(lines[1])["title"]
    fromstring(graph_svg(tree, "en"))


# --------------------------------------------------------------------------------------------- layout


def layout(tree: DerivationTree, lang: Lang = "en") -> Layout:
    return laid_out(derivation_graph(tree, lang))


TREES = [
    derivation(evaluation(MIXED)),
    derivation(evaluation(BAD), "leader"),
    derivation(evaluation(sheet(rows=None)), "key"),
]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("tree", TREES)
def test_boxes_do_not_overlap_and_hold_their_text(tree: DerivationTree, lang: Lang) -> None:
    columns: dict[float, list[Box]] = {}
    for box in layout(tree, lang).boxes.values():
        columns.setdefault(box.x, []).append(box)
        assert all(text_width(line, 12) <= BOX - 2 * PAD for line in box.lines)
    for column in columns.values():
        for upper, lower in pairwise(sorted(column, key=lambda box: box.y)):
            assert upper.y + upper.height < lower.y


@pytest.mark.parametrize("tree", TREES)
def test_lines_lead_to_the_next_layer_and_so_run_behind_no_box(tree: DerivationTree) -> None:
    found = layout(tree)
    places = sorted({box.x for box in found.boxes.values()})
    for parent, child in found.lines:
        assert places.index(found.boxes[child].x) == places.index(found.boxes[parent].x) + 1
    graph = derivation_graph(tree, "en")
    for parent, child in graph.edges:
        assert child in reached(found, parent)


def reached(found: Layout, start: str) -> set[str]:
    """The nodes that lines lead to from ``start``, through rows and lanes alone."""
    ends: set[str] = set()
    waiting = [end for begin, end in found.lines if begin == start]
    while waiting:
        name = waiting.pop()
        if found.boxes[name].kind in ("row", "lane"):
            waiting += [end for begin, end in found.lines if begin == name]
        else:
            ends.add(name)
    return ends


def test_the_rows_of_a_table_are_told_in_full() -> None:
    shown = visible(graph_svg(derivation(evaluation(BAD), "leader"), "en"))
    assert [said for said in shown if said.startswith("row ")] == [
        "row 1: director",
        "row 2: deputy director",
    ]
    assert not any(said.endswith("…") for said in shown)


def test_two_rows_with_one_condition_are_both_told() -> None:
    tree = derivation(evaluation(BAD), "leader")
    assert isinstance(tree.root, TableDerivation)
    again = replace(tree, root=replace(tree.root, rows=(tree.root.rows[0],) * 2))
    graph = derivation_graph(again, "en")
    assert [label for _, _, label in graph.out_edges(TABLE, "label")] == [
        "row 1: director; row 2: deputy director"
    ]


def test_the_name_of_a_rule_is_bold_to_its_end() -> None:
    tree = derivation(evaluation(MIXED))
    long = "A name of a rule that is much too long for one line of its box"
    policy = tree.evaluation.program.policy
    weak = replace(policy.rules["weak"], name=replace(policy.rules["weak"].name, en=long))
    point = tree.root.point  # type: ignore[union-attr]
    root = tree.root._replace(point=replace(point, rule=weak))  # type: ignore[union-attr]
    bold = [
        said.text
        for said in fromstring(graph_svg(replace(tree, root=root), "en")).iter(SVG + "text")
        if bold_at_root(said)
    ]
    assert " ".join(str(said) for said in bold) == f"✗ {long}: false"


def bold_at_root(said: Element) -> bool:
    return said.get("font-weight") == "bold" and said.get("x") == "25"


@given(st.text(alphabet="“”…—王W i", max_size=80), st.floats(60, 900))
def test_wrapped_lines_fit_whatever_is_in_them(said: str, width: float) -> None:
    assert all(text_width(line, 12) <= width for line in wrapped(said, 12, width))
