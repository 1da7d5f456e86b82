"""The digest names the content of a policy, not how it is laid out."""

from __future__ import annotations

from pathlib import Path

from small_project import FILES, edited, write

from engine.project import load


def digest(folder: Path, changes: dict[str, str | None] | None = None) -> str:
    policy = load(write(folder, changes)).policy
    assert policy is not None
    return policy.digest


def test_layout_comments_and_quotes_do_not_change_it(tmp_path: Path) -> None:
    changes = edited(
        "policy/timetable.yaml",
        "counting: {first day: excluded}",
        "# how\ncounting:\n    first day: 'excluded'\n",
    )
    assert digest(tmp_path / "a") == digest(tmp_path / "b", changes)


def test_names_and_order_of_rule_files_do_not_change_it(tmp_path: Path) -> None:
    moved: dict[str, str | None] = {
        "rules/screening/petitions.yaml": None,
        "rules/classification.yaml": None,
        "rules/zzz.yaml": FILES["rules/screening/petitions.yaml"],
        "rules/aaa/first.yaml": FILES["rules/classification.yaml"],
    }
    assert digest(tmp_path / "a") == digest(tmp_path / "b", moved)


def test_tests_are_not_part_of_it(tmp_path: Path) -> None:
    test = "tests: [{name: t, as of: 2018-12-31, expect: {classification: undetermined}}]\n"
    assert digest(tmp_path / "a") == digest(tmp_path / "b", {"rules/a.test.yaml": test})


def test_a_threshold_changes_it(tmp_path: Path) -> None:
    changes = edited("policy/parameters.yaml", "value: 3}", "value: 4}")
    assert digest(tmp_path / "a") != digest(tmp_path / "b", changes)


def test_a_number_and_the_text_of_that_number_differ(tmp_path: Path) -> None:
    as_text = edited("policy/vocabulary.yaml", "expression: income > 100", 'expression: "income > 100"')
    assert digest(tmp_path / "a") == digest(tmp_path / "b", as_text)
    number = edited("policy/parameters.yaml", "value: 3}", "value: 3.0}")
    assert digest(tmp_path / "a") == digest(tmp_path / "c", number)
