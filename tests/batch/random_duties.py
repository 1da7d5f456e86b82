"""Random plans of duties, procedures, ladders and measures over the lamps' vocabulary, and random units for them."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

Plan = dict[str, str]
WORK = ["修灯", "加油", "擦灯", "年报", "故障"]
LENGTHS = ["10 days", "1 month", "3 months", "1 year", "5 working days", "12 working days"]
STATUSES = ["met", "met_late", "pending", "overdue", "unknown"]
NAMES = ["mend", "fill", "wipe", "report", "look", "thank"]


def _named(id_: str) -> dict[str, Any]:
    return {"id": id_, "name": {"zh": f"做{id_}", "en": f"Do {id_}"}, "clause": "1"}


def _where() -> st.SearchStrategy[dict[str, Any]]:
    """Filters of the register of work: by one text, by some, by a number, by two columns, by nothing."""
    one = st.sampled_from(WORK)
    return st.one_of(
        st.fixed_dictionaries({"做了什么": one}),
        st.fixed_dictionaries({"做了什么": st.lists(one, min_size=2, max_size=3, unique=True)}),
        st.fixed_dictionaries({"做了什么": one, "哪一年": st.sampled_from([2018, "> 2018"])}),
        st.fixed_dictionaries({"哪一年": st.sampled_from([2018, ">= 2019"])}),
        st.just({}),
    )


def _rows(which: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    made = {"register": st.just("灯务"), "where": _where(), "date": st.sampled_from(["做于", "了结于"])}
    if which:
        made["which"] = st.sampled_from(["first", "latest"])
    return st.fixed_dictionaries(made)


@st.composite
def _evidence(draw: st.DrawFn, each: str) -> dict[str, Any]:
    forms = ["rows", "rows", "rows", "several", "of a year"]
    if each == "once":
        forms += ["fact", "dated fact"]
    if each == "row":
        forms += ["same row", "same row"]
    form = draw(st.sampled_from(forms))
    if form == "same row":
        return {"same row": draw(st.sampled_from(["了结于", "做于"]))}
    if form in ("fact", "dated fact"):
        return {"fact": "已备油", **({"date": "备油日期"} if form == "dated fact" else {})}
    found = draw(_rows())
    if form == "several":
        found["at least"] = draw(st.integers(2, 3))
    if form == "of a year" and each == "year":
        found["period"] = "哪一年"
    return found


@st.composite
def _due(draw: st.DrawFn, each: str, span: str, before: list[str]) -> dict[str, Any] | None:
    form = draw(st.sampled_from(["none", "by", "within", "within", "within", "before"]))
    if form == "none":
        return None
    if form == "by":
        return {"by": draw(st.sampled_from(["end of period", "11-30", "02-29", "灯节", "黄昏"]))}
    events: list[Any] = ["start of period", "end of period", "灯节", "备油日期"]
    if span == "listed":
        events.append("listing")
    if before:
        events += [draw(st.sampled_from(before))] * 3
    events.append(draw(_rows(which=True)))
    length = draw(st.sampled_from(LENGTHS))
    event = draw(st.sampled_from(events))
    return {"within": length, "of": event} if form == "within" else {"at least": length, "before": event}


@st.composite
def _duty(draw: st.DrawFn, number: int, before: list[str]) -> dict[str, Any]:
    each = draw(
        st.sampled_from(
            ["once", "once", "phase", "year", "half-year", "quarter", "month", "4 months", "row", "row"]
        )
    )
    span = draw(st.sampled_from(["listed", "listed", "in force"]))
    duty = {**_named(NAMES[number]), "owner": draw(st.sampled_from(["灯长", "油库", "本单位"]))}
    duty |= {"each": each, "while": span, "evidence": draw(_evidence(each))}
    if each == "row":
        duty["rows"] = draw(_rows())
    if each == "phase" and draw(st.booleans()):
        duty["phases"] = [draw(st.sampled_from(["黄昏", "夜里"]))]
    due = draw(_due(each, span, before))
    if due is not None:
        duty["due"] = due
    optional: dict[str, list[Any]] = {
        "applies to": [["社区"], ["联社"]],
        "applies when": [{"灯灭了": "是"}, {"已备油": "否"}, {"finding": "weak"}],
        "from": ["2018-06-15", "灯节"],
        "until": ["2019-03-31", "夜里"],
        "group": ["care"],
        "advisory": [True],
    }
    for key, choices in optional.items():
        if draw(st.integers(0, 3)) == 0:
            duty[key] = draw(st.sampled_from(choices))
    return duty


@st.composite
def _measure_condition(draw: st.DrawFn, duties: list[str], group: bool) -> Any:
    subject = {"duty": draw(st.sampled_from(duties))}
    if group and draw(st.booleans()):
        subject = {"group": "care"}
    was = draw(st.lists(st.sampled_from(STATUSES[:4]), min_size=1, max_size=2, unique=True))
    times = draw(st.sampled_from([">= 1", ">= 2", "< 2", "0"]))
    forms: list[Any] = [
        {**subject, "was": was, "times": times},
        {**subject, "was": was, "times": times},
        {"procedure": "leave", "is": draw(st.sampled_from(["violated", "completed", "not completed"]))},
        {
            "step": f"leave.{draw(st.sampled_from(['agree', 'test', 'left', 'file']))}",
            "is": draw(st.sampled_from(["done", "not done"])),
        },
        {"finding": "key"},
        {"灯灭了": "是"},
    ]
    found = draw(st.lists(st.sampled_from(forms), min_size=1, max_size=3))
    return found[0] if len(found) == 1 else {draw(st.sampled_from(["all", "any", "none"])): found}


@st.composite
def _measures(draw: st.DrawFn, duties: list[str], group: bool) -> dict[str, Any]:
    measures = []
    for number in range(draw(st.integers(1, 3))):
        span = draw(st.sampled_from(["listed", "in force"]))
        measure = {**_named(f"m{number}"), "by": "灯务科", "against": "本单位", "while": span}
        measure["when"] = draw(_measure_condition(duties, group))
        events: list[Any] = ["trigger", "灯节", "备油日期", draw(_rows(which=True))]
        if span == "listed":
            events.append("listing")
        if draw(st.booleans()):
            measure["due"] = {
                "within": draw(st.sampled_from(LENGTHS)),
                "of": draw(st.sampled_from(events)),
            }
        if draw(st.booleans()):
            measure["evidence"] = draw(_rows())
        measures.append(measure)
    occasions: Any = {"register": "评分表", "where": {"评分": "差"}, "date": "评于"}
    by_duty = draw(st.booleans())
    if by_duty:
        was = draw(st.lists(st.sampled_from(["overdue", "met_late"]), min_size=1, max_size=2, unique=True))
        occasions = {"duty": draw(st.sampled_from(duties)), "was": was}
    ladder = {
        **_named("bad_marks"),
        "over": draw(st.sampled_from(["this listing", "the whole plan"])),
        "occasions": occasions,
        "counts": draw(st.sampled_from(["altogether", "in a row"])),
    }
    if not by_duty:
        ladder["broken by"] = {"评分": "好"}
    ladder["rungs"] = [
        {"from": 1, **_named("word"), "by": "灯务科", "against": "灯长"}
        | {"due": {"within": "10 days", "of": "trigger"}},
        {"from": 2, **_named("letter"), "by": "灯务科", "against": "灯长"},
    ]
    return {"measures": measures, "ladders": [ladder]}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Other text for files of the lamp plan, as ``lamp_plan.policy`` takes it."""
    duties: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 4))):
        once = [d["id"] for d in duties if d["each"] == "once"]
        duties.append(draw(_duty(number, once)))
    grouped = any("group" in duty for duty in duties)
    file: dict[str, Any] = {"duties": duties}
    if grouped:
        file["groups"] = [_named("care")]
    measures = draw(_measures([duty["id"] for duty in duties], grouped))
    return {"rules_duties": _yaml(file), "rules_measures": _yaml(measures)}


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)
