"""Two inference channels that must agree: the reference evaluator and durable-rules."""
