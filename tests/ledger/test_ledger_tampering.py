"""Whatever is changed in a ledger is found, and the first entry concerned is named."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from ledger_samples import ledger_at, restore, without_triggers

from engine.ledger.digests import digests_of
from engine.ledger.entry import Head, empty_head
from engine.ledger.errors import LedgerError
from engine.ledger.store import Ledger
from engine.ledger.verify import Chain, Verification, verify


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
