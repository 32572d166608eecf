"""The addresses of this deployment that people outside it are told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Addresses:
    """From configuration, and never from a request."""

    start_url: str
    """Where a login starts: what an elo links to."""
    entrance_url: str
    """Where a school's Numo lives, with ``{entrance}`` in it."""
    support_mail: str

    @property
    def help_url(self) -> str:
        """The page for administrators of a school."""
        return f"{self.start_url}/help"

    def entrance(self, entrance: str) -> str:
        return self.entrance_url.replace("{entrance}", entrance)

    def link(self, entrance: str) -> str:
        """What the elo of one school links to: the start, and which school it is."""
        return f"{self.start_url}?school={entrance}"

    def test(self, entrance: str) -> str:
        """Where one school tests the connection, without anybody being logged in."""
        return f"{self.start_url}/test?school={entrance}"
