"""Messages of cli: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
