"""One module per command, each with ``build(lang)``; they import the engine only while they run."""
