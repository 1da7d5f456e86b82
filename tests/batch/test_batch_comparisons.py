"""A batch over files compares units as ``evaluate`` does: every standing, finding and verdict is the same."""

from __future__ import annotations

import sys
import tempfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.batch.comparing.keys import key_of, key_of_fraction, key_of_whole
from engine.batch.comparing.ranks import Ranking
from engine.batch.outputs import finding_row, verdict_row
from engine.batch.run import Request, run
from engine.facts import read
from engine.inference import evaluate_all, prepare
from engine.inference.population import compare_units
from engine.language.arithmetic import NUMBERS
from engine.language.syntax import Literal
from engine.project import load
from engine.project.comparison import Rank
from engine.project.policy import Policy

sys.path.append(str(Path(__file__).parent.parent / "inference"))
from random_comparisons import with_comparisons
from random_policies import AS_OF, projects
from random_tables import register_rows, unit_rows, write_csv, write_typed
from test_channels_agree import loaded

ROOT = Path(__file__).resolve().parents[2]
quick = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def results(out: Path, name: str) -> list[dict[str, Any]]:
    return [
        row for part in sorted((out / name).glob("*.parquet")) for row in pl.read_parquet(part).to_dicts()
    ]


def check(policy: Policy, files: list[Path], folder: Path, size: int) -> int:
    """Compares verdicts and findings of all units with those of the per-unit engine; how many went the other way."""
    program = prepare(policy, AS_OF)
    outcome = run(Request(program, files, folder / "out", ("verdicts", "findings"), size=size))
    sheets = compare_units(program, read(files, policy).sheets)
    expected = {e.sheet.unit: e for e in evaluate_all(program, sheets, engine="reference")}
    verdicts, findings = (results(folder / "out", name) for name in ("verdicts", "findings"))
    assert sorted(row["unit"] for row in verdicts) == sorted(expected)
    for row, found in zip(verdicts, findings, strict=True):
        evaluation = expected[row["unit"]]
        assert found == {"unit": row["unit"], **finding_row(evaluation)}
        assert row == {"unit": row["unit"], **verdict_row(evaluation)}
    return sum(outcome.detour.values())


@quick
@given(
    with_comparisons(projects(most_rules=3)),
    st.integers(0, 10**6),
    st.sampled_from([0.0, 0.05, 0.5]),
    st.sampled_from([7, 100]),
)
def test_tables_as_text(files: dict[str, Any], seed: int, odd: float, size: int) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tables = [write_csv(folder / "units.csv", unit_rows(random, 30, odd))]
        if rows := register_rows(random, 30, odd):
            tables.append(write_csv(folder / "登记零.csv", rows))
        check(loaded(files), tables, folder, size)


