"""Hostile files: clean, located errors in bounded time. Each runs in a process of its own, so that a crash is seen."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.project.yaml import parse_yaml

ROOT = Path(__file__).resolve().parents[2]
CHILD = """
import sys
from engine.diagnostics import render
from engine.project.yaml import parse_yaml
result = parse_yaml(eval(sys.argv[1]), "x.yaml", pure=sys.argv[2] == "pure")
for d in result.diagnostics:
    assert render(d, "zh") and render(d, "en")
    print(d.code, d.location.line, d.location.column)
print("document" if result.document else "none")
"""


def read(expression: str, parser: str = "c", seconds: float = 30) -> list[str]:
    """The codes and places for the text that a Python expression gives."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, expression, parser],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=seconds, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])
    return done.stdout.splitlines()


@pytest.mark.parametrize("parser", ["c", "pure"])
@pytest.mark.parametrize(
    ("expression", "said"),
    [
        # nesting, in each form
        ("'[' * 60_000", ["too-deep 1 61", "none"]),
        ("'a: ' + '[' * 60_000 + ']' * 60_000", ["too-deep 1 63", "none"]),
        ("'{' * 60_000", ["too-deep 1 61", "none"]),
        ("'{a: ' * 60_000", ["too-deep 1 241", "none"]),
        ("'- ' * 60_000", ["too-deep 1 121", "none"]),
        ("''.join(' ' * n + 'a:\\n' for n in range(500))", ["too-deep 61 61", "none"]),
        ("'[' * 60 + ']' * 60", ["document"]),
        # the same nesting through aliases
        (
            "'- &a0 [1]\\n' + ''.join(f'- &a{n + 1} [*a{n}]\\n' for n in range(80))",
            ["too-deep 60 9", "none"],
        ),
        # a billion laughs, and many aliases
        (
            "'- &a0 [x]\\n' + ''.join(f'- &a{n + 1} [' + ', '.join([f'*a{n}'] * 9) + ']\\n' for n in range(9))",
            ["aliases-too-large 6 38", "none"],
        ),
        ("'- &a x\\n' + '- *a\\n' * 101", ["too-many-aliases 102 3", "none"]),
        ("'- &a x\\n' + '- *a\\n' * 100", ["document"]),
        # length and number
        ("'a: ' + 'x' * 100_001", ["scalar-too-long 1 4", "none"]),
        ("'a: ' + 'x' * 100_000", ["document"]),
        ("'a: ' + '9' * 1001", ["number-out-of-bounds 1 4", "document"]),
        ("'a: 1e1000000000'", ["number-out-of-bounds 1 4", "document"]),
        ("'a: \"\\\\UFFFFFFFF\"\\n'", ["escape-unknown 1 5", "none"]),
    ],
)
def test_a_limit_is_said_and_kept(expression: str, said: list[str], parser: str) -> None:
    assert read(expression, parser) == said


def test_the_number_of_values_is_limited() -> None:
    assert read("'- x\\n' * 200_000") == ["too-many-nodes 200000 3", "none"]
    assert read("'- x\\n' * 199_000") == ["document"]


def test_a_long_text_is_refused_before_it_is_parsed() -> None:
    assert read("'[' * 5_000_001", seconds=10) == ["file-too-big 0 0", "none"]


UNITS = [
    "[", "{", "- ", "? ", '"', "'", "&a ", "!a ", "\n", "#", "a\n", "*a ", "[a, ", "\t", " ", ">\n", "%", "\\", "：",
    "a：b\n", "a:1\n", "a: b: c\n", 'a: "x\n', "k: > 3\n", "---\n", "　", "a: [1..5)\n", "“", "1", "1e", "''", "- &a x\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_a_repeated_piece_takes_bounded_time(unit: str) -> None:
    assert read(f"{unit!r} * 60_000", seconds=20)[-1] in ("none", "document")


def test_three_thousand_lines_are_quick() -> None:
    """The aim is 60 ms; the bound here leaves room for a slow machine and catches anything not linear."""
    block = (
        "- id: petitions.repeated_{0}\n  name: {{zh: 反复上访, en: Repeated}}\n  when:\n    count: petitions\n"
        '    where: {{level: [京, 省], date: {{within: 12 months}}}}\n    is: ">= threshold"\n'
    )
    text = "".join(block.format(n) for n in range(500))
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        assert parse_yaml(text, "x.yaml").diagnostics == ()
        taken.append(time.perf_counter() - started)
    assert min(taken) < 0.5
