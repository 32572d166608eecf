"""Sessions: made by a login, found by a cookie, ended by time, log-out, revocation or epoch."""

from __future__ import annotations

import base64
import re
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Protocol

from numo_sso.cookies import Cookies, clear_cookie, set_cookie, values_of
from numo_sso.matching import STAFF_ROLES
from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from numo_sso.configuration import Limits
    from numo_sso.ports import RandomBytes
    from numo_sso.schools import Candidate, SchoolUser

COOKIE = "numo_session"
HOST_COOKIE = f"__Host-{COOKIE}"
"""Its name where it has no domain: browsers then take it from this very host only."""
_VALUE = re.compile(r"[A-Za-z0-9_-]{43}")
"""256 bits in base64; any other value is no session's, and is not looked up."""
REFRESH_SECONDS = 300
"""How often, at most, a session's last-seen time is written."""
_VALUE_BYTES = 32


class SessionRecord(NamedTuple):
    """A session as it is stored. ``digest`` is the SHA-256 of the cookie's value, in hex."""

    digest: str
    entrance: str
    school_name: str
    brin: str
    persoonscode: str
    role: str
    given_name: str
    surname: str
    created_at: int
    last_seen_at: int
    expires_at: int
    idle_seconds: int
    reference: str

    @property
    def user(self) -> str:
        return f"{self.entrance}#{self.persoonscode}"

    def valid(self, now: float, epoch: int) -> bool:
        """Checked here, at every use: DynamoDB deletes expired items when it gets to it."""
        return now < self.ends_at and self.created_at >= epoch

    @property
    def ends_at(self) -> int:
        """When it is over, unless it is used before."""
        return min(self.expires_at, self.last_seen_at + self.idle_seconds)

    def due(self, now: float) -> bool:
        """Whether the last-seen time is old enough to be written again."""
        return now - self.last_seen_at >= REFRESH_SECONDS

    def seen(self, now: float) -> SessionRecord:
        return self._replace(last_seen_at=int(now))


class SessionStore(Protocol):
    """Where sessions are kept."""

    def find(self, digest: str) -> SessionRecord | None: ...

    def refresh(self, session: SessionRecord, now: float) -> None:
        """Write last-seen, unless another request did or the session ended meanwhile."""
        ...

    def end(self, digest: str) -> None: ...


class SessionCookie(NamedTuple):
    """The session's cookie: host-only, and named so, unless the deployment names a domain.

    ``host`` is the API's own, from configuration.
    """

    domain: str = ""
    host: str = ""

    @property
    def name(self) -> str:
        return COOKIE if self.domain else HOST_COOKIE

    def set(self, value: str) -> str:
        """Without Max-Age: a shared computer forgets it with the browser; the server decides."""
        return set_cookie(
            self.name, value, path="/", same_site="Lax", max_age=None, domain=self.domain
        )

    def clear(self) -> list[str]:
        """Remove it in the form that this deployment sets."""
        return [clear_cookie(self.name, path="/", same_site="Lax", domain=self.domain)]

    def clear_all(self) -> list[str]:
        """Remove it in every form that reaches this host: one may be a neighbour's, or an old one.

        Host-only, and with the domain of the host and of each of its parents but the topmost.
        """
        labels = self.host.split(".")
        named = len(labels) > 1 and not labels[-1].isdigit()  # an address has no domains
        domains = [".".join(labels[at:]) for at in range(len(labels) - 1)] if named else []
        plain = [
            clear_cookie(COOKIE, path="/", same_site="Lax", domain=domain)
            for domain in ["", *domains]
        ]
        return [clear_cookie(HOST_COOKIE, path="/", same_site="Lax"), *plain]

    def digest(self, cookies: Cookies) -> str:
        """The digest of the one session cookie that came; empty where none came.

        Raises:
            Refused: ``session-ambiguous``; two of that name came, and one may be planted.
        """
        values = values_of(cookies, self.name)
        if len(values) > 1:
            raise Refused("session-ambiguous", "two session cookies")
        return next(iter(self._digests(values)), "")

    def digests(self, cookies: Cookies) -> list[str]:
        """The digests of all that came, for a log-out: two at the most, as one may be planted."""
        return self._digests(values_of(cookies, self.name))[:2]

    @staticmethod
    def _digests(values: list[str]) -> list[str]:
        return [digest_of(value) for value in values if _VALUE.fullmatch(value)]


def digest_of(value: str) -> str:
    return sha256(value.encode()).hexdigest()


def new_value(random: RandomBytes) -> str:
    """A cookie value of 256 random bits."""
    return base64.urlsafe_b64encode(random(_VALUE_BYTES)).rstrip(b"=").decode("ascii")


def new_session(
    *,
    value: str,
    user: SchoolUser,
    school: Candidate,
    brin: str,
    limits: Limits,
    reference: str,
    now: float,
) -> SessionRecord:
    """The session that a login opens; staff may stay longer than pupils."""
    staff = user.role in STAFF_ROLES
    absolute = limits.staff_absolute_seconds if staff else limits.pupil_absolute_seconds
    return SessionRecord(
        digest=digest_of(value),
        entrance=school.entrance,
        school_name=school.name,
        brin=brin,
        persoonscode=user.persoonscode,
        role=user.role,
        given_name=user.given_name,
        surname=user.full_surname,
        created_at=int(now),
        last_seen_at=int(now),
        expires_at=int(now) + absolute,
        idle_seconds=limits.staff_idle_seconds if staff else limits.pupil_idle_seconds,
        reference=reference,
    )


def find_session(
    store: SessionStore, digest: str, *, now: float, epoch: int, use: bool = True
) -> SessionRecord:
    """The valid session with this digest, its last-seen time refreshed when that is due.

    Args:
        use: whether somebody is there; a look that only asks how long it lasts keeps none alive.

    Raises:
        Refused: ``session-missing``.
    """
    session = store.find(digest) if digest else None
    if session is None or not session.valid(now, epoch):
        raise Refused("session-missing", "none, or it is over")
    if not use or not session.due(now):
        return session
    with suppress(Refused):  # a session is not over because a write of convenience failed
        store.refresh(session, now)
    return session.seen(now)


def end_session(store: SessionStore, digest: str) -> None:
    """End the session with this digest, if there is one: a value that is made up buys no write."""
    if digest and store.find(digest) is not None:
        store.end(digest)
