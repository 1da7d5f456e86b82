"""An export can be checked by anybody: by a short script that shares no code with the program, against any forger."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_samples import ledger_at

from engine.ledger.canonical import Json, canonical
from engine.ledger.digests import address_of, digests_of
from engine.ledger.entry import Head, chained, empty_head
from engine.ledger.errors import LedgerError
from engine.ledger.export import export
from engine.ledger.store import Ledger

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_ledger.py"


def script(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(folder), *more], capture_output=True, text=True, check=False
    )


def exported(tmp_path: Path, count: int) -> tuple[Path, Head]:
    with ledger_at(tmp_path / "l", count) as ledger:
        return tmp_path / "out", export(ledger, tmp_path / "out")


def test_the_independent_script_is_short_and_agrees(tmp_path: Path) -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 40
    folder, head = exported(tmp_path, 30)
    found = script(folder, str(head))
    assert (found.returncode, found.stdout) == (0, f"sound: {head}; the head kept elsewhere was compared\n")
    found = script(folder)
    assert (found.returncode, found.stdout) == (0, f"sound: {head}; no head kept elsewhere was compared\n")
    assert script(folder, "30", str(head.digests)).returncode == 0  # without the quotation marks
    with Ledger.open(tmp_path / "l", read_only=True) as ledger:
        older = digests_of(ledger.raw().execute("SELECT written FROM entries WHERE seq = 1").fetchone()[0])
    assert script(folder, f"1 sha256:{older.sha256}").returncode == 0


@pytest.mark.parametrize("number", ["31", "29", "030", "+30", "-30", "3_0", "0", ""])
def test_a_head_is_compared_with_all_its_signs(tmp_path: Path, number: str) -> None:
    folder, head = exported(tmp_path, 30)
    found = script(folder, f"{number} {head.digests}")
    assert found.returncode == 1 and found.stderr.startswith("not sound: no entry has the head ")
    assert script(folder, f"30 sha256:{'0' * 64}").returncode == 1


def test_a_wrong_folder_or_none_is_told_how_to_ask(tmp_path: Path) -> None:
    for arguments in ([str(tmp_path)], []):
        found = subprocess.run(
            [sys.executable, "-I", str(SCRIPT), *arguments], capture_output=True, text=True, check=False
        )
        assert found.returncode == 1 and "python verify_ledger.py FOLDER" in found.stderr
        assert "Traceback" not in found.stderr


def _sealed(folder: Path, entries: list[bytes], objects: list[bytes]) -> None:
    """The files of an export with these lines, and a manifest that fits them, as a forger would write it."""
    (folder / "entries.jsonl").write_bytes(b"".join(entries))
    (folder / "objects.jsonl").write_bytes(b"".join(objects))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name in manifest["files"]:
        manifest["files"][name] = "sha256:" + hashlib.sha256((folder / name).read_bytes()).hexdigest()
    manifest["count"] = len(entries)
    manifest["head"] = "sha256:" + hashlib.sha256(canonical(json.loads(entries[-1])["entry"])).hexdigest()
    (folder / "manifest.json").write_bytes(canonical(manifest) + b"\n")


Lines = list[bytes]


def _object_dropped(entries: Lines, objects: Lines) -> None:
    objects.pop()


def _object_nobody_refers_to(entries: Lines, objects: Lines) -> None:
    content: dict[str, Json] = {"unit": "U-9"}
    objects.append(canonical({"address": address_of(canonical(content)), "content": content}) + b"\n")
    objects.sort()


def _object_twice(entries: Lines, objects: Lines) -> None:
    objects.insert(0, objects[0])


def _object_under_another_address(entries: Lines, objects: Lines) -> None:
    objects[0] = objects[0].replace(b"U-", b"V-")


def _key_twice(entries: Lines, objects: Lines) -> None:
    entries[3] = entries[3].replace(b'{"body":', b'{"body":{"classification":"not_weak"},"body":')


def _key_added(entries: Lines, objects: Lines) -> None:
    entries[3] = entries[3].replace(b'{"digests":', b'{"a_remark":"approved","digests":')


def _a_space(entries: Lines, objects: Lines) -> None:
    entries[3] = entries[3].replace(b'"seq":', b'"seq": ')


def _digest_stored_wrong(entries: Lines, objects: Lines) -> None:
    own = json.loads(entries[3])["digests"]["sha256"]
    entries[3] = entries[3].replace(own.encode(), b"0" * 64)


def _another_kind_of_digest(entries: Lines, objects: Lines) -> None:
    entry = json.loads(entries[3])
    entry["digests"]["md5"] = hashlib.new("md5", canonical(entry["entry"])).hexdigest()
    entries[3] = canonical(entry) + b"\n"


def _tail_without_an_end(entries: Lines, objects: Lines) -> None:
    entries[-1] = entries[-1].rstrip(b"\n")


def _first_removed(entries: Lines, objects: Lines) -> None:
    del entries[0]


def _last_written_anew(entries: Lines, objects: Lines) -> None:
    """The chain before it is right, and so are its own digests; but its number is not."""
    entry = json.loads(entries[-1])["entry"]
    entry["seq"] += 1
    own = {
        kind: hashlib.new(kind, canonical(entry)).hexdigest() for kind in json.loads(entries[-1])["digests"]
    }
    entries[-1] = canonical({"digests": own, "entry": entry}) + b"\n"


@pytest.mark.parametrize(
    "forge",
    [
        _object_dropped,
        _object_nobody_refers_to,
        _object_twice,
        _object_under_another_address,
        _key_twice,
        _key_added,
        _a_space,
        _digest_stored_wrong,
        _another_kind_of_digest,
        _tail_without_an_end,
        _first_removed,
        _last_written_anew,
    ],
)
def test_a_forged_export_with_a_fitting_manifest_is_not_sound(
    tmp_path: Path, forge: Callable[[Lines, Lines], None]
) -> None:
    folder, _ = exported(tmp_path, 20)
    entries, objects = (
        (folder / name).read_bytes().splitlines(keepends=True) for name in ("entries.jsonl", "objects.jsonl")
    )
    _sealed(folder, entries, objects)
    assert script(folder).returncode == 0  # the forger's own hand changes nothing yet
    forge(entries, objects)
    _sealed(folder, entries, objects)
    found = script(folder)
    assert found.returncode == 1 and found.stderr.startswith("not sound: ") and not found.stdout


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="this machine cannot compute SM3")
def test_a_wrong_sm3_digest_is_found_where_it_can_be_computed(tmp_path: Path) -> None:
    folder, _ = exported(tmp_path, 5)
    entries, objects = (
        (folder / name).read_bytes().splitlines(keepends=True) for name in ("entries.jsonl", "objects.jsonl")
    )
    own = json.loads(entries[-1])["digests"]["sm3"]
    entries[-1] = entries[-1].replace(own.encode(), b"0" * 64)
    _sealed(folder, entries, objects)
    assert "entry 5 was changed" in script(folder).stderr


def test_every_byte_of_an_export_counts(tmp_path: Path) -> None:
    """Each byte of each file is changed in turn, in a small export; the script says so each time."""
    folder, _ = exported(tmp_path, 2)
    program = compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec")
    arguments, hook = sys.argv, sys.excepthook
    sys.argv = ["verify_ledger.py", str(folder)]
    try:
        for file in sorted(folder.iterdir()):
            whole = file.read_bytes()
            for place in range(len(whole)):
                other = bytearray(whole)
                other[place] ^= 1
                file.write_bytes(other)
                with pytest.raises((SystemExit, Exception)) as ended:
                    exec(program, {"__name__": "__main__"})
                assert getattr(ended.value, "code", 1), (file.name, place)
            file.write_bytes(whole)
    finally:
        sys.argv, sys.excepthook = arguments, hook
    assert script(folder).returncode == 0


def test_an_export_is_new_and_complete_or_not_at_all(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "l", 3) as ledger:
        export(ledger, tmp_path / "out")
        with pytest.raises(LedgerError) as error:
            export(ledger, tmp_path / "out")
        assert error.value.key == "ledger.folder-exists"
        with pytest.raises(LedgerError):
            export(ledger, tmp_path / "none" / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["l", "out"]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["count"] == 3


def test_the_digest_of_an_entry_by_hand() -> None:
    """The format as the documents describe it, without the code that writes it."""
    header = b'{"format":"plumbline-ledger","version":1}'
    written, head = chained(empty_head(), "objection", {"about": 1})
    previous = {"sha256": hashlib.sha256(header).hexdigest()}
    if empty_head().digests.sm3 is not None:
        previous["sm3"] = hashlib.new("sm3", header).hexdigest()
    assert written == canonical({"body": {"about": 1}, "kind": "objection", "previous": previous, "seq": 1})
    assert head.digests.sha256 == hashlib.sha256(written).hexdigest()
