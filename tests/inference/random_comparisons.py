"""Random comparisons between units, added to a random policy together with findings that use them."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

_GROUPS = st.lists(st.sampled_from(["unit_kind", "c0", "b0", "twice"]), max_size=2, unique=True)
_VALUES = st.sampled_from(
    ["n0", "n1", "n2", "ratio", "total", "n0 + n1", "n3 - n0", 'count(r0[level = "京"])']
)
_ORDERS = st.sampled_from(["highest first", "lowest first"])
_TIES = st.sampled_from(["better place", "worse place", "no gaps"])
_PARTS = st.sampled_from(["10%", "25%", "1 / 3", 0, 1, "0.5"])


def _text(word: str) -> dict[str, str]:
    return {"zh": word, "en": word}


@st.composite
def comparisons(draw: st.DrawFn, findings: list[str]) -> list[dict[str, Any]]:
    """One or two rankings with a quota each, and a share."""
    found: list[dict[str, Any]] = []
    for i in range(draw(st.integers(1, 2))):
        found.append(
            {
                "id": f"k{i}",
                "name": _text(f"名次{i}"),
                "clause": "1",
                "rank": draw(_VALUES),
                "order": draw(_ORDERS),
                "among": draw(_GROUPS),
                "ties": draw(_TIES),
            }
        )
        quota: dict[str, Any] = {
            "id": f"q{i}",
            "name": _text(f"名额{i}"),
            "clause": "1",
            "quota": f"k{i}",
            "end": draw(st.sampled_from(["first", "last"])),
            "part": draw(_PARTS),
            "rounding": draw(st.sampled_from(["up", "down", "half up"])),
            "ties": draw(st.sampled_from(["in", "out"])),
        }
        bounds = draw(st.sampled_from([{}, {"at least": 1}, {"at most": 2}, {"at least": 1, "at most": 3}]))
        found.append(quota | bounds)
    held: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
        [{"b1": True}, {"n0": ">= 2"}, {"ratio": "> 1"}, {"any": [{"b2": True}, {"n1": "< 2"}]}]
    )
    if findings:
        held |= st.sampled_from(findings).map(lambda id_: {"finding": id_})
    share = {"id": "s0", "name": _text("占比"), "clause": "1", "share": draw(held), "among": draw(_GROUPS)}
    return [*found, share]


def _tests(rankings: int) -> st.SearchStrategy[dict[str, Any]]:
    k = st.integers(0, rankings - 1)
    return st.one_of(
        k.map(lambda i: {f"k{i}": "last"}),
        st.builds(lambda i, n: {f"k{i}": f"<= {n}"}, k, st.integers(1, 6)),
        st.builds(lambda i, n: {f"k{i}_of": f"> {n}"}, k, st.integers(1, 10)),
        st.builds(lambda i, yes: {f"q{i}": yes}, k, st.booleans()),
        st.sampled_from([{"s0": "> 0.3"}, {"s0": "<= 1 / 2"}, {"expression": "s0 = 1 / 3"}, {"s0": "0"}]),
        k.map(lambda i: {"expression": f"k{i} < n0"}),
    )


@st.composite
def with_comparisons(draw: st.DrawFn, projects: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """A random policy with comparisons, and with findings that ask for what they give."""
    files = copy.deepcopy(draw(projects))
    (screening,) = [content for content in files.values() if "criteria" in content]
    made = draw(comparisons([criterion["id"] for criterion in screening["criteria"]]))
    rankings = sum("rank" in comparison for comparison in made)
    tests = draw(st.lists(_tests(rankings), min_size=2, max_size=5))
    classification = files["rules/classification.yaml"]
    classification["findings"] = [
        {"id": f"f{i}", "name": _text(f"判断{i}"), "clause": "1", "when": test}
        for i, test in enumerate(tests)
    ]
    weak = classification["weak"]
    weak["when"] = {"any": [weak["when"], {"finding": "f0"}]}
    return {**files, "rules/comparisons.yaml": {"comparisons": made}}
