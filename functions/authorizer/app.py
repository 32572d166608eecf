"""The function ``authorizer``: lets a request with a session through to another API of Numo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edge.answering import outcome_of
from numo_sso.journal import Journal
from numo_sso.sessions import SessionCookie, SessionRecord, SessionStore, find_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.telemetry import Telemetry
    from numo_sso.configuration import Refreshed
    from numo_sso.cookies import Cookies
    from numo_sso.ports import Clock


@dataclass(frozen=True)
class AuthorizerApp:
    """The use case with all that it needs; made once, at init."""

    epoch: Refreshed[int]
    sessions: SessionStore
    session_cookie: SessionCookie
    telemetry: Telemetry
    clock: Clock
    timer: Callable[[], float]

    def handle(self, cookies: Cookies, request_id: str) -> dict[str, Any]:
        """API Gateway's simple response: whether the request may pass, and who asks.

        Whatever goes wrong, the answer is no.
        """
        journal = Journal(self.timer)
        try:
            with journal.phase("session"):
                digest = self.session_cookie.digest(cookies)
                session = find_session(
                    self.sessions, digest, now=self.clock(), epoch=self.epoch.get()
                )
        except Exception as error:  # noqa: BLE001  # whatever it was, the answer is no
            journal.outcome = outcome_of(error, journal, self.telemetry).code
            answer = _DENIED
        else:
            journal.outcome, journal.entrance = "session-answered", session.entrance
            answer = {"isAuthorized": True, "context": _context(session)}
        status = 200 if answer["isAuthorized"] else 403
        self.telemetry.ended(journal, request_id=request_id, status=status)
        return answer


_DENIED: dict[str, Any] = {"isAuthorized": False, "context": {}}


def _context(session: SessionRecord) -> dict[str, str]:
    """What the API behind it finds in ``requestContext.authorizer.lambda``."""
    return {
        "persoonscode": session.persoonscode,
        "role": session.role,
        "entrance": session.entrance,
        "brin": session.brin,
    }
