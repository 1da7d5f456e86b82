"""Counts of a run: verdicts by kind of unit, categories by the offices in charge, duties by owner and period, measures,
and what is missing by the offices that supply it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import polars as pl

from engine.batch.layout import UNIT
from engine.batch.network import AND, BROKEN
from engine.batch.parts import PLACE
from engine.inference.evaluation import Program
from engine.messages import Lang, text
from engine.project.duty import Party
from engine.project.policy import Policy
from engine.wording.words import fact_name

#: Who is no office: the unit itself, nobody, and whoever is not settled yet.
PARTIES = ("unit", "none", "unknown")
#: In place of a reason: the register is known, but some of its cells are not.
BLANK_CELLS = "blank cells"
_DAY = r"^\d{4}-\d{2}-\d{2}"


class Key(NamedTuple):
    """What is counted. ``office``: the ids of those in charge, or one of ``PARTIES``; ``rule``: a category, duty or measure,
    or the fact or register that is missing;
    ``period``: of a duty, as it is named for a unit listed once, or the year of one that begins on a day of its own."""

    table: str
    office: str
    kind: str
    rule: str
    period: str
    value: str


class Summary:
    """Counts that grow while the parts of a run go by."""

    def __init__(self, program: Program) -> None:
        self._policy = program.policy
        self.counts: Counter[Key] = Counter()

    def add(self, tables: Mapping[Any, pl.DataFrame]) -> None:
        """Counts the tables of one part. Without its verdicts nothing is known of the kinds of its units."""
        units = tables.get("verdicts")
        if units is not None:
            self._counted("verdicts", units, "verdict")
        if "findings" in tables:
            self._findings(_with_kind(tables["findings"], units), units)
        if "duties" in tables:
            self._duties(tables["duties"], units)
        if "measures" in tables:
            self._measures(tables["measures"], units)
        if "missing" in tables:
            self._missing(_with_kind(tables["missing"], units))

    def add_rows(self, rows: Iterable[Iterable[Any]]) -> None:
        """Counts what ``rows`` of another summary say."""
        for *key, count in rows:
            self.counts[Key(*key)] += count

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The counts in order: the fields of the key, then the count."""
        return [(*key, count) for key, count in sorted(self.counts.items())]

    # --------------------------------------------------------------------------------------------- what is counted

    def _counted(
        self,
        name: str,
        table: pl.DataFrame,
        value: str,
        rule: str | None = None,
        of: str = "",
        office: str = "",
    ) -> None:
        """Rows by kind and ``value``, and by the column ``rule`` if there is one; else the rule is ``of``."""
        by = ["kind", value] if rule is None else ["kind", value, rule]
        for row in table.group_by(by).len().iter_rows(named=True):
            found = row[value]
            word = "unknown" if found is None else str(found).lower() if isinstance(found, bool) else found
            key = Key(name, office, row["kind"] or "", of if rule is None else row[rule], "", word)
            self.counts[key] += row["len"]

    def _findings(self, table: pl.DataFrame, units: pl.DataFrame | None) -> None:
        """The categories. A table with a row for each finding leaves out what is false, which the units then tell."""
        long = "rule" in table.columns
        if long and units is not None:
            every = units.select(UNIT, "kind").join(
                pl.DataFrame({"rule": list(self._policy.categories)}),
                how="cross",
                maintain_order="left_right",
            )
            there = table.drop("kind").with_columns(pl.lit(True).alias("there"))
            table = every.join(there, on=[UNIT, "rule"], how="left").with_columns(
                pl.when(pl.col("there")).then(pl.col("finding")).otherwise(False).alias("finding")
            )
        if not long:
            self._categories(table)
            return
        for id_, category in self._policy.categories.items():
            found = table.filter(pl.col("rule") == id_)
            self._counted("findings", found, "finding", of=id_, office=";".join(category.lead))

    def _categories(self, table: pl.DataFrame) -> None:
        """The categories of a table with a column for each, all in one go."""
        counted = table.group_by("kind").agg(
            pl.len().alias(":all"),
            *[pl.col(id_).sum().alias(f"{id_}:true") for id_ in self._policy.categories],
            *[pl.col(id_).null_count().alias(f"{id_}:unknown") for id_ in self._policy.categories],
        )
        for row in counted.iter_rows(named=True):
            for id_, category in self._policy.categories.items():
                true, unknown = row[f"{id_}:true"], row[f"{id_}:unknown"]
                words = {"true": true, "unknown": unknown, "false": row[":all"] - true - unknown}
                for word, count in words.items():
                    if count:
                        key = Key("findings", ";".join(category.lead), row["kind"] or "", id_, "", word)
                        self.counts[key] += count

    def _duties(self, table: pl.DataFrame, units: pl.DataFrame | None) -> None:
        chosen = sorted({p.id for d in self._policy.duties.values() for p in d.owners if p.kind == "table"})
        shared = ["kind", *chosen] if units is not None else []
        rows = table.select(PLACE, "duty", "period", "status")
        if units is not None:
            # Units that are alike in what is counted are one kind: joining and counting numbers is faster.
            classes = units.select(shared).unique(maintain_order=True).with_row_index("alike")
            alike = units.join(classes, on=shared, nulls_equal=True).select(PLACE, "alike")
            rows = rows.join(alike, on=PLACE, how="left")
        by_row = [id_ for id_, duty in self._policy.duties.items() if duty.recurrence == "row"]
        # The name of a row is no period: there are as many as rows.
        period = pl.when(~pl.col("duty").cast(pl.String).is_in(by_row)).then("period")
        counted = rows.with_columns(period.alias("period")).group_by(pl.exclude(PLACE)).len()
        if units is not None:
            counted = counted.join(classes, on="alike", how="left")
        for row in counted.iter_rows(named=True):
            owners = [_holder(party, row) for party in self._policy.duties[row["duty"]].owners]
            name = re.sub(r"#\d+$", "", row["period"] or "")
            period_of = name[:4] if re.search(_DAY, name) else name
            key = Key(
                *("duties", ";".join(dict.fromkeys(owners)), row.get("kind") or ""),
                *(row["duty"], period_of, row["status"]),
            )
            self.counts[key] += row["len"]

    def _measures(self, table: pl.DataFrame, units: pl.DataFrame | None) -> None:
        rows = _with_kind(table, units)
        replaced = pl.col("superseded by").is_not_null()
        word = (
            pl.when(pl.col("required") & replaced)
            .then(pl.lit("superseded"))
            .when(pl.col("required") & pl.col("taken").is_not_null())
            .then(pl.lit("taken"))
            .when(pl.col("required"))
            .then(pl.lit("required"))
            .when(~pl.col("required"))
            .then(pl.lit("taken unasked"))
            .otherwise(pl.lit("unknown"))
        )
        self._counted("measures", rows.with_columns(word.alias("value")), "value", rule="measure")

    def _missing(self, table: pl.DataFrame) -> None:
        """Units by fact or register and reason; those with blank cells in a register once, however many they are."""
        cell = pl.col("fact").str.contains("[", literal=True)
        cells = table.filter(cell).with_columns(pl.col("fact").str.replace(r"\[.*$", ""))
        every = [
            table.filter(~cell).group_by("kind", "fact", "reason").len(),
            cells.unique([UNIT, "fact"])
            .group_by("kind", "fact")
            .len()
            .with_columns(pl.lit(BLANK_CELLS).alias("reason")),
        ]
        for row in pl.concat(every, how="diagonal").iter_rows(named=True):
            what = self._policy.facts.get(row["fact"]) or self._policy.registers.get(row["fact"])
            office = (what.supplier if what is not None else None) or ""
            self.counts[Key("missing", office, row["kind"] or "", row["fact"], "", row["reason"])] += row[
                "len"
            ]


