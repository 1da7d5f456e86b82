"""What can go wrong when a policy is fixed at a date."""

from __future__ import annotations


class PrepareError(Exception):
    """The policy cannot be fixed at that date or with those parameters; ``key`` names a message of the table."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params
