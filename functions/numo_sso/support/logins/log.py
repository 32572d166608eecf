"""The login's log, as support asks it: what is in no record is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

SERVICE = "sso"
"""The function whose log it is, as its lines name it."""


class LogUnavailable(Exception):  # noqa: N818  # a state of the deployment, not a bug
    """The log cannot be searched, or did not answer in time; the words say which."""


@dataclass(frozen=True)
class Traffic:
    """Trips to the hub from one site. A trip is a browser's way there and back: all its clicks
    within ten minutes are one, see :func:`numo_sso.flow.trip_of`."""

    host: str
    """Of the page with the link; empty where the browser did not say."""
    hint: str
    """The entrance that the link names."""
    trips: int
    returned: int
    """Trips of which any click was answered, whatever the answer."""
    last_seen: int


class LoginLog(Protocol):
    """One JSON line for each request of the login, with a journal's fields."""

    @property
    def place(self) -> str:
        """Where it is kept, for people."""
        ...

    def with_reference(
        self, references: Sequence[str], since: float, until: float
    ) -> list[dict[str, Any]]:
        """The lines of these references in this time, the first first.

        Raises:
            LogUnavailable: no answer.
        """
        ...

    def traffic(self, since: float, until: float) -> list[Traffic]:
        """The trips to the hub that began in this time, by the site and the hint of their start.

        Raises:
            LogUnavailable: no answer.
        """
        ...
