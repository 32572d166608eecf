"""The function ``session``: who is logged in, for Numo's app; and the end of that, on its word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from edge.answering import allowed, answer, choose, outcome_headers, refusal_fields
from edge.http import Request, Response, json_response
from numo_sso.outcomes import Outcome, Refused
from numo_sso.references import new_reference
from numo_sso.sessions import (
    SessionCookie,
    SessionRecord,
    SessionStore,
    end_session,
    find_session,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.origins import Origins
    from edge.telemetry import Telemetry
    from numo_sso.configuration import Refreshed
    from numo_sso.journal import Journal
    from numo_sso.ports import Clock, RandomBytes

_PREFLIGHT_SECONDS = "600"


@dataclass(frozen=True)
class SessionApp:
    """The use cases with all that they need; made once, at init."""

    epoch: Refreshed[int]
    sessions: SessionStore
    session_cookie: SessionCookie
    origins: Origins
    telemetry: Telemetry
    clock: Clock
    timer: Callable[[], float]
    random: RandomBytes

    def handle(self, read: Callable[[], Request]) -> Response:
        """Answer the request that ``read`` decodes: in JSON, with a reference on every failure."""
        return answer(read, self._route, self._refuse, self.telemetry, self.timer)

    def show(self, request: Request, journal: Journal) -> Response:
        """Who this is. The page that asks must be Numo's, and of the session's own school.

        With ``look=1`` it is no use of the session: see docs/session.md.
        """
        origin = request.header("origin")
        session = self._find(request, journal)
        if origin and not self.origins.may_read(origin, session.entrance):
            raise Refused("origin-refused", "a page of another origin than the session's school")
        journal.outcome, journal.entrance = "session-answered", session.entrance
        return json_response(200, describe(session, self.clock()), _cors(origin))

    def end(self, request: Request, journal: Journal) -> Response:
        """Log out: end the session and clear its cookie."""
        origin = request.header("origin")
        if not self.origins.may_write(origin):
            raise Refused("origin-refused", "a log-out from another origin")
        digest = self.session_cookie.digest(request.cookies)
        end_session(self.sessions, digest)
        journal.outcome = "logged-out"
        return Response(204, headers=_cors(origin), cookies=self.session_cookie.clear())

    def preflight(self, request: Request, journal: Journal) -> Response:
        """Tell a browser what Numo's own pages may ask."""
        origin = request.header("origin")
        if not self.origins.known(origin):
            raise Refused("origin-refused", "a preflight from another origin")
        journal.outcome = "session-answered"
        terms = {
            "access-control-allow-methods": allowed(ROUTES, request.path),
            "access-control-allow-headers": "content-type",
            "access-control-max-age": _PREFLIGHT_SECONDS,
        }
        return Response(204, headers={**_cors(origin), **terms})

    def _find(self, request: Request, journal: Journal) -> SessionRecord:
        with journal.phase("session"):
            digest = self.session_cookie.digest(request.cookies)
            return find_session(
                self.sessions,
                digest,
                now=self.clock(),
                epoch=self.epoch.get(),
                use=request.query.get("look") != "1",
            )

    def _route(self, request: Request, journal: Journal) -> Response:
        return choose(ROUTES, request)(self, request, journal)

    def _refuse(self, request: Request, journal: Journal, outcome: Outcome) -> Response:
        journal.outcome = outcome.code
        journal.reference = new_reference(self.random)
        origin = request.header("origin")
        readable = self.origins.known(origin) and outcome.code != "origin-refused"
        return json_response(
            outcome.status,
            refusal_fields(outcome, journal.reference),
            (_cors(origin) if readable else {}) | outcome_headers(outcome, ROUTES, request.path),
            # Never after a missing session: that answer may come late, and clear a new one's cookie
            self.session_cookie.clear_all() if outcome.code == "session-ambiguous" else [],
        )


ROUTES: dict[tuple[str, str], Callable[[SessionApp, Request, Journal], Response]] = {
    ("GET", "/v1/session"): SessionApp.show,
    ("DELETE", "/v1/session"): SessionApp.end,
    ("OPTIONS", "/v1/session"): SessionApp.preflight,
}
"""Every route of this function. A test holds it against the template's events."""


def describe(session: SessionRecord, now: float) -> dict[str, Any]:
    """What Numo learns of a session. Seconds left beside a time: a school's clocks run wrong."""
    return {
        "persoonscode": session.persoonscode,
        "role": session.role,
        "given_name": session.given_name,
        "surname": session.surname,
        "school": {
            "entrance": session.entrance,
            "name": session.school_name,
            "brin": session.brin,
        },
        "expires_at": datetime.fromtimestamp(session.ends_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "seconds_left": max(0, int(session.ends_at - now)),
        "renewable": session.ends_at < session.expires_at,
    }


def _cors(origin: str) -> dict[str, str]:
    """Name the one origin that asked; answers differ by it, so caches must know."""
    if not origin:
        return {"vary": "origin"}
    return {
        "vary": "origin",
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
    }
