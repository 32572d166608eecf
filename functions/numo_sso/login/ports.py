"""What the login asks of storage, and what it hands to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.flow import Flow
    from numo_sso.matching import RosterKey
    from numo_sso.schools import AcceptedPair, SchoolUser
    from numo_sso.sessions import SessionRecord


class Roster(Protocol):
    """Where users are found."""

    def find(
        self, keys: Sequence[RosterKey], held_session: str
    ) -> tuple[dict[str, SchoolUser], SessionRecord | None]:
        """Per entrance the user with that key; and the session with that digest, if one is named.

        One round trip, whatever is asked.
        """
        ...


@dataclass(frozen=True)
class TraceRecord:
    """What support can look up of one login by its reference. Nothing in it names a person."""

    reference: str
    outcome: str
    at: int
    detail: str = ""
    result: str = ""
    """The outcome that a login would have had, of a test of the connection."""
    started_at: int | None = None
    elo_host: str = ""
    entrance: str = ""
    brin: str = ""
    authority: str = ""
    realm: str = ""
    affiliations: frozenset[str] = field(default_factory=frozenset)
    attributes: frozenset[str] = field(default_factory=frozenset)
    user: str = ""
    code_shape: str = ""
    """Of which kind the code was that came: digits and how many, a name; never the code."""
    clock_difference: int | None = None
    certificate: str = ""
    """The start of the fingerprint of the certificate that verified."""


class Ending(NamedTuple):
    """What a verified response came to, to be written at once or not at all."""

    attempt: str
    """Random id of this attempt: the transaction's token, and the mark on what it wrote."""
    flow: Flow
    assertion_digest: str
    trace: TraceRecord
    session: SessionRecord | None = None
    location: str = ""
    new_pair: AcceptedPair | None = None
    """Learned with a session; without one it was refused for it, and waits for support."""


class Consumed(NamedTuple):
    """What was kept of a flow that has been answered before."""

    outcome: str
    reference: str
    session: str
    """Digest of the session that it opened; empty where it opened none."""
    location: str


class AlreadyConsumed(Exception):  # noqa: N818  # a state that has its own road, not an error
    """The request was used before (``flow``), or the assertion, or both.

    Both, and it is the same response once more (``again``).
    """

    def __init__(self, *, flow: bool, assertion: bool) -> None:
        super().__init__("request" if flow else "assertion")
        self.flow = flow
        self.again = flow and assertion


class Logins(Protocol):
    """Where logins end."""

    def complete(self, ending: Ending) -> None:
        """Consume request and assertion and write all of ``ending``, atomically.

        Raises:
            AlreadyConsumed: another attempt was first; nothing was written.
            Refused: ``storage-failed``; nothing was written, or the retry of the same ending says.
        """
        ...

    def leave_trace(self, trace: TraceRecord) -> None:
        """Write a trace alone, for a response that was not verified."""
        ...

    def consumed(self, request_id: str) -> Consumed | None:
        """What became of a request, if it was answered."""
        ...
