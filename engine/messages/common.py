"""Messages that several areas share: key → (English, Chinese)."""

TABLE: dict[str, tuple[str, str]] = {
    "label.help": ("help", "提示"),
    "truth.true": ("true", "成立"),
    "truth.false": ("false", "不成立"),
    "truth.unknown": ("unknown", "未知"),
}
