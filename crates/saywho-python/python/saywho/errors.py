"""What can go wrong."""

from __future__ import annotations


class SaywhoError(Exception):
    """saywho was asked for what it does not have: an unknown model, knowledge that cannot be read."""


class ReadError(SaywhoError):
    """A document that cannot be read; ``index`` is its place among those handed over, where there were several."""

    index: int | None

    def __init__(self, message: str, index: int | None = None) -> None:
        super().__init__(message, index)
        self.index = index

    def __str__(self) -> str:
        return str(self.args[0])
