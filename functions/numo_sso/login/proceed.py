"""The way on after a double submit or a back button: the same-site ``GET /v1/sso/continue``.

The ACS sees no session, for the hub's post is cross-site and the session's cookie is Lax. This
request does see it: a browser that is logged in goes on; one that is not learns what became of
its first try.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.login.context import Arrival
from numo_sso.outcomes import CATALOGUE, Refused
from numo_sso.sessions import find_session

if TYPE_CHECKING:
    from numo_sso.cookies import Cookies
    from numo_sso.login.context import Context
    from numo_sso.login.ports import Consumed
    from numo_sso.outcomes import Outcome
    from numo_sso.sessions import SessionStore


def proceed(request_id: str, cookies: Cookies, sessions: SessionStore, context: Context) -> Arrival:
    """Go on with the session that this browser holds, or show what came of the request.

    Only a browser that holds the request's flow is told.

    Raises:
        Refused: ``storage-failed``.
    """
    flows = context.trust.flow_cookies.read(cookies)
    known = any(flow.request_id == request_id for flow in flows)
    consumed = context.services.logins.consumed(request_id) if known else None
    if consumed is None:
        return Arrival(CATALOGUE["already-used"], context.reference)
    if consumed.location and _holds_session(cookies, sessions, context):
        return Arrival(CATALOGUE["logged-in"], consumed.reference, location=consumed.location)
    return Arrival(_ended(consumed), consumed.reference)


def _holds_session(cookies: Cookies, sessions: SessionStore, context: Context) -> bool:
    try:
        digest = context.services.session_cookie.digest(cookies)
        epoch = context.trust.configuration.epoch
        find_session(sessions, digest, now=context.now, epoch=epoch)
    except Refused as refusal:
        if refusal.outcome.code == "storage-failed":
            raise
        return False
    return True


def _ended(consumed: Consumed) -> Outcome:
    """A refusal is shown again, with its own reference; a login that this browser lost is used."""
    outcome = CATALOGUE[consumed.outcome]
    return CATALOGUE["already-used"] if outcome.good else outcome
