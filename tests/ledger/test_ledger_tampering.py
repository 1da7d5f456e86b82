"""Whatever is changed in a ledger is found, and the first entry concerned is named."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_samples import ledger_at, restore, without_triggers

from engine.ledger.canonical import canonical
from engine.ledger.digests import digests_of
from engine.ledger.entry import Head, chained, empty_head
from engine.ledger.errors import LedgerError
from engine.ledger.export import export
from engine.ledger.store import Ledger
from engine.ledger.verify import Chain, Verification, verify

SCRIPT = Path(__file__).parents[2] / "docs" / "verify_ledger.py"


def checked(path: Path, kept: Head | None = None) -> Verification:
    with Ledger.open(path, read_only=True) as ledger:
        return verify(ledger, kept)


def first(found: Verification) -> tuple[str, int | None]:
    return found.findings[0].key.removeprefix("ledger."), found.findings[0].seq


def test_a_ledger_as_it_was_written_is_sound(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "l", 25) as ledger:
        found = verify(ledger, ledger.head())
    assert found.sound and found.head.count == 25 and found.objects == 3


def test_every_single_byte_change_of_a_thousand_entries_is_detected(tmp_path: Path) -> None:
    """Each byte of each stored field of each entry, in turn, gets another value."""
    with ledger_at(tmp_path / "l", 1_000) as ledger:
        rows = ledger.raw().execute("SELECT seq, written, sha256, sm3 FROM entries ORDER BY seq").fetchall()
    tried = 0
    randomness = random.Random(4)
    expected = empty_head().digests
    for seq, written, sha256, sm3 in rows:
        for field, stored in ((1, written), (2, sha256), (3, sm3)):
            for place in range(len(stored or b"")):
                other = bytearray(stored)
                other[place] ^= randomness.randrange(1, 256)
                row = [seq, written, sha256, sm3]
                row[field] = bytes(other)
                chain = Chain()
                chain.head, chain._expected = Head(seq - 1, expected), expected
                chain.add(tuple(row))  # type: ignore[arg-type]
                assert any(found.seq == seq for found in chain.findings()), (seq, field, place)
                tried += 1
        expected = digests_of(written)
    assert tried > 300_000


def _change(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE entries SET written = replace(written, 'not_weak', 'weak_not') WHERE seq = 8")


def _change_with_digest(connection: sqlite3.Connection) -> None:
    (written,) = connection.execute("SELECT written FROM entries WHERE seq = 8").fetchone()
    other = written.replace(b"not_weak", b"weak_not")
    found = digests_of(other)
    connection.execute(
        "UPDATE entries SET written = ?, sha256 = ?, sm3 = ? WHERE seq = 8",
        (other, bytes.fromhex(found.sha256), None if found.sm3 is None else bytes.fromhex(found.sm3)),
    )


def _remove(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM entries WHERE seq = 8")


def _remove_and_close_up(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM entries WHERE seq = 8")
    connection.execute("UPDATE entries SET seq = seq - 1 WHERE seq > 8")


def _insert(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE entries SET seq = seq + 100 WHERE seq >= 8")
    connection.execute("UPDATE entries SET seq = seq - 99 WHERE seq >= 100")
    connection.execute("INSERT INTO entries SELECT 8, written, sha256, sm3 FROM entries WHERE seq = 3")


def _swap(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE entries SET seq = 99 WHERE seq = 8")
    connection.execute("UPDATE entries SET seq = 8 WHERE seq = 9")
    connection.execute("UPDATE entries SET seq = 9 WHERE seq = 99")


def _object_changed(connection: sqlite3.Connection) -> None:
    connection.execute(
        "UPDATE objects SET content = x'7b7d', packed = 0 WHERE address = (SELECT min(address) FROM objects)"
    )


def _object_removed(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM objects")


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (_change, ("changed", 8)),
        (_change_with_digest, ("chain-broken", 9)),
        (_remove, ("gap", 8)),
        (_remove_and_close_up, ("moved", 8)),
        (_insert, ("moved", 8)),
        (_swap, ("moved", 8)),
        (_object_removed, ("no-object", 1)),
    ],
)
def test_what_was_done_and_where(
    tmp_path: Path, tamper: Callable[[sqlite3.Connection], None], expected: tuple[str, int]
) -> None:
    ledger_at(tmp_path / "l", 20).close()
    connection = without_triggers(tmp_path / "l")
    tamper(connection)
    restore(connection)
    assert first(checked(tmp_path / "l")) == expected


def test_nothing_is_written_behind_a_damaged_end(tmp_path: Path) -> None:
    ledger_at(tmp_path / "l", 8).close()
    connection = without_triggers(tmp_path / "l")
    _change(connection)
    restore(connection)
    with Ledger.open(tmp_path / "l") as ledger:
        with pytest.raises(LedgerError) as error:
            ledger.append([("objection", {})])
        assert error.value.key == "ledger.damaged-end" and ledger.head().count == 8


def test_a_changed_object_is_named(tmp_path: Path) -> None:
    ledger_at(tmp_path / "l", 20).close()
    connection = without_triggers(tmp_path / "l")
    _object_changed(connection)
    restore(connection)
    found = checked(tmp_path / "l")
    assert found.findings[0].key == "ledger.object-changed" and found.findings[0].seq in (1, 11)


def test_removed_triggers_show(tmp_path: Path) -> None:
    ledger_at(tmp_path / "l", 5).close()
    without_triggers(tmp_path / "l").close()
    assert first(checked(tmp_path / "l")) == ("schema-changed", None)


def test_a_cut_end_shows_only_against_a_head_kept_elsewhere(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "l", 21) as ledger:
        kept = ledger.head()
    connection = without_triggers(tmp_path / "l")
    connection.execute("DELETE FROM entries WHERE seq > 20")
    connection.execute(
        "DELETE FROM objects WHERE address NOT IN (SELECT json_extract(written, '$.body.facts_object') FROM entries)"
    )
    restore(connection)
    assert checked(tmp_path / "l").sound
    assert first(checked(tmp_path / "l", kept)) == ("cut", 21)


def test_a_chain_written_anew_shows_only_against_a_head_kept_elsewhere(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "l", 20) as ledger:
        kept, old = ledger.head(), list(ledger.entries())
    with Ledger.open(tmp_path / "anew", create=True) as anew:
        bodies, objects = [], []
        with Ledger.open(tmp_path / "l") as ledger:
            for entry in old:
                changed = {**entry.body, "classification": "not_weak"} if entry.seq == 7 else entry.body
                bodies.append((entry.kind, changed))
                objects.append(ledger.get(entry.body["facts_object"]))
        anew.append(bodies, objects=objects)
    assert checked(tmp_path / "anew").sound
    assert first(checked(tmp_path / "anew", kept)) == ("rewritten", None)


def test_an_older_head_is_met_on_the_way(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "l", 10) as ledger:
        kept = ledger.head()
        ledger.append([("objection", {"about": 3})])
        assert verify(ledger, kept).sound


def test_flipped_bytes_of_the_file_itself(tmp_path: Path) -> None:
    """A byte of the file is either content, and then it shows, or space that nothing uses, and then nothing changed."""
    ledger_at(tmp_path / "l", 60).close()
    whole = (tmp_path / "l").read_bytes()
    with Ledger.open(tmp_path / "l") as ledger:
        before = (list(ledger.entries()), ledger.raw().execute("SELECT * FROM objects").fetchall())
    randomness = random.Random(7)
    for place in randomness.sample(range(len(whole)), 600):
        other = bytearray(whole)
        other[place] ^= 1 << randomness.randrange(8)
        (tmp_path / "x").write_bytes(other)
        try:
            with Ledger.open(tmp_path / "x", read_only=True) as ledger:
                if verify(ledger).sound:
                    after = (list(ledger.entries()), ledger.raw().execute("SELECT * FROM objects").fetchall())
                    assert after == before, place
        except LedgerError:
            pass


# ---------------------------------------------------------------------------------------------- the export


def script(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(folder), *more], capture_output=True, text=True, check=False
    )


def test_the_independent_script_is_short_and_agrees(tmp_path: Path) -> None:
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 40
    with ledger_at(tmp_path / "l", 30) as ledger:
        head = export(ledger, tmp_path / "out")
    found = script(tmp_path / "out", str(head))
    assert (found.returncode, found.stdout) == (0, f"sound: 30 entries, head {head.digests}\n")
    assert script(tmp_path / "out", f"31 {head.digests}").returncode == 1
    assert script(tmp_path / "out", f"30 sha256:{'0' * 64}").returncode == 1


def test_every_byte_of_an_export_counts(tmp_path: Path) -> None:
    """Each byte of each file is changed in turn, in a small export; the script says so each time."""
    with ledger_at(tmp_path / "l", 2) as ledger:
        export(ledger, tmp_path / "out")
    program = compile(SCRIPT.read_text(encoding="utf-8"), str(SCRIPT), "exec")
    for file in sorted((tmp_path / "out").iterdir()):
        whole = file.read_bytes()
        for place in range(len(whole)):
            other = bytearray(whole)
            other[place] ^= 1
            file.write_bytes(other)
            arguments, sys.argv = sys.argv, ["verify_ledger.py", str(tmp_path / "out")]
            try:
                with pytest.raises(SystemExit) as ended:
                    exec(program, {"__name__": "__main__"})
            finally:
                sys.argv = arguments
            assert ended.value.code != 0, (file.name, place)
        file.write_bytes(whole)
    assert script(tmp_path / "out").returncode == 0


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
    import hashlib

    header = b'{"format":"plumbline-ledger","version":1}'
    written, head = chained(empty_head(), "objection", {"about": 1})
    previous = {"sha256": hashlib.sha256(header).hexdigest()}
    if empty_head().digests.sm3 is not None:
        previous["sm3"] = hashlib.new("sm3", header).hexdigest()
    assert written == canonical({"body": {"about": 1}, "kind": "objection", "previous": previous, "seq": 1})
    assert head.digests.sha256 == hashlib.sha256(written).hexdigest()
