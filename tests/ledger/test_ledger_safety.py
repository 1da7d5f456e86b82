"""Nothing is lost: killed writers, two writers at once, full disks, folders that cannot be written, strange files."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ledger_samples import items, ledger_at

from engine.ledger.errors import LedgerError
from engine.ledger.store import APPLICATION_ID, Ledger
from engine.ledger.verify import verify

ROOT = Path(__file__).parents[2]
#: Appends three entries with an object at a time and says how many there are once they are acknowledged.
WRITER = """
import os, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from engine.ledger.digests import address_of
from engine.ledger.store import Ledger
with Ledger.open(Path(sys.argv[1]), create=True) as ledger:
    os.write(1, b"0\\n")
    while True:
        content = b'{"n":%d}' % ledger.head().count
        body = {"facts_object": address_of(content), "pad": "x" * 500}
        added = ledger.append([("evaluation", body)] * 3, objects=[content])
        os.write(1, b"%d\\n" % added[-1].seq)
"""


def test_a_writer_killed_at_two_hundred_random_points_loses_nothing(tmp_path: Path) -> None:
    """Some are killed while the file is being made, some between two appends, most in the middle of one."""
    path, acknowledged, randomness = tmp_path / "l", 0, random.Random(11)
    (tmp_path / "writer.py").write_text(WRITER)
    for round_ in range(200):
        writer = subprocess.Popen(
            [sys.executable, "-I", str(tmp_path / "writer.py"), str(path), str(ROOT)], stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        if round_ % 10:
            writer.stdout.readline()  # it is at work now
        time.sleep(randomness.random() * (0.02 if round_ % 10 else 0.1))
        writer.send_signal(signal.SIGKILL)
        said, _ = writer.communicate()
        acknowledged = max([acknowledged, *(int(n) for n in said.split(b"\n")[:-1])])
        if not path.exists():
            continue
        with Ledger.open(path) as ledger:
            found = verify(ledger)
        assert found.sound, found.findings
        assert (
            found.head.count >= acknowledged
        )  # an append that was not acknowledged may still be there, whole
        assert found.head.count % 3 == 0
    assert acknowledged > 300


def test_two_writers_at_once_continue_one_chain(tmp_path: Path) -> None:
    Ledger.open(tmp_path / "l", create=True).close()

    def write(mark: str) -> None:
        with Ledger.open(tmp_path / "l") as ledger:
            for i in range(25):
                ledger.append([("objection", {"mark": mark, "n": i})] * 2)

    writers = [threading.Thread(target=write, args=(mark,)) for mark in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Ledger.open(tmp_path / "l") as ledger:
        assert verify(ledger).sound
        entries = list(ledger.entries())
    assert len(entries) == 100
    for mark in "ab":
        own = [entry.body["n"] for entry in entries if entry.body["mark"] == mark]
        assert own == sorted(own)


def test_two_that_create_it_at_once_get_one_ledger(tmp_path: Path) -> None:
    def write(n: int) -> None:
        with Ledger.open(tmp_path / "l", create=True) as ledger:
            ledger.append([("objection", {"n": n})])

    writers = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Ledger.open(tmp_path / "l") as ledger:
        assert sorted(entry.body["n"] for entry in ledger.entries()) == list(range(6))
    assert [p.name for p in tmp_path.iterdir()] == ["l"]


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.ledger.store.PATIENCE", 0.05)
    with ledger_at(tmp_path / "l", 3) as one, Ledger.open(tmp_path / "l") as other:
        one.raw().execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError) as error:
            other.append([("objection", {})])
        assert error.value.key == "ledger.locked"
        one.raw().execute("ROLLBACK")
        other.append([("objection", {})])
        assert verify(one).sound and one.head().count == 4


def test_a_full_disk(tmp_path: Path) -> None:
    """As SQLite reports it: the file may not grow beyond so many pages."""
    with ledger_at(tmp_path / "l", 20) as ledger:
        (pages,) = ledger.raw().execute("PRAGMA page_count").fetchone()
        ledger.raw().execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(LedgerError) as error:
            ledger.append([("objection", {"text": "x" * 50_000})])
        assert error.value.key == "ledger.disk-full"
        assert verify(ledger).sound and ledger.head().count == 20
        ledger.raw().execute("PRAGMA max_page_count = 1000000")
        ledger.append([("objection", {"text": "x" * 50_000})])
        assert verify(ledger).sound and ledger.head().count == 21


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_while_creating(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("engine.ledger.store.tempfile.mkstemp", full)
    with pytest.raises(LedgerError) as error:
        Ledger.open(tmp_path / "l", create=True)
    assert error.value.key == "ledger.cannot-create"
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    """Opened for reading only, as a file on a write-protected stick is; and a write is refused in plain words."""
    ledger_at(tmp_path / "l", 3).close()
    before = (tmp_path / "l").read_bytes()
    with Ledger.open(tmp_path / "l", read_only=True) as ledger:
        assert verify(ledger).sound
        with pytest.raises(LedgerError) as error:
            ledger.append([("objection", {})])
    assert error.value.key == "ledger.read-only"
    assert (tmp_path / "l").read_bytes() == before


@pytest.fixture
def read_only_folder() -> Iterator[Path]:
    """A folder with a ledger that this process may read and not write; root becomes somebody else for a while."""
    folder = Path(tempfile.mkdtemp(prefix="plumbline-"))
    ledger_at(folder / "l", 3).close()
    root = os.geteuid() == 0
    (folder / "l").chmod(0o444)
    folder.chmod(0o555)
    if root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(stat.S_IRWXU)
        shutil.rmtree(folder)


def test_a_read_only_folder(read_only_folder: Path) -> None:
    before = (read_only_folder / "l").read_bytes()
    with Ledger.open(read_only_folder / "l", read_only=True) as ledger:
        assert verify(ledger).sound
    with pytest.raises(LedgerError) as error, Ledger.open(read_only_folder / "l") as ledger:
        ledger.append([("objection", {})])
    assert error.value.key in ("ledger.read-only", "ledger.cannot-open")
    with pytest.raises(LedgerError) as error:
        Ledger.open(read_only_folder / "new", create=True)
    assert error.value.key == "ledger.cannot-create"
    assert (read_only_folder / "l").read_bytes() == before


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """A file system of half a megabyte, where this machine lets one be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(place)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        with ledger_at(place / "l", 20) as ledger:
            added, why = 20, ""
            while not why:
                try:
                    ledger.append([("objection", {"text": "x" * 20_000})])
                    added += 1
                except LedgerError as error:
                    why = error.key
            assert why in ("ledger.disk-full", "ledger.disk-error")
            assert ledger.head().count == added and verify(ledger).sound
        with Ledger.open(place / "l", read_only=True) as ledger:
            assert verify(ledger).sound and ledger.head().count == added
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_file_from_a_newer_version(tmp_path: Path) -> None:
    ledger_at(tmp_path / "l", 3).close()
    connection = sqlite3.connect(tmp_path / "l")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    before = (tmp_path / "l").read_bytes()
    with pytest.raises(LedgerError) as error:
        Ledger.open(tmp_path / "l", create=True)
    assert (error.value.key, error.value.params["version"]) == ("ledger.newer", 2)
    assert (tmp_path / "l").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 84])
