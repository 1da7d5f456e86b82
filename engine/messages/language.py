"""Messages of language: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
