"""The login's log in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from numo_sso.support.logins.log import LogUnavailable
from numo_sso.support.logins.trips import count_trips
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.support.logins.log import Traffic


@dataclass
class MemoryLoginLog:
    """Lines as the login logs them. ``broken``: why it does not answer."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    broken: str = ""
    place: str = "a log in memory"

    def write(self, at: float, **fields: Any) -> None:
        self.lines.append({"timestamp": iso_time(at), "at": at} | fields)

    def with_reference(
        self, references: Sequence[str], since: float, until: float
    ) -> list[dict[str, Any]]:
        if self.broken:
            raise LogUnavailable(self.broken)
        return [
            each
            for each in self.lines
            if each.get("reference") in references and since <= each["at"] <= until
        ]

    def traffic(self, since: float, until: float) -> list[Traffic]:
        if self.broken:
            raise LogUnavailable(self.broken)
        asked = [(each["at"], each) for each in self.lines if since <= each["at"]]
        return count_trips(asked, until)
