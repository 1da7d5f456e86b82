"""Messages of yaml: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
