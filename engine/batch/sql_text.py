"""What is said around the SQL: which plan it is, and what the columns of its tables mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.batch.sql_tables import SqlColumn, quoted
from engine.inference.evaluation import Program
from engine.messages import Lang, text
from engine.project.policy import Policy
from engine.wording.words import parameter_words, short_digest


def head_lines(program: Program, tables: Mapping[str, Sequence[SqlColumn]], lang: Lang) -> Iterator[str]:
    """Comments at the head of a query: the plan, its date, what was assumed, what is read and what one column means."""
    policy = program.policy
    title = policy.title[lang]
    yield _comment(
        text("sql.head", lang, title=title, digest=short_digest(policy), as_of=program.as_of.isoformat())
    )
    if program.overridden:
        assumed = (
            f"{id_} = {parameter_words(policy, id_, program.parameters[id_], lang)}"
            for id_ in sorted(program.overridden)
        )
        yield _comment(text("sql.parameters", lang, values=", ".join(assumed)))
    yield _comment(text("sql.reads", lang, tables=", ".join(tables)))
    yield _comment(text("sql.not-computed", lang))


def table_statements(tables: Mapping[str, Sequence[SqlColumn]], policy: Policy, lang: Lang) -> str:
    """Statements that create the tables, each column with its meaning."""
    statements = []
    for name, columns in tables.items():
        lines = []
        for number, column in enumerate(columns, start=1):
            comma = "," if number < len(columns) else ""
            lines.append(
                f"    {quoted(column.name)} {column.type}{comma} {_comment(_meaning(column, policy, lang))}"
            )
        head = [] if name not in policy.registers else [_comment(policy.registers[name].name[lang])]
        statements.append("\n".join([*head, f"CREATE TABLE {quoted(name)} (", *lines, ");"]))
    return "\n\n".join(statements) + "\n"


def _meaning(column: SqlColumn, policy: Policy, lang: Lang) -> str:
    if column.register is not None:
        return text("sql.column-none", lang, register=policy.registers[column.register].name[lang])
    if column.fact is None:
        return text(f"sql.column-{column.name}", lang, kinds=", ".join(policy.kinds))
    words = ", ".join(choice.value for choice in column.fact.choices)
    return column.fact.name[lang] + (f": {words}" if words else "")


def _comment(said: str) -> str:
    """One line, whatever a name in the policy holds."""
    return "-- " + " ".join(said.split())
