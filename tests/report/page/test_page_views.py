"""A walk through the page as a clerk and an auditor take it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Open = Callable[..., Any]


def names(page: Any) -> list[str]:
    return [cell.inner_text() for cell in page.locator(".units tbody th").all()]


def test_the_overview_counts_units_by_verdict_and_by_category(visit: Open, office: Path) -> None:
    page = visit(office).open().page
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert [tile.inner_text().split() for tile in page.locator(".tile").all()] == [
        ["软弱涣散", "17个"],
        ["不属于软弱涣散", "10个"],
        ["暂不能认定", "1个"],
        ["不在范围", "2个"],
    ]
    assert page.locator(".bars li").first.inner_text().split() == ["班子建设问题", "成立5"]
    assert len(names(page)) == 30


def test_filters_narrow_the_table_and_the_address_keeps_them(visit: Open, office: Path) -> None:
    seen = visit(office).open()
    page = seen.page
    page.get_by_role("button", name="不在范围").click()
    assert names(page) == ["启明学校", "远岭村"]
    page.select_option("#kind", label="村")
    assert names(page) == ["远岭村"]
    assert page.locator(".found").inner_text() == "共30个单位，符合条件1个"
    page.get_by_role("button", name="清除条件").click()
    page.get_by_role("button", name="成立5").click()
    assert names(page) == ["木棉社区", "渡口联社", "榕荫社区", "长堤社区", "星桥社区"]
    page.reload()
    assert names(page) == ["木棉社区", "渡口联社", "榕荫社区", "长堤社区", "星桥社区"]
    page.get_by_role("button", name="逾期职责").click()
    page.get_by_role("button", name="逾期职责").click()
    assert names(page)[0] == "榕荫社区"
    assert page.locator("th[aria-sort=descending]").inner_text().strip().startswith("逾期职责")


def test_search_by_name_or_id(visit: Open, office: Path) -> None:
    page = visit(office).open().page
    page.fill("#search", "古井")
    assert names(page) == ["古井联社"]
    page.fill("#search", "cg-2")
    assert len(names(page)) == 10
    page.fill("#search", "没有这个单位")
    assert page.locator(".results").inner_text() == "没有符合条件的内容。"


def test_a_unit_says_its_verdict_and_why_down_to_clause_and_cell(visit: Open, office: Path) -> None:
    page = visit(office).open().page
    page.get_by_role("link", name="五岔联社").click()
    page.wait_for_selector(".verdict-block")
    assert page.title().startswith("五岔联社")
    assert page.locator(".sentence").inner_text() == (
        "五岔联社截至2020年12月31日：软弱涣散。成立的类别：集体经济和三资管理问题。"
    )
    tree = page.locator(".tree")
    carrying = [line.inner_text() for line in tree.locator("details.node[open] > summary .label").all()]
    assert carrying[:2] == ["软弱涣散", "单位类型为社区、联社之一"]
    assert "集体资产被侵占" in carrying
    encroached = tree.locator("details.node", has_text="集体资产被侵占").last
    assert "第2.4.4条 集体资产被侵占：集体资产被他人占有。" in encroached.inner_text()
    assert "office.xlsx!" in encroached.inner_text()


def test_the_tree_folds_by_button_and_by_arrow_keys(visit: Open, office: Path) -> None:
    page = visit(office).open("unit=CG-20").page
    page.click("[data-act=fold-all]")
    assert page.locator(".tree details[open].node").count() == 0
    page.locator(".tree summary").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.innerText").find("单位类型") >= 0
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator(".tree details[open].node").count() == 0
    page.click("[data-act=unfold-all]")
    everything = page.locator(".tree details.node").count()
    assert everything == page.locator(".tree details[open].node").count() > 100


def test_every_derivation_of_every_kind_can_be_opened(visit: Open, office: Path) -> None:
    page = visit(office).open("unit=CG-24").page
    values = page.locator("#subject option").evaluate_all("all => all.map(one => one.value)")
    assert len(values) == 44 + 6
    for value in values:
        page.select_option("#subject", value)
        assert page.locator(".tree details.node").count() >= 1
        page.click("[data-act=unfold-all]")
    page.select_option("#subject", label="挂点领导")
    assert page.locator(".choice").inner_text().startswith("挂点领导：")


def test_the_graph_unfolds_and_its_texts_fit_their_boxes(visit: Open, office: Path) -> None:
    page = visit(office).open("unit=CG-24").page
    page.click("[data-as=as-graph]")
    assert page.locator(".graph .box-label").first.text_content() == "软弱涣散"
    folded = "[...document.querySelectorAll('.box[aria-expanded=false]')]"
    for _ in range(200):
        if not page.evaluate(f"{folded}.length"):
            break
        page.evaluate(f"{folded}[0].dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    assert page.locator(".graph .box").count() > 100
    sticking_out = page.evaluate(
        """() => [...document.querySelectorAll('.box')].flatMap(box => {
            const frame = box.querySelector('rect').getBBox();
            return [...box.querySelectorAll('text')].filter(text => {
                const own = text.getBBox();
                return own.x < 0 || own.x + own.width > frame.width || own.y < 0 || own.y + own.height > frame.height;
            }).map(text => text.textContent);
        })"""
    )
    assert sticking_out == []
    overlapping = page.evaluate(
        """() => {
            const frames = [...document.querySelectorAll('.box > rect:first-of-type')];
            const boxes = frames.map(one => one.getBoundingClientRect());
            return boxes.some((a, i) => boxes.some((b, j) => i < j && a.left < b.right - 1 && b.left < a.right - 1
                && a.top < b.bottom - 1 && b.top < a.bottom - 1));
        }"""
    )
    assert not overlapping


def test_duties_stand_on_a_timeline_and_in_a_table(visit: Open, office: Path) -> None:
    page = visit(office).open("unit=CG-07").page
    assert page.locator("svg.timeline").get_attribute("aria-label") == (
        "时间线：逾期未办 1、待办 12、已按期完成 222、已免除 1、完成日期不明 4"
    )
    assert page.locator("svg.timeline .duty-mark.is-overdue").count() == 1
    assert page.locator(".duty-table tbody tr").first.inner_text().startswith("审核整顿项目资金")
    page.select_option("#duty-status", "waived")
    waived = page.locator(".duty-table tbody tr")
    assert waived.count() == 1
    assert "免除" in waived.inner_text()
    page.select_option("#duty-status", "met")
    assert page.locator(".duty-table tbody tr").count() == 40
    page.get_by_role("button", name="显示全部222项").click()
    assert page.locator(".duty-table tbody tr").count() == 222


def test_measures_and_procedures_have_their_days_and_their_derivations(visit: Open, office: Path) -> None:
    page = visit(office).open("unit=CG-20").page
    measures = page.locator("section", has=page.locator("#measures"))
    assert "应当采取" in measures.inner_text()
    measures.locator("summary", has_text="依据").first.click()
    measures.locator(".tree details.node").first.wait_for()
    page.goto(page.url.replace("CG-20", "CG-01"))
    page.wait_for_function("document.querySelector('.unit-id').innerText === 'CG-01'")
    steps = page.locator("section", has=page.locator("#procedures")).locator("tbody tr")
    assert steps.count() == 6
    assert "已办理" in steps.first.inner_text()


def test_what_is_missing_stands_under_the_office_that_has_it(visit: Open, screened: Path) -> None:
    page = visit(screened).open("unit=CG-24").page
    missing = page.locator("section", has=page.locator("#missing"))
    offices = [heading.inner_text() for heading in missing.locator("h3").all()]
    assert "Comprehensive Governance and Petitions Section" in offices
    article = missing.locator("article", has_text="Comprehensive Governance and Petitions Section").last
    assert "not understood" in article.inner_text()
    assert "Repeated petitions" in article.inner_text()


def test_sources_that_disagree_are_both_shown(visit: Open, screened: Path) -> None:
    page = visit(screened).open("unit=CG-09").page
    page.click("[data-act=unfold-all]")
    tree = page.locator(".tree").inner_text()
    assert "sources disagree" in tree
    assert "纪检监察室.csv!" in tree


def test_assumptions_clauses_and_check(visit: Open, office: Path) -> None:
    page = visit(office).open().page
    page.get_by_role("link", name="口径").click()
    page.wait_for_selector(".assumption-table")
    assert page.locator(".assumption-table tbody tr").count() == 40
    page.get_by_role("link", name="条款", exact=True).click()
    page.wait_for_selector(".clauses")
    assert page.locator(".clauses tbody tr:visible").count() == 254
    page.fill("#clause-search", "信访")
    few = page.locator(".clauses tbody tr:visible").count()
    assert 0 < few < 30
    page.get_by_role("link", name="核验").click()
    page.wait_for_selector(".commands")
    assert "120 sha256:0f0f" in page.locator(".head").inner_text()
    assert 'plumbline ledger verify --head "120 sha256:' in page.locator(".commands").inner_text()


def test_a_unit_says_what_the_ledger_says_of_it(visit: Open, office: Path) -> None:
    page = visit(office).open("unit=CG-20").page
    lines = page.locator(".standing li")
    assert lines.all_inner_texts()[0] == "第2条已确认：软弱涣散"
    assert visit(office).open("unit=CG-01").page.locator(".standing").count() == 0


def test_without_a_ledger_the_page_says_so(visit: Open, screened: Path) -> None:
    page = visit(screened).open("check").page
    assert "No ledger head was given" in page.locator("main").inner_text()
    assert page.locator(".commands").inner_text() == "plumbline ledger verify\nplumbline ledger head"


def test_a_clause_leads_to_its_row_and_back(visit: Open, office: Path) -> None:
    page = visit(office).open().page
    page.fill("#search", "五岔")
    page.get_by_role("link", name="五岔联社").click()
    page.wait_for_selector(".verdict-block")
    page.locator(".tree a.clause").first.click()
    page.wait_for_selector("tr.chosen")
    assert page.locator("tr.chosen th").inner_text() == "2"
    page.go_back()
    page.wait_for_selector(".verdict-block")
    page.go_back()
    page.wait_for_selector(".units")
    assert page.input_value("#search") == "五岔"
    assert names(page) == ["五岔联社"]


def test_an_address_that_means_nothing_shows_the_overview_or_says_so(visit: Open, office: Path) -> None:
    seen = visit(office)
    assert seen.open("nonsense=%E0%A4%A").page.locator("h1").inner_text() == "单位一览"
    assert seen.open("__proto__").page.locator("h1").inner_text() == "单位一览"
    assert seen.open("unit=NONE").page.locator("h1").inner_text() == "没有这个单位"


def test_every_unit_opens_in_both_languages(visit: Open, office: Path, screened: Path) -> None:
    for file in (office, screened):
        page = visit(file).open().page
        for number in range(1, 31):
            page.evaluate(f"location.hash = 'unit=CG-{number:02d}'")
            page.wait_for_function(f"document.querySelector('.unit-id')?.innerText === 'CG-{number:02d}'")