@quick
@given(with_comparisons(projects(most_rules=3)), st.integers(0, 10**6))
def test_tables_of_a_database(files: dict[str, Any], seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        check(loaded(files), [write_typed(folder / "units.parquet", Random(seed), 40)], folder, 15)


def test_the_example_goes_through_columns_alone(tmp_path: Path) -> None:
    """Ratios, quotas and shares of it all have a columnar form; only units with odd cells take the other way."""
    loaded_example = load(ROOT / "examples" / "yearly-review", tests=False)
    assert loaded_example.policy is not None
    program = prepare(loaded_example.policy, AS_OF.replace(year=2024))
    units = ROOT / "examples" / "yearly-review" / "units.csv"
    outcome = run(Request(program, [units], tmp_path / "out", ("verdicts", "findings"), size=6))
    assert outcome.obstacles == {} and outcome.detour == {}
    sheets = compare_units(program, read([units], loaded_example.policy).sheets)
    for evaluation, row in zip(
        evaluate_all(program, sheets, engine="reference"), results(tmp_path / "out", "findings"), strict=True
    ):
        assert row == {"unit": evaluation.sheet.unit, **finding_row(evaluation)}


def test_what_is_missing_names_own_facts_and_the_comparisons_that_others_leave_open(tmp_path: Path) -> None:
    example = load(ROOT / "examples" / "yearly-review", tests=False)
    assert example.policy is not None
    program = prepare(example.policy, AS_OF.replace(year=2024))
    units = ROOT / "examples" / "yearly-review" / "units.csv"
    run(Request(program, [units], tmp_path / "out", ("missing",), size=6))
    found = {(row["unit"], row["fact"], row["reason"]) for row in results(tmp_path / "out", "missing")}
    sheets = compare_units(program, read([units], example.policy).sheets)
    assert found == {
        (evaluation.sheet.unit, missing.fact, missing.reason)
        for evaluation in evaluate_all(program, sheets, engine="reference")
        for missing in evaluation.missing
    }
    assert ("C04", "in_last_tenth", "others_open") in found


class Stopped(Exception):
    """Somebody pulled the plug."""


@pytest.mark.parametrize("after", [1, 3, 5, 8])
def test_a_run_that_was_stopped_while_comparing_goes_on(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = load(ROOT / "examples" / "yearly-review", tests=False)
    assert example.policy is not None
    program = prepare(example.policy, AS_OF.replace(year=2024))
    units = ROOT / "examples" / "yearly-review" / "units.csv"

    def request(name: str) -> Request:
        return Request(program, [units], tmp_path / name, ("verdicts", "findings"), size=5)

    run(request("whole"))
    from engine.batch.work import WorkFolder

    written, write = [0], WorkFolder.write

    def stopping(self: WorkFolder, name: str, part: int, frame: pl.DataFrame) -> None:
        written[0] += 1
        if written[0] == after:
            raise Stopped
        write(self, name, part, frame)

    monkeypatch.setattr(WorkFolder, "write", stopping)
    with pytest.raises(Stopped):
        run(request("stopped"))
    monkeypatch.setattr(WorkFolder, "write", write)
    run(request("stopped"))
    for path in sorted((tmp_path / "whole").rglob("*.parquet")):
        other = tmp_path / "stopped" / path.relative_to(tmp_path / "whole")
        assert path.read_bytes() == other.read_bytes()


_DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=4) | st.decimals(
    allow_nan=False, allow_infinity=False
).map(lambda d: NUMBERS.plus(d))


@settings(max_examples=150, deadline=None)
@given(_DECIMALS, _DECIMALS)
def test_keys_of_decimals_sort_as_the_numbers_do(one: Decimal, other: Decimal) -> None:
    assert (key_of(one) < key_of(other)) == (one < other)
    assert (key_of(one) == key_of(other)) == (one == other)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-(2**40), 2**40), st.integers(-(2**43), 2**43).filter(bool)),
        min_size=2,
        max_size=8,
    )
)
def test_keys_of_fractions_sort_as_the_fractions_do_and_equal_those_of_the_same_decimals(
    pairs: list[tuple[int, int]],
) -> None:
    frame = pl.DataFrame(pairs, schema={"top": pl.Int64, "under": pl.Int64}, orient="row")
    keys = frame.select(key_of_fraction(pl.col("top"), pl.col("under"))).to_series().to_list()
    exact = [Fraction(top, under) for top, under in pairs]
    for i in range(len(pairs)):
        for j in range(len(pairs)):
            assert (keys[i] < keys[j]) == (exact[i] < exact[j])
    divided = [key_of(NUMBERS.divide(Decimal(top), Decimal(under))) for top, under in pairs]
    assert divided == keys


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(-(2**60), 2**60), min_size=1, max_size=8), st.integers(0, 9))
def test_keys_of_scaled_integers_are_those_of_the_decimals(numbers: list[int], scale: int) -> None:
    frame = pl.DataFrame({"n": numbers})
    keys = frame.select(key_of_whole(pl.col("n"), scale)).to_series().to_list()
    assert keys == [key_of(Decimal(n).scaleb(-scale)) for n in numbers]


def test_ends_that_differ_are_ordered_among_those_that_do_not() -> None:
    """Units whose number lies from 2 to 5, at 3, at 4 and anywhere; the highest comes first."""
    keys = {n: key_of(Decimal(n)) for n in range(6)}
    ends = [(keys[2], keys[5]), (keys[3], keys[3]), (keys[4], keys[4]), (None, None)]
    placed = pl.DataFrame(ends, schema={"low": pl.String, "high": pl.String}, orient="row")
    found = Ranking(Rank(Literal(None), True, "better place"), [], placed, placed[:0]).places()
    spans = found.select("place low", "place high").rows()
    assert spans == [(1, 4), (2, 4), (1, 3), (1, 4)]
