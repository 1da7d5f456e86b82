"""The engine behind plumbline: language, policy project, facts, inference and explanation."""
