"""The function ``sso``: start, test, ACS, continue, metadata, help, log-out; unknown routes too.

It decodes a request, calls one use case, and encodes what came of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from edge.answering import answer, choose
from edge.http import Request, Response, redirect
from edge.windows import check_window, in_app
from numo_sso.login.budget import source_of
from numo_sso.login.context import Context, Post, Services
from numo_sso.login.proceed import proceed
from numo_sso.login.receive import receive
from numo_sso.login.start import Click, start
from numo_sso.outcomes import Refused
from numo_sso.pages.pictures import button
from numo_sso.references import new_reference
from numo_sso.saml.metadata import service_metadata
from numo_sso.sessions import SessionStore, end_session
from sso.answers import Answers, picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.origins import Origins
    from edge.telemetry import Telemetry
    from numo_sso.configuration import Refreshed
    from numo_sso.journal import Journal
    from numo_sso.login.trust import Trust
    from numo_sso.outcomes import Outcome
    from numo_sso.pages.render import Pages
    from numo_sso.ports import Clock
    from numo_sso.urls import Urls

_METADATA_TYPE = "application/samlmetadata+xml"


class SsoApp(NamedTuple):
    """The use cases with all that they need; made once, at init."""

    trust: Refreshed[Trust]
    urls: Urls
    services: Services
    sessions: SessionStore
    origins: Origins
    pages: Pages
    telemetry: Telemetry
    clock: Clock
    timer: Callable[[], float]

    def handle(self, read: Callable[[], Request]) -> Response:
        """Answer what ``read`` decodes: with a page, and a reference on every failure."""
        return answer(read, self._route, self._page, self.telemetry, self.timer)

    def start(self, request: Request, journal: Journal) -> Response:
        return self._depart(request, journal, "started")

    def test(self, request: Request, journal: Journal) -> Response:
        """Start a test of the connection: a login that ends on a page, without a session."""
        return self._depart(request, journal, "test-started")

    def acs(self, request: Request, journal: Journal) -> Response:
        check_window(request)
        content_type = request.header("content-type")
        post = Post(content_type, request.body, request.cookies, request.address)
        arrival = receive(post, self._trust(journal), self.services, journal, self.clock())
        if arrival.location and arrival.outcome.code != "same-person":
            return redirect(303, arrival.location, arrival.cookies)
        return self._answers.arrival(request, arrival, journal)

    def proceed(self, request: Request, journal: Journal) -> Response:
        journal.reference = new_reference(self.services.random)
        source = source_of(request.address)
        context = Context(self._trust(journal), self.services, journal, self.clock(), source)
        arrival = proceed(request.query.get("flow", ""), request.cookies, self.sessions, context)
        journal.outcome, journal.reference = arrival.outcome.code, arrival.reference
        if arrival.location:
            return redirect(303, arrival.location)
        return self._answers.arrival(request, arrival, journal)

    def metadata(self, _request: Request, journal: Journal) -> Response:
        trust = self._trust(journal)
        keys = trust.configuration.service_keys
        document = service_metadata(self.urls, keys, encryption=bool(trust.decryption_keys))
        journal.outcome = "metadata-answered"
        return Response(200, document, _METADATA_TYPE)

    def guide(self, request: Request, journal: Journal) -> Response:
        journal.outcome = "guide-shown"
        return self._answers.guide(request)

    def button_svg(self, request: Request, journal: Journal) -> Response:
        journal.outcome = "button-answered"
        return picture(button("svg"), request)

    def button_png(self, request: Request, journal: Journal) -> Response:
        journal.outcome = "button-answered"
        return picture(button("png"), request)

    def logout_page(self, request: Request, journal: Journal) -> Response:
        journal.outcome = "logout-asked"
        return self._answers.logout_asked(request)

    def logout(self, request: Request, journal: Journal) -> Response:
        """End the session and clear its cookie. Only a page of ours or of Numo may ask it."""
        if not self.origins.may_write(request.header("origin")):
            raise Refused("origin-refused", "a log-out from another origin")
        for digest in self.services.session_cookie.digests(request.cookies):
            end_session(self.sessions, digest)
        journal.outcome = "logged-out"
        return self._answers.logged_out(request, self.services.session_cookie.clear_all())

    def _trust(self, journal: Journal) -> Trust:
        with journal.phase("configuration"):
            return self.trust.get()

    def _route(self, request: Request, journal: Journal) -> Response:
        return choose(ROUTES, request)(self, request, journal)

    def _depart(self, request: Request, journal: Journal, outcome: str) -> Response:
        query = request.query
        test = journal.test = outcome == "test-started"
        journal.again = _counted(query.get("again", ""))
        check_window(request)
        click = Click(
            target="" if test else query.get("target", ""),
            school=query.get("school", ""),
            idp=query.get("idp", ""),
            brin=query.get("brin", ""),
            other_account=query.get("other") == "1",
            again=journal.again,
            test=test,
            referer=request.header("referer"),
            cookies=request.cookies,
        )
        departure = start(
            click,
            self._trust(journal),
            self.services,
            now=self.clock(),
            journal=journal,
        )
        journal.outcome = outcome
        return redirect(302, departure.location, departure.cookies)

    def _page(self, request: Request, journal: Journal, outcome: Outcome) -> Response:
        """The page of an outcome that no use case turned into an arrival."""
        journal.outcome, journal.in_app = outcome.code, in_app(request)
        journal.reference = journal.reference or new_reference(self.services.random)
        return self._answers.refusal(request, outcome, journal)

    @property
    def _answers(self) -> Answers:
        entrances = self.services.targets.entrances
        random = self.services.random
        return Answers(self.pages, self.urls, entrances, self.clock, random, ROUTES)


ROUTES: dict[tuple[str, str], Callable[[SsoApp, Request, Journal], Response]] = {
    ("GET", "/v1/sso"): SsoApp.start,
    ("GET", "/v1/sso/test"): SsoApp.test,
    ("POST", "/v1/sso/acs"): SsoApp.acs,
    ("GET", "/v1/sso/continue"): SsoApp.proceed,
    ("GET", "/v1/sso/metadata"): SsoApp.metadata,
    ("GET", "/v1/sso/help"): SsoApp.guide,
    ("GET", "/v1/sso/button.svg"): SsoApp.button_svg,
    ("GET", "/v1/sso/button.png"): SsoApp.button_png,
    ("GET", "/v1/sso/logout"): SsoApp.logout_page,
    ("POST", "/v1/sso/logout"): SsoApp.logout,
}
"""Every route of this function. A test holds it against the template's events."""


def _counted(again: str) -> int:
    """How often, as the link of one of our pages says; a link that says something else says 0."""
    return int(again) if re.fullmatch(r"[0-9]{1,2}", again) else 0
