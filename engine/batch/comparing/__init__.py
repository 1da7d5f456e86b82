"""Comparisons between units over tables: every unit measured, then counted within its group, then given its standing."""
