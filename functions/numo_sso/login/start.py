"""The start of a login: one click becomes a flow, a cookie and a redirect to the hub.

No storage is asked. The hub always is, also when this browser holds a session: on a shared
computer that session may be the previous pupil's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from numo_sso.flow import Flow, new_request_id, trip_of
from numo_sso.outcomes import Refused
from numo_sso.relay_state import Mark
from numo_sso.targets import SLUG

if TYPE_CHECKING:
    from numo_sso.configuration import Provider
    from numo_sso.cookies import Cookies
    from numo_sso.journal import Journal
    from numo_sso.login.context import Services
    from numo_sso.login.trust import Trust
    from numo_sso.sessions import SessionCookie

_HOST = re.compile(r"[a-z0-9.-]{1,253}")


class Click(NamedTuple):
    """A click on Numo: the query's parameters (empty where absent) and what the browser holds."""

    target: str = ""
    school: str = ""
    idp: str = ""
    brin: str = ""
    other_account: bool = False
    again: int = 0
    """How many failures in a row came before it, as the link of a page counts them."""
    test: bool = False
    """A test of the connection; a session that the browser holds is let be."""
    referer: str = ""
    cookies: Cookies = ()


class Departure(NamedTuple):
    """Where the browser goes, and the ``Set-Cookie`` values that it takes along."""

    location: str
    cookies: list[str]


def start(
    click: Click, trust: Trust, services: Services, *, now: float, journal: Journal
) -> Departure:
    """Send a browser to the hub.

    Raises:
        Refused: ``target-refused``.
    """
    random = services.random
    journal.elo_host = _host(click.referer)
    journal.school_hint = click.school if SLUG.fullmatch(click.school) else ""
    held, cleared = "", list[str]()
    if not click.test:
        held, cleared = _held_session(click.cookies, services.session_cookie)
    flow = Flow(
        request_id=new_request_id(random(16)),
        started_at=int(now),
        target=services.targets.check(click.target or "/"),
        elo_host=journal.elo_host,
        held_session=held,
        other_account=click.other_account,
        again=click.again,
        test=click.test,
    )
    if not flow.test:
        journal.trip = trip_of([*trust.flow_cookies.read(click.cookies), flow], now)
    location = trust.signer.redirect(
        sso_url=trust.configuration.idp.sso_url,
        request_id=flow.request_id,
        issued_at=now,
        relay_state=trust.relay_states.make(Mark(click.again, click.test), random, now),
        force_authn=flow.other_account,
        provider=hinted_provider(click, trust.configuration.limits.providers),
    )
    return Departure(location, [*trust.flow_cookies.start(flow, click.cookies, now), *cleared])


def hinted_provider(click: Click, providers: tuple[Provider, ...]) -> str | None:
    """The provider that the click's hints lead to, if it is on our list.

    At the hub one that is not current ends on a dead page.
    """
    brin = click.brin.strip().upper()
    for each in providers:
        hints = (
            click.idp and click.idp == each.provider,
            click.school and click.school in each.entrances,
            brin and brin in each.brins,
        )
        if any(hints):
            return each.provider
    return None


def _held_session(cookies: Cookies, session_cookie: SessionCookie) -> tuple[str, list[str]]:
    """The digest of the session to be replaced; where two cookies came, both go and none counts."""
    try:
        return session_cookie.digest(cookies), []
    except Refused:
        return "", session_cookie.clear_all()


def _host(referer: str) -> str:
    try:
        host = urlsplit(referer).hostname or ""
    except ValueError:
        return ""
    return host if _HOST.fullmatch(host) else ""
