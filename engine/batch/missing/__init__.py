"""What is missing, for many units at once: the unknown facts that keep rules and tables undecided, as a table."""
