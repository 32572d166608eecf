"""The function ``session``: who is logged in, for Numo's app; and the end of that, on its word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from edge.http import UNREADABLE, Request, Response, json_response
from numo_sso.configuration import NotConfigured
from numo_sso.journal import Journal
from numo_sso.outcomes import CATALOGUE, Refused
from numo_sso.references import new_reference
from numo_sso.sessions import SessionCookie, SessionRecord, SessionStore, find_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.origins import Origins
    from edge.telemetry import Telemetry
    from numo_sso.configuration import Refreshed
    from numo_sso.ports import Clock, RandomBytes

_METHODS = "GET, DELETE, OPTIONS"
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
        """Answer a request, in JSON. Whatever happens, the answer is ours and has a reference."""
        journal = Journal(self.timer)
        request = UNREADABLE
        try:
            request = read()
            response = self._route(request, journal)
        except Refused as refusal:
            journal.detail = refusal.detail
            response = self._refusal(request, journal, refusal.outcome.code)
        except NotConfigured as error:
            journal.detail = str(error)
            response = self._refusal(request, journal, "not-configured")
        except Exception as error:  # noqa: BLE001  # the last resort: an answer, and where it happened
            self.telemetry.fault(error)
            response = self._refusal(request, journal, "unexpected")
        self.telemetry.ended(journal, request_id=request.request_id, status=response.status)
        return response

    def show(self, request: Request, journal: Journal) -> Response:
        """Who this is. The page that asks must be Numo's, and of the session's own school."""
        origin = request.header("origin")
        session = self._find(request, journal)
        if origin and not self.origins.may_read(origin, session.entrance):
            raise Refused("origin-refused", "a page of another origin than the session's school")
        journal.outcome, journal.entrance = "session-answered", session.entrance
        return json_response(200, describe(session), _cors(origin))

    def end(self, request: Request, journal: Journal) -> Response:
        """Log out: end the session and clear its cookie."""
        origin = request.header("origin")
        if not self.origins.may_write(origin):
            raise Refused("origin-refused", "a log-out from another origin")
        digest = self.session_cookie.digest(request.cookies)
        if digest:
            self.sessions.end(digest)
        journal.outcome = "logged-out"
        return Response(204, headers=_cors(origin), cookies=self.session_cookie.clear())

    def preflight(self, request: Request, journal: Journal) -> Response:
        """Tell a browser what Numo's own pages may ask."""
        origin = request.header("origin")
        if not self.origins.known(origin):
            raise Refused("origin-refused", "a preflight from another origin")
        journal.outcome = "session-answered"
        allowed = {
            "access-control-allow-methods": _METHODS,
            "access-control-allow-headers": "content-type",
            "access-control-max-age": _PREFLIGHT_SECONDS,
        }
        return Response(204, headers={**_cors(origin), **allowed})

    def _find(self, request: Request, journal: Journal) -> SessionRecord:
        with journal.phase("session"):
            digest = self.session_cookie.digest(request.cookies)
            return find_session(self.sessions, digest, now=self.clock(), epoch=self.epoch.get())

    def _route(self, request: Request, journal: Journal) -> Response:
        route = ROUTES.get((request.method, request.path))
        if route is not None:
            return route(self, request, journal)
        if any(path == request.path for _, path in ROUTES):
            raise Refused("method-not-allowed", "a known path, another method")
        raise Refused("not-found", "no such path")

    def _refusal(self, request: Request, journal: Journal, code: str) -> Response:
        outcome = CATALOGUE[code]
        journal.outcome = code
        journal.reference = journal.reference or new_reference(self.random)
        origin = request.header("origin")
        headers = _cors(origin) if self.origins.known(origin) and code != "origin-refused" else {}
        if code == "method-not-allowed":
            headers["allow"] = _METHODS
        if outcome.retry_after:
            headers["retry-after"] = str(outcome.retry_after)
        stale = code in ("session-missing", "session-ambiguous")
        answer = {"code": code, "number": outcome.number, "reference": journal.reference}
        cookies = self.session_cookie.clear() if stale else []
        return json_response(outcome.status, answer, headers, cookies)


ROUTES: dict[tuple[str, str], Callable[[SessionApp, Request, Journal], Response]] = {
    ("GET", "/v1/session"): SessionApp.show,
    ("DELETE", "/v1/session"): SessionApp.end,
    ("OPTIONS", "/v1/session"): SessionApp.preflight,
}
"""Every route of this function. A test holds it against the template's events."""


def describe(session: SessionRecord) -> dict[str, Any]:
    """What Numo learns of a session."""
    ends_at = min(session.expires_at, session.last_seen_at + session.idle_seconds)
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
        "expires_at": datetime.fromtimestamp(ends_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
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
