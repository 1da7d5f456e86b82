"""The parts of the command line. ``cli.py`` puts them together; nothing else in the engine imports them."""
