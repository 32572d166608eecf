"""The login's log, as support asks it: what is in no record is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

SERVICE = "sso"
"""The function whose log it is, as its lines name it."""


class LogUnavailable(Exception):  # noqa: N818  # a state of the deployment, not a bug
    """The log cannot be searched, or did not answer in time; the words say which."""


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
