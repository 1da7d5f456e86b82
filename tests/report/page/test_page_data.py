"""The data of a page: its form, what is shared, and that the same run gives the same bytes."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_cases import EXAMPLE, ROOT, SCREENED, THREE_YEARS, data_of, page, policy, reading, record

from engine.cli.opening import with_duties
from engine.explain.derivation import derivations
from engine.explain.notes import fact_notes
from engine.facts import read
from engine.facts.sheet import Source
from engine.inference import evaluate_all, prepare
from engine.messages import table
from engine.report.case_object import case_object
from engine.report.page.data import OWN
from engine.report.page.document import SCRIPTS, STYLES
from engine.report.page.places import around, first_number, last_number, letters, runs
from engine.report.run import evaluation_and_case
from engine.report.unit_object import unit_object

ASSETS = ROOT / "engine" / "report" / "page" / "assets"
GOLDEN = Path(__file__).parent / "golden-unit.json"


def spelled_out(word: str) -> str:
    """The word that ``letters`` shortened."""
    return re.sub("([A-Z])([0-9]+)", lambda found: found[1] * int(found[2]), word)


def drawn_apart(entries: list[int]) -> list[int]:
    """The numbers that ``runs`` drew together."""
    found: list[int] = []
    for entry in entries:
        found += [entry] if entry >= 0 else [found[-1] + i + 1 for i in range(-entry)]
    return found


def evidence(entries: list[Any]) -> list[list[Any]]:
    """For each period its proofs, one entry each."""
    each: list[Any] = []
    for entry in entries:
        each += [1] * int(entry) if isinstance(entry, str) else [entry]
    return [
        []
        if entry == 0
        else [entry]
        if isinstance(entry, int)
        else [p for p in entry for _ in range((*p, 1)[4])]
        for entry in each
    ]


def test_the_form_of_one_small_unit_is_as_recorded() -> None:
    """Written anew by ``PLUMBLINE_WRITE_GOLDEN=1 pytest tests/report/page/test_page_data.py``."""
    lamps = ROOT / "tests" / "cli" / "bells"
    from engine.project import load

    plan = load(lamps).policy
    assert plan is not None
    sheets = read([lamps / "data" / "units.json"], plan).sheets[:1]
    data = data_of(page(sheets, date(2018, 12, 10), "en", plan=plan))
    del data["texts"]
    data["head"]["digest"] = data["head"]["short"] = "…"
    shown = json.dumps(data, ensure_ascii=False, indent=1).replace(str(lamps), "…") + "\n"
    if os.environ.get("PLUMBLINE_WRITE_GOLDEN"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")


def test_every_truth_and_every_status_is_that_of_the_other_outputs() -> None:
    """The page against the JSON results, unit by unit: findings, tables, duties with their days, measures."""
    sheets = reading(THREE_YEARS).sheets
    program = prepare(policy(), THREE_YEARS)
    data = data_of(page(sheets, THREE_YEARS, "zh"))
    letter = {"true": "T", "false": "F", "unknown": "U"}
    units = with_duties(program, evaluate_all(program, sheets, engine="reference"), "reference")
    for shown, unit in zip(data["units"], units, strict=True):
        expected = unit_object(unit, "zh")
        assert shown["verdict"] == expected["classification"]
        places = {rule[0]: str(i) for i, rule in enumerate(data["rules"])}
        for rule, truth in {**expected["findings"], **expected["categories"]}.items():
            assert shown["truths"][data["nets"][0]["roots"][places[rule]]] == letter[truth]
        case = evaluation_and_case(unit)[1]
        assert case is not None
        found = case_object(case)
        periods = [data["periods"][i] for i in drawn_apart(data["plans"][shown["duties"]["plan"]])]
        assert [data["duties"][p[0]][0] for p in periods] == [d["duty"] for d in found["duties"]]
        assert len(shown["duties"]["status"]) == len(periods)
        as_of = THREE_YEARS.toordinal()
        dues = [None if p[5] is None else date.fromordinal(as_of + p[5]).isoformat() for p in periods]
        assert dues == [d["due"] for d in found["duties"]]
        done = iter(shown["duties"]["done"])
        days = [
            date.fromordinal(as_of + next(done) + (p[5] or 0)).isoformat() if status.isupper() else None
            for p, status in zip(periods, shown["duties"]["status"], strict=True)
        ]
        assert days == [d["done_on"] for d in found["duties"]]
        assert [len(proofs) for proofs in evidence(shown["duties"]["proof"])] == [
            len(d["evidence"]) for d in found["duties"]
        ]
        assert shown["measures"]["called"] == "".join(letter[m["called_for"]] for m in found["measures"])


def test_whether_a_row_counts_is_what_the_explanation_says() -> None:
    kept = record(reading(SCREENED).sheets, SCREENED, "zh")
    program = kept.run.program
    names = list(kept.book.names)
    compared = 0
    for shown, evaluation in zip(
        kept.units, evaluate_all(program, reading(SCREENED).sheets, engine="reference"), strict=True
    ):
        counted = {
            (node, names[register]): spelled_out(truths)
            for node, register, truths in shown.get("counted", [])
        }
        for root in derivations(evaluation).values():
            for node in root.walk():
                for note in fact_notes(node):
                    if (node.point.index, note.fact) in counted and note.fact in policy().registers:
                        letters = "".join(
                            {True: "T", False: "F", None: "U"}[row.counted] for row in note.rows
                        )
                        if set(letters) != {"T"}:
                            assert counted[node.point.index, note.fact] == letters
                            compared += 1
    assert compared > 20


def test_the_same_run_gives_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; sys.path[:0] = ['.', 'tests/report/page'];"
        "from page_cases import *; import hashlib;"
        "print(hashlib.sha256(page(reading(THREE_YEARS).sheets, THREE_YEARS, 'zh')).hexdigest())"
    )
    found = set()
    for seed, zone, locale in (("0", "Asia/Shanghai", "C.UTF-8"), ("1", "America/Lima", "C")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        found.add(done.stdout)
    assert len(found) == 1


def test_the_policy_in_the_head_of_the_file_lets_only_its_own_script_and_style_take_effect() -> None:
    document = page([], SCREENED, "en").decode()
    found = re.search('http-equiv="Content-Security-Policy" content="([^"]+)"', document)
    assert found is not None
    directives = dict(part.strip().split(" ", 1) for part in found.group(1).split(";"))

    def digest(pattern: str) -> str:
        (inside,) = re.findall(pattern, document, re.DOTALL)
        return "'sha256-" + base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode() + "'"

    assert directives == {
        "default-src": "'none'",
        "script-src": digest("<script>(.*?)</script>"),
        "style-src": digest("<style>(.*?)</style>"),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_the_assets_are_all_used_and_speak_no_dangerous_words() -> None:
    assert {path.name for path in ASSETS.iterdir()} == {*SCRIPTS, *STYLES}
    for name in SCRIPTS:
        script = (ASSETS / name).read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
            "http://",
            "https://",
        ):
            allowed = name == "base.js" and word == "http://"  # the name of the SVG namespace
            assert allowed or word not in script, f"{name} has {word}"
        assert "</script" not in script and "<!--" not in script
    for name in STYLES:
        assert "url(" not in (ASSETS / name).read_text(encoding="utf-8")


def test_every_text_of_the_page_is_used_and_every_text_used_is_there() -> None:
    script = "".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    python = "".join(path.read_text(encoding="utf-8") for path in ASSETS.parent.glob("*.py"))
    built = ("column-", "duty-", "clause-", "category-", "safety-", "called.")
    for key in OWN:
        short = key.removeprefix("html.")
        assert f"'{short}'" in script or f'"{key}"' in python or short.startswith(built), (
            f"{key} is used nowhere"
        )
    for short in re.findall(r"\b(?:T|parts)\('([a-z.-]+)'", script):
        assert f"html.{short}" in table() or short in table() or short.endswith((".", "-")), short


@pytest.mark.parametrize(
    ("source", "first", "last"),
    [
        (Source("a.xlsx", "单位", "F17"), ("F", 17, ""), ("F", 17, "")),
        (Source("a.xlsx", "单位", "AB17"), ("AB", 17, ""), ("AB", 17, "")),
        (
            Source("u.json", path="units[3].registers.x[12].y"),
            ("units[", 3, "].registers.x[12].y"),
            ("units[3].registers.x[", 12, "].y"),
        ),
        (Source("u.yaml", path="x007"), ("x00", 7, ""), ("x00", 7, "")),
        (Source("u.yaml", path="kind"), ("kind", 0, ""), ("kind", 0, "")),
        (Source("u.yaml"), ("", 0, ""), ("", 0, "")),
    ],
)
def test_a_place_is_cut_at_its_number(
    source: Source, first: tuple[str, int, str], last: tuple[str, int, str]
) -> None:
    assert first_number(source) == first
    assert last_number(source) == last


@given(st.text("AB[]0123456789.,一", max_size=12), st.integers(1, 40))
def test_a_place_cut_in_parts_can_be_put_together_again(place: str, number: int) -> None:
    source = Source("f", path=place)
    for before, found, after in (first_number(source), last_number(source)):
        assert before + (str(found) if found else "") + after == place
    before, rest = around(source, number)
    assert before + ("" if rest is None else str(number) + rest) == place


@given(st.text("TFU", max_size=30))
def test_a_word_of_letters_can_be_spelled_out_again(word: str) -> None:
    assert spelled_out(letters(word)) == word


@given(st.lists(st.integers(0, 9)))
def test_runs_of_numbers_can_be_drawn_apart_again(numbers: list[int]) -> None:
    assert drawn_apart(runs(numbers)) == numbers


def test_the_example_is_written_by_the_command(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    words = [
        "report",
        str(EXAMPLE / "units.xlsx"),
        "--as-of",
        "2018-12-31",
        "--out",
        str(out),
        "--lang",
        "en",
    ]
    command = [sys.executable, "-m", "cli", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3, "two cells cannot be read"
    assert "units: 30" in done.stderr + done.stdout
    data = data_of(out.read_bytes())
    assert len(data["units"]) == 30
    assert data["head"]["asOf"] == "2018-12-31"
    assert data["ledger"] is None


def test_an_amended_rule_says_which_version_was_in_force() -> None:
    from dataclasses import replace

    from engine.project.policy import RuleVersion, Text

    plain, sheets = policy(), reading(SCREENED).sheets[:1]
    rule = plain.rules["petitions.old_backlog"]
    reason = Text("改", "changed")
    versions = (
        RuleVersion(None, rule.when, rule.clause, rule.location),
        RuleVersion(date(2018, 9, 1), rule.when, rule.clause, rule.location, reason),
    )
    amended = replace(plain, rules={**plain.rules, rule.id: replace(rule, versions=versions)})
    data = data_of(page(sheets, SCREENED, "en", plan=amended))
    said = {found[0]: found[4] for found in data["rules"] if len(found) == 5}
    assert said == {rule.id: f"version: in force since 2018-09-01 (amended, clause {rule.clause}: changed)"}
