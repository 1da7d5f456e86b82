"""Messages of project: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
