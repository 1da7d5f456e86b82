"""Messages of facts: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
