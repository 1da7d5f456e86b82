"""The deepest tree that can be built is within reach of every function over trees."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.language import LanguageError, check, compile, free_names, substitute, syntax, to_text
from engine.language.limits import MAX_TREE_DEPTH

ONE = syntax.Literal(Decimal(1))
TRUE = syntax.Literal(True)
LAYERS = {
    "negate": lambda e: syntax.Negate(e),
    "sum": lambda e: syntax.Arithmetic("+", e, ONE),
    "and": lambda e: syntax.And((TRUE, e)),
    "if": lambda e: syntax.If(TRUE, e, e) if e.depth % 20 == 0 else syntax.If(TRUE, e, ONE),
    "filter": lambda e: syntax.Filter(ONE, e),
    "source": lambda e: syntax.Filter(e, syntax.Compare(">", syntax.Name("item"), syntax.Name("n"))),
    "some": lambda e: syntax.Quantified("some", "x", ONE, e),
    "call": lambda e: syntax.Call("max", (e, ONE)),
    "path": lambda e: syntax.Path(e, "year"),
    "in": lambda e: syntax.In(e, (ONE, e)) if e.depth % 20 == 0 else syntax.In(ONE, (e, ONE)),
    "list": lambda e: syntax.ListOf((e,)),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_as_deep_as_can_be(layer):
    tree = syntax.Name("n")
    while tree.depth < MAX_TREE_DEPTH:
        tree = LAYERS[layer](tree)
    with pytest.raises(LanguageError) as caught:
        LAYERS[layer](tree)
    assert [p.code for p in caught.value.problems] == ["nested-too-deeply"]
    assert tree == substitute(tree, {"other": ONE})
    assert hash(tree) == hash(substitute(tree, {"other": ONE}))
    assert free_names(tree) == {"n"}
    assert repr(tree)
    assert to_text(tree)
    check(tree, {})
    run = compile(tree)
    run({})
    run({"n": Decimal(1)})
