"""Messages of report: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
