"""Which language to speak: ``--lang`` if given, else the locale of the environment, else English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.messages import Lang


def language(args: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language, known before the arguments are parsed so that help and errors are in it too.

    A value of ``--lang`` that is not a language is left for the parser to refuse.
    """
    for i, arg in enumerate(args):
        if arg == "--":
            break
        value = args[i + 1] if arg == "--lang" and i + 1 < len(args) else arg.removeprefix("--lang=")
        if arg.startswith("--lang") and value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].lower().startswith("zh") else "en"
    return "en"
