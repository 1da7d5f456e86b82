"""The JSON Schemas: every file of the built-in plan fits its own, and what an officer mistypes does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.project import load
from engine.project.schema import schemas, write_schemas
from engine.project.yaml import read_yaml

ROOT = Path(__file__).resolve().parents[2]
POLICY = load(ROOT).policy
assert POLICY is not None
SCHEMAS = schemas(POLICY)
FILES = sorted(
    path
    for folder in ("policy", "rules")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.name != "source.txt"
)


def kind_named_in(path: Path) -> str:
    """The schema that the file's first line, its modeline, sends an editor to."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix), f"{path}: the first line is not a modeline"
    target = (path.parent / first.removeprefix(prefix)).resolve()
    assert target.parent == ROOT / ".schema"
    return target.stem


def plain(value: Any) -> Any:
    """The document's data as a JSON library gives it."""
    return json.loads(json.dumps(value, default=float))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_of_the_plan_fits_the_schema_that_it_names(path: Path) -> None:
    document = read_yaml(path, path.name).document
    assert document is not None
    jsonschema.validate(plain(document.data), SCHEMAS[kind_named_in(path)])


def complaints(kind: str, data: Any) -> list[str]:
    return [
        error.message for error in jsonschema.Draft202012Validator(SCHEMAS[kind]).iter_errors(plain(data))
    ]


CRITERION = {
    "id": "petitions.x",
    "name": {"zh": "甲", "en": "a"},
    "clause": "2.5.1",
    "when": {"信访积案未结": True},
}
CATEGORY = {
    "id": "petitions",
    "name": {"zh": "甲", "en": "a"},
    "clause": "2.5",
    "lead": "综访科",
    "when": {"finding": "petitions.repeated"},
}


@pytest.mark.parametrize(
    "when",
    [
        {"信访积案未结": True},
        {"all": [{"信访积案最长未结月数": "> 12"}, {"信访积案未结": "是"}]},
        {"count": "信访登记", "where": {"级别": ["京", "省"], "日期": {"within": "12 months"}}, "is": ">= 3"},
    ],
)
def test_a_condition_as_the_guide_shows_it_fits(when: Any) -> None:
    assert complaints("screening", {"category": CATEGORY, "criteria": [CRITERION | {"when": when}]}) == []


@pytest.mark.parametrize(
    "when",
    [
        {"信访积案末结": True},
        {"信访积案未结": 3},
        {"al": [{"信访积案未结": True}]},
        {"count": "信访登记", "where": {"级别": "县"}, "is": ">= 3"},
        {"count": "信访登记", "where": {"级": "京"}, "is": ">= 3"},
        {"count": "信访登记"},
        {"finding": "petitions.repeatd"},
    ],
)
def test_a_mistyped_condition_is_marked_while_it_is_typed(when: Any) -> None:
    assert complaints("screening", {"category": CATEGORY, "criteria": [CRITERION | {"when": when}]})


def test_unknown_clauses_and_offices_are_marked() -> None:
    assert complaints("screening", {"category": CATEGORY | {"clause": "9.9"}, "criteria": [CRITERION]})
    assert complaints("screening", {"category": CATEGORY | {"lead": "宗访科"}, "criteria": [CRITERION]})


def test_schemas_complete_fact_names_in_both_languages() -> None:
    properties = SCHEMAS["screening"]["$defs"]["condition"]["properties"]
    for fact in POLICY.facts.values():
        assert fact.id in properties
        assert fact.name.zh in properties


def test_writing_the_schemas_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in write_schemas(POLICY, tmp_path / "a")}
    second = {path.name: path.read_bytes() for path in write_schemas(POLICY, tmp_path / "b")}
    assert first == second
    assert sorted(first) == sorted(f"{kind}.json" for kind in SCHEMAS)
    assert sorted(p.name for p in (tmp_path / "a").iterdir()) == sorted(first)


MEASURE = {
    "id": "m",
    "name": {"zh": "甲", "en": "a"},
    "clause": "5.4.6",
    "by": "街道党工委",
    "against": "本单位",
    "when": {
        "any": [
            {"duty": "review_plan", "was": "overdue"},
            {"group": "四必审", "was": ["overdue", "met_late"]},
        ]
    },
}


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({}, ""),
        ({"by": "街道党工维"}, "街道党工维"),
        ({"when": {"duty": "review_plam", "was": "overdue"}}, "review_plam"),
        ({"when": {"duty": "review_plan", "was": "overdu"}}, "overdu"),
        ({"when": {"duty": "review_plan"}}, "was"),
        ({"when": {"信访积案未结": True}}, ""),
    ],
)
def test_an_editor_marks_what_is_wrong_in_a_measure(changed: dict[str, Any], complaint: str) -> None:
    found = complaints("measures", {"measures": [{**MEASURE, **changed}]})
    assert bool(found) == bool(complaint)
    assert complaint in "".join(found)


def test_a_duty_is_owned_by_somebody_who_exists() -> None:
    duty = {
        "id": "d",
        "name": {"zh": "甲", "en": "a"},
        "clause": "5.4.6",
        "owner": ["党工委书记", "挂点领导", "本单位"],
        "each": "once",
        "evidence": {"register": "审核登记", "date": "审核日期"},
    }
    assert complaints("duties", {"duties": [duty]}) == []
    (found,) = complaints("duties", {"duties": [{**duty, "owner": "某某"}]})
    assert "某某" in found


REVIEW = ROOT / "examples" / "yearly-review"


def test_comparisons_complete_their_names_and_mark_what_is_none() -> None:
    policy = load(REVIEW).policy
    assert policy is not None
    made = schemas(policy)
    kinds = {"comparisons": "comparisons.yaml", "screening": "screening/review.yaml"}
    kinds |= {"classification": "classification.yaml", "tests": "screening/review.test.yaml"}
    for kind, name in kinds.items():
        document = read_yaml(REVIEW / "rules" / name, name).document
        assert document is not None
        jsonschema.validate(plain(document.data), made[kind])
    share = {"id": "s", "name": {"zh": "甲", "en": "a"}, "clause": "1", "share": {"minutes_complete": True}}
    validator = jsonschema.Draft202012Validator(made["comparisons"])
    assert not list(validator.iter_errors({"comparisons": [{**share, "among": "片区"}]}))
    assert list(validator.iter_errors({"comparisons": [{**share, "among": "collected"}]}))
    assert list(validator.iter_errors({"comparisons": [{**share, "quota": "collection_rang"}]}))
