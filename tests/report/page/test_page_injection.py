"""What a workbook says is shown as text, whatever it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from page_cases import SCREENED, data_of, page, policy, reading

from engine.facts.sheet import DataProblem, FactSheet, Observation, Source
from engine.inference import prepare
from engine.report.page.document import data_block
from engine.report.run import Run

Open = Callable[..., Any]
HOSTILE = {
    "script": "</script><script>document.title='taken'</script>",
    "double escape": "<!--<script>",
    "image": "<img src=x onerror=\"document.title='taken'\">",
    "link": "javascript:document.title='taken'",
    "anchor": '<a href="https://example.org/">go</a>',
    "formula": "=cmd|' /C calc'!A0",
    "quotes": "\"'`&amp;&lt;{name}{{7*7}}${7*7}",
    "line ends": "one\u2028two\u2029three",
    "svg": "<svg onload=alert(1)>",
    "prototype": "__proto__",
    "half a pair": "\ud800x",
}
#: A name that seems to end in another way than it does.
TURNED = "报告\u202egpj.exe\u2066\u200b"


def hostile(text: str) -> FactSheet:
    """A unit that says ``text`` wherever a workbook can say something."""
    base = reading(SCREENED).sheets[3]
    source = Source(text, text, "B7")

    def cell(seen: Observation) -> Observation:
        return replace(seen, raw=text, readable=False, source=source, supplier=text)

    rows = tuple(
        replace(
            row,
            cells={c: replace(seen, raw=text) for c, seen in row.cells.items()},
            source=source,
            supplier=text,
        )
        for row in reading(SCREENED).sheets[0].registers["petitions"]
    )
    facts = {id_: tuple(cell(seen) for seen in cells) for id_, cells in base.facts.items()}
    return FactSheet(
        unit=text,
        name=text,
        kind=base.kind,
        facts=facts,
        registers={**base.registers, "petitions": rows},
        problems=(DataProblem(source, "facts.bad-number", {"raw": text}),),
    )


def file_with(folder: Path, texts: list[str]) -> Path:
    run = Run(
        prepare(policy(), SCREENED),
        "reference",
        problems=tuple(DataProblem(Source(t, t, t), t, {}) for t in texts),
    )
    path = folder / "hostile.html"
    path.write_bytes(page([hostile(t) for t in texts], SCREENED, "zh", head=run))
    return path


def shown(text: str) -> str:
    """How a browser gives text back: half a pair was replaced when the file was written."""
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_it_is_text_in_every_view(visit: Open, tmp_path: Path, text: str) -> None:
    page = visit(file_with(tmp_path, [text])).open().page
    assert page.locator(".units tbody th a").text_content() == shown(text)
    page.locator(".units tbody th a").click()
    page.wait_for_selector(".verdict-block")
    assert page.locator("h1 bdi").first.text_content() == shown(text)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.click("[data-act=unfold-all]")
    assert shown(text) in page.locator(".derivation .tree").text_content()
    page.click("[data-as=as-graph]")
    page.wait_for_selector(".graph .box")
    for view in ("assumptions", "clauses", "check"):
        page.evaluate(f"location.hash = '{view}'")
        page.wait_for_selector(f".views a[href='#{view}'][aria-current]")
    assert "taken" not in page.title() or text in page.title()
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, embed, base, link, form").count() == 0
    assert page.evaluate(
        "[...document.querySelectorAll('a')].every(one => one.getAttribute('href').startsWith('#'))"
    )
    assert page.evaluate("document.querySelectorAll('[style]').length") == 0


def test_characters_that_turn_or_hide_text_are_shown_by_number(visit: Open, tmp_path: Path) -> None:
    page = visit(file_with(tmp_path, [TURNED])).open().page
    assert page.locator(".units tbody th a").inner_text() == "报告[U+202E]gpj.exe[U+2066][U+200B]"
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", page.content().split('id="data"')[0])


def test_no_text_can_end_the_element_that_the_data_stands_in() -> None:
    block = data_block({"texts": [*HOSTILE.values(), TURNED]})
    assert not set("<>&\u2028\u2029") & set(block)


def test_the_data_comes_back_as_it_was() -> None:
    for text in HOSTILE.values():
        (unit,) = data_of(page([hostile(text)], SCREENED, "en"))["units"]
        assert unit["name"] == shown(text)


def test_the_security_policy_stops_a_script_that_gets_in_all_the_same(chromium: Any, tmp_path: Path) -> None:
    """Even if something were written into the file past all of this, it would not run, load or send."""
    path = tmp_path / "broken-into.html"
    clean = page([reading(SCREENED).sheets[0]], SCREENED, "zh").decode()
    inside = (
        "<script>document.title = 'taken'</script><img src='https://example.org/x.png' onerror=\"document.title = 'taken'\">"
        "<iframe src='https://example.org/'></iframe><style>body { display: none }</style>"
    )
    path.write_text(clean.replace('<div id="app">', inside + '<div id="app">'), encoding="utf-8")
    context = chromium.new_context()
    seen, asked, said = context.new_page(), [], []
    seen.on("requestfinished", lambda request: asked.append(request.url))
    seen.on("console", lambda message: said.append(message.text))
    seen.goto(path.as_uri())
    seen.wait_for_selector("main h1")
    assert seen.title().startswith("单位一览")
    assert seen.locator("main h1").is_visible()
    assert {url for url in asked if url.startswith("http")} == set()
    assert sum("Content Security Policy" in text for text in said) >= 4
    with pytest.raises(Exception, match="TrustedHTML"):
        seen.evaluate("document.body.innerHTML = '<p>x</p>'")
    context.close()
