"""Messages of explain: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