def _with_kind(table: pl.DataFrame, units: pl.DataFrame | None) -> pl.DataFrame:
    if units is None:
        return table.with_columns(pl.lit(None, dtype=pl.String).alias("kind"))
    if units.height == table.height and units[UNIT].equals(table[UNIT]):
        return table.with_columns(units["kind"])
    return table.join(units.select(UNIT, "kind"), on=UNIT, how="left", maintain_order="left")


def _holder(party: Party, row: Mapping[str, Any]) -> str:
    if party.kind == "unit":
        return "unit"
    if party.kind != "table":
        return party.id
    choice = row.get(party.id)
    if choice is None or choice.startswith(BROKEN):
        return "unknown"
    return choice.replace(AND, ";") or "none"


def table_of(counts: Mapping[Key, int], policy: Policy) -> pl.DataFrame:
    """The counts as a table, offices and rules with their names in both languages beside their ids."""
    names = ("table", "office", "kind", "rule", "period", "value")
    rows = []
    for key, count in sorted(counts.items()):
        said = [office_names(policy, key.office, lang) for lang in ("zh", "en")]
        called = [name_of(policy, key.rule, lang) for lang in ("zh", "en")]
        rows.append((*key, count, *said, *called))
    schema: dict[str, Any] = dict.fromkeys(names, pl.String)
    more = [f"{name}_{lang}" for name in ("office", "rule") for lang in ("zh", "en")]
    return pl.DataFrame(rows, {**schema, "count": pl.Int64, **dict.fromkeys(more, pl.String)}, orient="row")


def office_names(policy: Policy, ids: str, lang: Lang) -> str:
    """The names of offices and posts whose ids are joined by semicolons."""
    found = []
    for id_ in filter(None, ids.split(";")):
        entry = policy.offices.get(id_) or policy.posts.get(id_)
        if entry is not None:
            found.append(entry.name[lang])
        else:
            found.append(text(f"batch.owner-{id_}", lang) if id_ in PARTIES else id_)
    return ("、" if lang == "zh" else ", ").join(found)


def name_of(policy: Policy, id_: str, lang: Lang) -> str:
    """The name of a rule, category, duty or measure, or of a fact; empty for none."""
    for group in (policy.rules, policy.duties, policy.measures):
        if id_ in group:
            return group[id_].name[lang]
    return fact_name(policy, id_, lang) if id_ else ""
