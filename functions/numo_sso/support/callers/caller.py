"""Who asks. Lambda tells a function nothing about it: a request proves its caller, or has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Caller:
    """Whoever sent a request. A name that is only claimed has no place in it."""

    arn: str | None = None
    """As STS knows them: ``arn:aws:sts::123456789012:assumed-role/support/jan``. The last word of a
    role's is chosen by whoever assumes it, unless the role's trust policy says otherwise."""
    id: str | None = None
    """STS's ``UserId``, ``AROAEXAMPLE:jan``: another one for a role or user that was made anew."""

    @property
    def verified(self) -> bool:
        """Whether STS has told who it is; if not, CloudTrail knows, by the request id."""
        return self.arn is not None


NOBODY = Caller()
"""Of a request that proves nothing, as a plain ``aws lambda invoke`` sends it."""


class Callers(Protocol):
    """Finds who sent a request."""

    def identify(self, event: Mapping[str, Any], now: float) -> Caller:
        """The caller whom the event proves, or :data:`NOBODY` where it holds no proof.

        Raises:
            SupportRefusal: ``caller-unproved`` or ``sts-unreachable``.
        """
        ...
