"""``plumbline sql``: the screening as one SQL query, for data that stays in a warehouse."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from engine.cli import exits
from engine.cli.base import command
from engine.cli.opening import load_project, program_at
from engine.cli.options import param_option
from engine.cli.output import write_raw
from engine.cli.settings import Settings
from engine.cli.values import as_of_option, parameter_values
from engine.messages import Lang, text

if TYPE_CHECKING:
    from engine.batch.outputs import Output
    from engine.batch.sql import SqlScreening
    from engine.inference.evaluation import Program


def build(lang: Lang) -> click.Command:
    """The command in one language."""
    params = [
        as_of_option(lang),
        click.Option(["--only"], metavar=text("metavar.outputs", lang), help=text("option.sql-only", lang)),
        click.Option(["--tables"], is_flag=True, help=text("option.sql-tables", lang)),
        param_option(lang),
    ]
    return command("sql", lang, run, params)


def run(settings: Settings, as_of: date, only: str | None, tables: bool, param: tuple[str, ...]) -> None:
    """Prints the query, or the statements for its tables, ready to be saved as a file."""
    wanted = _wanted(only)
    policy, _ = load_project(settings)
    program = program_at(policy, as_of, parameter_values(policy, param, settings.lang))
    sql = _screening(program, wanted, settings.lang)
    from engine.batch.sql_text import head_lines, table_statements

    if tables:
        write_raw([table_statements(sql.tables, policy, settings.lang)])
    else:
        write_raw([line + "\n" for line in head_lines(program, sql.tables, settings.lang)])
        write_raw([sql.query() + ";\n"])


def _wanted(only: str | None) -> tuple[Output, ...]:
    from engine.batch.outputs import ALSO_CALLED
    from engine.batch.sql import IN_SQL

    if only is None:
        return IN_SQL

    def known(written: str) -> str:
        name = ALSO_CALLED.get(written, written)
        if name not in IN_SQL:
            raise exits.CommandError("sql.no-such-table", "sql.no-such-table-help", found=name)
        return name

    named = exits.every(known, [name.strip() for name in only.replace("，", ",").split(",") if name.strip()])
    if not named:
        raise exits.CommandError("sql.no-such-table", "sql.no-such-table-help", found=only)
    return tuple(output for output in IN_SQL if output in named)


def _screening(program: Program, wanted: tuple[Output, ...], lang: Lang) -> SqlScreening:
    from engine.batch.sql import NoSql, SameName, SqlScreening

    try:
        return SqlScreening(program, wanted)
    except ModuleNotFoundError as error:
        raise exits.CommandError("sql.no-duckdb", "sql.no-duckdb-help") from error
    except SameName as error:
        first, second = error.names
        raise exits.CommandError("sql.same-name", "sql.same-name-help", first=first, second=second) from error
    except NoSql as error:
        raise exits.CommandErrors(
            exits.CommandError("sql.no-form", "sql.no-form-help", rule=rule, why=text(why, lang))
            for rule, why in error.obstacles.items()
        ) from error
