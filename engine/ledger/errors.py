"""What can go wrong with a ledger's file, as messages of the table."""

from __future__ import annotations

import sqlite3


class LedgerError(Exception):
    """``key`` names a message of the table."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


#: SQLite's primary result codes (https://www.sqlite.org/rescode.html).
_KEYS = {
    5: "ledger.locked",
    6: "ledger.locked",
    8: "ledger.read-only",
    10: "ledger.disk-error",
    11: "ledger.damaged",
    13: "ledger.disk-full",
    14: "ledger.cannot-open",
    26: "ledger.not-a-ledger",
}


def explained(error: sqlite3.Error, file: object) -> LedgerError:
    """SQLite's error in the user's terms."""
    code = getattr(error, "sqlite_errorcode", None)
    key = _KEYS.get(code & 0xFF) if isinstance(code, int) else None
    if key is None:
        return LedgerError("ledger.failed", file=file, why=str(error))
    return LedgerError(key, file=file)
