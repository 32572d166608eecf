"""Every way in which a request can end, in one catalogue.

An outcome has a stable code (for logs, metrics, traces and the runbook), a number that people
read aloud, an HTTP status and the party who must act. If it is a page, its Dutch and English words
are in :mod:`numo_sso.pages.texts`; a test holds the two, and the runbook, together.

Before a response is verified nothing it says may steer what a stranger sees: all failures up to
there (:attr:`Stage.BEFORE`) share one page and one number, and only log and trace know which.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """How much was known when the request ended."""

    HTTP = "http"
    """The request itself was wrong: unknown route, wrong method."""
    START = "start"
    """The start of a login."""
    BROWSER = "browser"
    """The browser cannot carry a login: in a frame, or without cookies. No response had a say."""
    BEFORE = "before"
    """A response that was not verified: one page for all."""
    AFTER = "after"
    """A verified response: the page may speak about this person."""
    SESSION = "session"
    """A question about a session: JSON."""
    FAULT = "fault"
    """Our own failure."""


class Actor(StrEnum):
    """Who can mend it."""

    USER = "user"
    SCHOOL = "school"
    KENNISNET = "kennisnet"
    KURVE = "kurve"
    NOBODY = "nobody"


class Outcome(NamedTuple):
    """One ending. ``number`` is what the page shows; several codes of one stage may share it."""

    code: str
    number: str
    status: int
    stage: Stage
    actor: Actor
    good: bool = False
    """Whether this is an ending that people wanted."""
    retry_after: int | None = None
    """Seconds for the ``Retry-After`` header."""


_SHARED = "NS-100"

CATALOGUE: dict[str, Outcome] = {
    outcome.code: outcome
    for outcome in (
        # The request itself
        Outcome("not-found", "NS-001", 404, Stage.HTTP, Actor.USER),
        Outcome("method-not-allowed", "NS-002", 405, Stage.HTTP, Actor.USER),
        Outcome("request-malformed", "NS-003", 400, Stage.HTTP, Actor.USER),
        # The start
        Outcome("started", "NS-010", 302, Stage.START, Actor.NOBODY, good=True),
        Outcome("target-refused", "NS-011", 400, Stage.START, Actor.SCHOOL),
        Outcome("metadata-answered", "NS-012", 200, Stage.START, Actor.NOBODY, good=True),
        Outcome("test-started", "NS-013", 302, Stage.START, Actor.NOBODY, good=True),
        Outcome("guide-shown", "NS-014", 200, Stage.START, Actor.NOBODY, good=True),
        Outcome("button-answered", "NS-015", 200, Stage.START, Actor.NOBODY, good=True),
        # A browser that cannot carry a login
        Outcome("framed", "NS-020", 403, Stage.BROWSER, Actor.SCHOOL),
        Outcome("cookies-blocked", "NS-021", 400, Stage.BROWSER, Actor.USER),
        # A response, not verified
        Outcome("body-unsupported", _SHARED, 415, Stage.BEFORE, Actor.USER),
        Outcome("body-too-large", _SHARED, 413, Stage.BEFORE, Actor.USER),
        Outcome("body-malformed", _SHARED, 400, Stage.BEFORE, Actor.USER),
        Outcome("too-many-failures", _SHARED, 429, Stage.BEFORE, Actor.USER, retry_after=60),
        Outcome("response-malformed", _SHARED, 400, Stage.BEFORE, Actor.KURVE),
        Outcome("flow-missing", _SHARED, 400, Stage.BEFORE, Actor.USER),
        Outcome("flow-expired", _SHARED, 400, Stage.BEFORE, Actor.USER),
        Outcome("hub-refused", _SHARED, 400, Stage.BEFORE, Actor.KENNISNET),
        Outcome("response-untrusted", _SHARED, 400, Stage.BEFORE, Actor.KURVE),
        Outcome("response-expired", _SHARED, 400, Stage.BEFORE, Actor.USER),
        Outcome("response-refused", _SHARED, 400, Stage.BEFORE, Actor.KURVE),
        # A verified response
        Outcome("logged-in", "NS-200", 303, Stage.AFTER, Actor.NOBODY, good=True),
        Outcome("same-person", "NS-201", 200, Stage.AFTER, Actor.USER, good=True),
        Outcome("already-used", "NS-202", 409, Stage.AFTER, Actor.USER),
        Outcome("connection-tested", "NS-203", 200, Stage.AFTER, Actor.NOBODY, good=True),
        Outcome("identity-refused", "NS-210", 403, Stage.AFTER, Actor.SCHOOL),
        Outcome("brin-missing", "NS-211", 403, Stage.AFTER, Actor.KENNISNET),
        Outcome("realid-missing", "NS-212", 403, Stage.AFTER, Actor.SCHOOL),
        Outcome("brin-unknown", "NS-220", 403, Stage.AFTER, Actor.SCHOOL),
        Outcome("school-not-active", "NS-221", 403, Stage.AFTER, Actor.SCHOOL),
        Outcome("idp-not-known-for-school", "NS-222", 403, Stage.AFTER, Actor.KURVE),
        Outcome("entrance-ambiguous", "NS-230", 403, Stage.AFTER, Actor.KURVE),
        Outcome("user-unknown", "NS-231", 403, Stage.AFTER, Actor.SCHOOL),
        Outcome("user-elsewhere", "NS-232", 403, Stage.AFTER, Actor.SCHOOL),
        Outcome("user-disabled", "NS-233", 403, Stage.AFTER, Actor.SCHOOL),
        Outcome("role-differs", "NS-234", 403, Stage.AFTER, Actor.SCHOOL),
        # Sessions
        Outcome("session-answered", "NS-300", 200, Stage.SESSION, Actor.NOBODY, good=True),
        Outcome("session-missing", "NS-301", 401, Stage.SESSION, Actor.USER),
        Outcome("session-ambiguous", "NS-302", 401, Stage.SESSION, Actor.USER),
        Outcome("origin-refused", "NS-303", 403, Stage.SESSION, Actor.KURVE),
        Outcome("logout-asked", "NS-309", 200, Stage.SESSION, Actor.NOBODY, good=True),
        Outcome("logged-out", "NS-310", 200, Stage.SESSION, Actor.NOBODY, good=True),
        # Our own failures
        Outcome("storage-failed", "NS-500", 503, Stage.FAULT, Actor.KURVE, retry_after=10),
        Outcome("not-configured", "NS-501", 503, Stage.FAULT, Actor.KURVE, retry_after=60),
        Outcome("unexpected", "NS-502", 500, Stage.FAULT, Actor.KURVE),
    )
}


class Refused(Exception):  # noqa: N818  # it is the field's word: a login is refused
    """A request that ends in ``outcome``. ``detail`` is for log and trace, never for a page."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.outcome = CATALOGUE[code]
        self.detail = detail