def test_what_is_no_ledger(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "l").write_bytes(content)
    with pytest.raises(LedgerError) as error:
        Ledger.open(tmp_path / "l", create=True)
    assert error.value.key in ("ledger.not-a-ledger", "ledger.damaged")
    assert (tmp_path / "l").read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "l")
    connection.execute("CREATE TABLE entries (a)")
    connection.commit()
    connection.close()
    with pytest.raises(LedgerError) as error:
        Ledger.open(tmp_path / "l", create=True)
    assert error.value.key == "ledger.not-a-ledger"


def test_half_a_file(tmp_path: Path) -> None:
    ledger_at(tmp_path / "l", 60).close()
    whole = (tmp_path / "l").read_bytes()
    for part in (0.2, 0.5, 0.9):
        (tmp_path / "half").write_bytes(whole[: int(len(whole) * part)])
        try:
            with Ledger.open(tmp_path / "half", read_only=True) as ledger:
                sound = verify(ledger).sound
        except LedgerError:
            sound = False
        assert not sound


def test_entries_cannot_be_changed_or_removed_or_skipped(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "l", 3) as ledger:
        for statement in (
            "UPDATE entries SET written = x'00' WHERE seq = 2",
            "DELETE FROM entries WHERE seq = 3",
            "UPDATE objects SET packed = 1",
            "DELETE FROM objects",
            "INSERT INTO entries VALUES (9, x'00', x'00', NULL)",
            "INSERT OR REPLACE INTO entries VALUES (2, x'00', x'00', NULL)",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                ledger.raw().execute(statement)
        assert verify(ledger).sound


def test_all_or_nothing(tmp_path: Path) -> None:
    bodies, objects = items(12)
    with ledger_at(tmp_path / "l", 3) as ledger:
        with pytest.raises(TypeError):
            ledger.append([*bodies, ("bad", {"number": 0.5})], objects=objects)  # type: ignore[dict-item]
        assert ledger.head().count == 3
        assert verify(ledger).sound  # not even the objects are left


def test_the_file_is_marked(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "l", 1) as ledger:
        assert ledger.raw().execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
