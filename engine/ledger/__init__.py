"""The record of evaluations and decisions: append-only, chained by hashes, computable again."""
