"""Messages of inference: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {}
