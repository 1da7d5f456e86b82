"""Fact sheets and registers: what is known about units, and where each value came from."""
