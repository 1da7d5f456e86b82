"""Files that are no YAML at all: other encodings, other kinds of file, none, too large, not to be read."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from engine.diagnostics import render
from engine.messages import Lang
from engine.project.yaml import parse_yaml, read_yaml

RULE = "criteria:\n  - id: petitions.repeated\n    name: {zh: 反复越级上访, en: Repeated petitions}\n"


def said(content: bytes, lang: Lang = "en") -> str:
    result = parse_yaml(content, "rules/x.yaml")
    assert result.document is None
    return "\n".join(render(diagnostic, lang) for diagnostic in result.diagnostics)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_a_mark(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(RULE.encode(encoding))
    result = read_yaml(path, "x.yaml")
    assert result.diagnostics == ()
    assert result.document is not None
    assert result.document.data["criteria"][0]["name"]["zh"] == "反复越级上访"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gb18030", "GB18030 (GBK)"),
        ("gbk", "GB18030 (GBK)"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_another_encoding_is_named(encoding: str, name: str) -> None:
    assert said(RULE.encode(encoding)) == (
        f"rules/x.yaml: error[wrong-encoding]: this file is not in UTF-8; it looks like {name}\n"
        "  help: save it as UTF-8 in your editor (“save as”, encoding UTF-8)"
    )
    assert said(RULE.encode(encoding), "zh") == (
        f"rules/x.yaml: error[wrong-encoding]: 文件不是 UTF-8 编码，看起来是 {name}\n"
        "  提示: 在编辑器中另存为 UTF-8 编码（“另存为”，编码选 UTF-8）"
    )


def test_a_broken_byte_in_utf8_is_placed() -> None:
    assert said(RULE.encode().replace("越".encode(), b"\xff")) == (
        "rules/x.yaml:3:18: error[bad-byte]: the byte 0xFF is not UTF-8\n"
        "    3 |     name: {zh: 反复\ufffd级上访, en: Repeated petitions}\n"
        "      |                    ^\n"
        "  help: type the characters here again and save the file as UTF-8"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (bytes(range(256)) * 4, "binary-file"),
        (b"a: 1\0", "binary-file"),
        (b"\x01\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x13", "binary-file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary-file"),
        (b"PK\x03\x04\x14\0\x06\0", "file-of-another-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "file-of-another-kind"),
        (b"", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"\n \n# x\n", "empty-file"),
        (b"---\n", "empty-file"),
    ],
)
def test_what_is_not_a_text_is_refused(content: bytes, code: str) -> None:
    result = parse_yaml(content, "x.yaml")
    assert (result.document, [d.code for d in result.diagnostics]) == (None, [code])
    assert all(render(d, lang) for d in result.diagnostics for lang in ("zh", "en"))


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert [d.code for d in read_yaml(tmp_path, "x").diagnostics] == ["is-a-folder"]
    assert [d.code for d in read_yaml(tmp_path / "no", "x").diagnostics] == ["no-such-file"]
    assert [d.code for d in read_yaml(tmp_path / "a\0b", "x").diagnostics] == ["file-not-readable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert [d.code for d in read_yaml(tmp_path / "x.yaml", "x").diagnostics] == ["not-a-file"]


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1\n", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (found,) = read_yaml(path, "x.yaml").diagnostics
    assert render(found, "zh") == (
        "x.yaml: error[file-not-permitted]: 没有权限读取这个文件\n  提示: 请文件所有者开放读取权限"
    )


def test_200_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    started = time.monotonic()
    (found,) = read_yaml(path, "x.yaml").diagnostics
    assert time.monotonic() - started < 0.5
    assert found.message("en") == "this file has 200.0 MB, more than the 5 MB that are read"
