"""The way on after a double submit or a back button: the same-site ``GET /v1/sso/continue``.

The ACS sees no session, for the hub's post is cross-site and the session's cookie is Lax. This
request does see it: a browser that holds the session of its first try goes on; any other learns
what became of it.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from numo_sso.login.admission import check_flow, trace_unverified
from numo_sso.login.context import Arrival
from numo_sso.outcomes import CATALOGUE, Refused
from numo_sso.sessions import find_session

if TYPE_CHECKING:
    from numo_sso.cookies import Cookies
    from numo_sso.flow import Flow
    from numo_sso.login.context import Context
    from numo_sso.login.ports import Consumed
    from numo_sso.outcomes import Outcome
    from numo_sso.sessions import SessionStore


def proceed(request_id: str, cookies: Cookies, sessions: SessionStore, context: Context) -> Arrival:
    """Go on with the session that this browser holds, or show what came of the request.

    Only a browser that holds the request's flow is told.

    Raises:
        Refused: ``storage-failed``; ``too-many-failures`` where nothing came of it too often.
    """
    flows = context.trust.flow_cookies.read(cookies)
    flow = next((flow for flow in flows if flow.request_id == request_id), None)
    consumed = None
    if flow is not None:
        context.journal.test = flow.test
        check_flow(flow, context)
        consumed = context.services.logins.consumed(request_id)
    if consumed is None:
        return _unknown(flow, context)
    if consumed.session and _holds(consumed.session, cookies, sessions, context):
        return Arrival(CATALOGUE["logged-in"], consumed.reference, location=consumed.location)
    context.journal.detail = "answered before, and its session is not here"
    return Arrival(_ended(consumed), consumed.reference)


def _unknown(flow: Flow | None, context: Context) -> Arrival:
    """Nothing came of this request, or it is not this browser's: to a stranger it is all one."""
    used = CATALOGUE["already-used"]
    context.journal.detail = "no flow of this browser"
    if flow is not None:
        context.journal.detail = "continue without an answered request"
        context.services.budgets.sources.spend(context.source, context.now)
        context.services.budgets.flows.spend(flow.request_id, context.now)
        trace_unverified(flow, used, context)
    return Arrival(used, context.reference)


def _holds(digest: str, cookies: Cookies, sessions: SessionStore, context: Context) -> bool:
    """Whether this browser holds the very session that the request opened, and it is valid."""
    try:
        held = context.services.session_cookie.digest(cookies)
        if not hmac.compare_digest(held, digest):
            return False
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
