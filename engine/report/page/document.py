"""The page as one file: data, style and script inside, and a security policy that lets nothing else run or load."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from types import MappingProxyType

from engine.messages import Lang, text
from engine.report.page.data import data_object
from engine.report.page.record import PageRecord

#: In the order in which they are joined.
SCRIPTS = (
    "base.js",
    "model.js",
    "parts.js",
    "overview.js",
    "tree.js",
    "graph.js",
    "marks.js",
    "timeline.js",
    "case.js",
    "unit.js",
    "policy.js",
    "page.js",
)
STYLES = ("page.css", "drawing.css", "print.css")


def page_document(
    record: PageRecord,
    ledger_head: str | None = None,
    standings: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> bytes:
    """The file's content, UTF-8. ``ledger_head``: the line that `ledger head` prints, if a ledger was kept;
    ``standings``: unit id → what the ledger says of its last evaluation, a sentence each.

    The same policy, facts, date, language and ledger give the same bytes.
    """
    lang = record.lang
    data = data_block(data_object(record, ledger_head, standings))
    script, style = script_text(), style_text()
    title = text("html.title", lang, title=record.book.policy.title[lang])
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{security_policy(script, style)}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n',
            f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n",
            _frame(lang),
            f'<script type="application/json" id="data">{data}</script>\n',
            f"<script>{script}</script>\n</body>\n</html>\n",
        )
    ).encode("utf-8", "replace")


def _frame(lang: Lang) -> str:
    """What is there before the script runs; where scripts are switched off, it says so."""
    skip, off = escape(text("html.skip", lang)), escape(text("html.no-script", lang))
    return (
        f'<a class="skip" href="#main">{skip}</a>\n<div id="app"></div>\n<noscript><p>{off}</p></noscript>\n'
    )


def data_block(data: object) -> str:
    """JSON that cannot end its element or open a comment, whatever a workbook says: no ``<`` is left in it."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in ("<", ">", "&", "\u2028", "\u2029"):
        written = written.replace(char, f"\\u{ord(char):04x}")
    return written


def security_policy(script: str, style: str) -> str:
    """Nothing is loaded; only this script and this style, by their digests, take effect."""
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(content: str) -> str:
    return (
        "'sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii") + "'"
    )


@cache
def script_text() -> str:
    """All scripts, in one scope of their own."""
    return "\n(function () {\n'use strict';\n" + "".join(_asset(name) for name in SCRIPTS) + "}());\n"


@cache
def style_text() -> str:
    """All style sheets."""
    return "\n" + "".join(_asset(name) for name in STYLES)


def _asset(name: str) -> str:
    return (
        files("engine.report.page").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n")
    )
