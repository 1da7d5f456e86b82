"""Lines of CSV for units that were computed in columns: the same as ``results_csv`` gives, made for many at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.report.csv_text import FORMULA_STARTS
from engine.report.results_csv import DUTY_COLUMNS
from engine.report.run import CLASSIFICATIONS
from engine.wording.words import COLON, COMMA, fact_name, verdict_word

if TYPE_CHECKING:
    import polars as pl

_UNIT, _PLACE = "unit", ":place"


class ColumnsCsv:
    """Turns the tables of a part into lines. ``separator``: between the outcomes of a table that collects."""

    def __init__(self, policy: Policy, lang: Lang, separator: str) -> None:
        self._policy = policy
        self._lang = lang
        self._separator = separator
        self._rules = [rule.id for rule in policy.rules.values() if rule.role in ("criterion", "finding")]
        self._duties = bool(policy.duties or policy.measures)

    def lines(self, tables: Mapping[Any, pl.DataFrame]) -> Iterator[tuple[int, str]]:
        """Place and line of each unit, in order."""
        import polars as pl

        frame = self._units(tables)
        names = [name for name in frame.columns if name != _PLACE]
        starts = list(FORMULA_STARTS)
        harmless = [
            pl.when(pl.any_horizontal(*[pl.col(name).str.starts_with(start) for start in starts]))
            .then(pl.lit("'") + pl.col(name))
            .otherwise(pl.col(name))
            .fill_null("")
            .alias(name)
            for name in names
        ]
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        for place, *cells in frame.select(_PLACE, *harmless).iter_rows():
            writer.writerow(cells)
            yield place, buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()

    def _units(self, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """A text for each cell of each unit."""
        import polars as pl

        policy, lang = self._policy, self._lang
        verdicts, findings = tables["verdicts"], tables["findings"]
        kinds = {id_: entry.name[lang] for id_, entry in policy.kinds.items()}
        words = {name: verdict_word(policy, name, lang) for name in CLASSIFICATIONS}
        key = self._truth(pl.col("key")) if "key" in policy.rules else pl.lit("")
        cells = verdicts.select(
            _PLACE,
            _UNIT,
            pl.col("name").fill_null(""),
            pl.col("kind").replace(kinds).fill_null(text("truth.unknown", lang)).alias("kind"),
            pl.col("verdict").replace(words).alias("verdict"),
            key.alias(":key"),
        )
        truths = [
            self._truth(pl.col(id_)).alias(f":f{i}")
            for i, id_ in enumerate((*policy.categories, *self._rules))
        ]
        choices = [self._choice(table).alias(f":t{i}") for i, table in enumerate(policy.tables)]
        parts = (
            [cells, findings.select(truths), verdicts.select(choices)]
            if choices
            else [cells, findings.select(truths)]
        )
        joined = pl.concat(parts, how="horizontal")
        if self._duties:
            joined = self._with_duties(joined, tables)
        joined = joined.join(self._missing(tables["missing"]), on=_PLACE, how="left", maintain_order="left")
        engine = pl.lit(text("engine.columns", lang)).alias(":engine")
        return joined.with_columns(pl.lit("").alias(":conflicts"), pl.lit("").alias(":problems"), engine)

    def _truth(self, column: pl.Expr) -> pl.Expr:
        import polars as pl

        lang = self._lang
        return (
            pl.when(column)
            .then(pl.lit(text("truth.true", lang)))
            .when(~column)
            .then(pl.lit(text("truth.false", lang)))
            .otherwise(pl.lit(text("truth.unknown", lang)))
        )

    def _choice(self, table: str) -> pl.Expr:
        import polars as pl

        outcomes = self._policy.tables[table].outcomes
        chosen = (
            pl.col(table)
            .str.split(self._separator)
            .list.eval(pl.element().replace({id_: named[self._lang] for id_, named in outcomes.items()}))
        )
        return chosen.list.join(COMMA[self._lang]).fill_null(text("truth.unknown", self._lang))

    def _with_duties(self, units: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """The cells of ``DUTY_COLUMNS``."""
        import polars as pl

        overdue, unknown, called = (f":{name}" for name in DUTY_COLUMNS)
        if "duties" in tables:
            advisory = [duty.id for duty in self._policy.duties.values() if duty.advisory]
            counted = (
                tables["duties"]
                .filter(~pl.col("duty").is_in(advisory))
                .group_by(_PLACE)
                .agg(
                    (pl.col("status") == "overdue").sum().alias(overdue),
                    (pl.col("status") == "unknown").sum().alias(unknown),
                )
            )
            units = units.join(counted, on=_PLACE, how="left", maintain_order="left")
        else:
            units = units.with_columns(pl.lit(0).alias(overdue), pl.lit(0).alias(unknown))
        units = units.with_columns(pl.col(overdue, unknown).fill_null(0).cast(pl.String))
        if "measures" not in tables:
            return units.with_columns(pl.lit("").alias(called))
        names = {id_: measure.name[self._lang] for id_, measure in self._policy.measures.items()}
        wanted = tables["measures"].filter(pl.col("required") & pl.col("superseded by").is_null())
        said = wanted.group_by(_PLACE, maintain_order=True).agg(
            pl.col("measure").replace(names).str.join(COMMA[self._lang]).alias(called)
        )
        return units.join(said, on=_PLACE, how="left", maintain_order="left")

    def _missing(self, table: pl.DataFrame) -> pl.DataFrame:
        """What each unit lacks, a line for each fact."""
        import polars as pl

        lang = self._lang
        facts = {fact: fact_name(self._policy, fact, lang) for fact in table["fact"].unique()}
        reasons = {reason: text(f"reason.{reason}", lang) for reason in table["reason"].unique()}
        said = pl.concat_str(
            pl.col("fact").replace(facts), pl.lit(COLON[lang]), pl.col("reason").replace(reasons)
        )
        return table.group_by(_PLACE, maintain_order=True).agg(said.str.join("\n").alias(":missing"))
