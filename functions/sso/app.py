"""The function ``sso``: start, ACS, continue, metadata and log-out, and every unknown route.

It decodes a request, calls one use case, and encodes what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edge.answering import answer, choose, outcome_headers, refusal_fields
from edge.http import Request, Response, json_response, redirect
from numo_sso.login.budget import source_of
from numo_sso.login.context import Arrival, Context, Post, Services
from numo_sso.login.proceed import proceed
from numo_sso.login.receive import receive
from numo_sso.login.start import Click, start
from numo_sso.outcomes import Outcome, Refused, Stage
from numo_sso.pages.render import CONTENT_SECURITY_POLICY, Pages, language
from numo_sso.references import new_reference
from numo_sso.saml.metadata import service_metadata
from numo_sso.sessions import SessionStore, end_session

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edge.origins import Origins
    from edge.telemetry import Telemetry
    from numo_sso.configuration import Refreshed
    from numo_sso.journal import Journal
    from numo_sso.login.trust import Trust
    from numo_sso.pages.words import Language
    from numo_sso.ports import Clock
    from numo_sso.urls import Urls

_METADATA_TYPE = "application/samlmetadata+xml"


@dataclass(frozen=True)
class SsoApp:
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
        query = request.query
        click = Click(
            target=query.get("target", ""),
            school=query.get("school", ""),
            idp=query.get("idp", ""),
            brin=query.get("brin", ""),
            other_account=query.get("other") == "1",
            referer=request.header("referer"),
            cookies=request.cookies,
        )
        departure = start(
            click,
            self.trust.get(),
            self.services,
            now=self.clock(),
            journal=journal,
        )
        journal.outcome = "started"
        return redirect(302, departure.location, departure.cookies)

    def acs(self, request: Request, journal: Journal) -> Response:
        content_type = request.header("content-type")
        post = Post(content_type, request.body, request.cookies, request.address)
        arrival = receive(post, self.trust.get(), self.services, journal, self.clock())
        if arrival.outcome.code == "same-person":
            return self._same_person(request, arrival)
        if arrival.location:
            return redirect(303, arrival.location, arrival.cookies)
        return self._ending(request, arrival)

    def proceed(self, request: Request, journal: Journal) -> Response:
        journal.reference = new_reference(self.services.random)
        source = source_of(request.address)
        context = Context(self.trust.get(), self.services, journal, self.clock(), source)
        arrival = proceed(request.query.get("flow", ""), request.cookies, self.sessions, context)
        journal.outcome, journal.reference = arrival.outcome.code, arrival.reference
        if arrival.location:
            return redirect(303, arrival.location)
        return self._ending(request, arrival)

    def metadata(self, _request: Request, journal: Journal) -> Response:
        trust = self.trust.get()
        keys = trust.configuration.service_keys
        document = service_metadata(self.urls, keys, encryption=bool(trust.decryption_keys))
        journal.outcome = "metadata-answered"
        return Response(200, document, _METADATA_TYPE)

    def logout_page(self, request: Request, journal: Journal) -> Response:
        journal.outcome = "logout-asked"
        html = self.pages.render_logout_confirm(_language(request), self.urls.logout)
        return _html(200, html)

    def logout(self, request: Request, journal: Journal) -> Response:
        """End the session and clear its cookie. Only a page of ours or of Numo may ask it."""
        if not self.origins.may_write(request.header("origin")):
            raise Refused("origin-refused", "a log-out from another origin")
        for digest in self.services.session_cookie.digests(request.cookies):
            end_session(self.sessions, digest)
        journal.outcome = "logged-out"
        html = self.pages.render_logged_out(_language(request), self.urls.start)
        return _html(200, html, self.services.session_cookie.clear_all())

    def _route(self, request: Request, journal: Journal) -> Response:
        return choose(ROUTES, request)(self, request, journal)

    def _same_person(self, request: Request, arrival: Arrival) -> Response:
        html = self.pages.render_same_person(
            _language(request),
            arrival.given_name,
            arrival.school_name,
            arrival.location,
            arrival.reference,
            self.urls.logout,
        )
        return _html(arrival.outcome.status, html, arrival.cookies)

    def _ending(self, request: Request, arrival: Arrival) -> Response:
        html = self._render(request, arrival.outcome, arrival.reference, arrival)
        return _html(
            arrival.outcome.status,
            html,
            arrival.cookies,
            outcome_headers(arrival.outcome, ROUTES, request.path),
        )

    def _page(self, request: Request, journal: Journal, outcome: Outcome) -> Response:
        """The page of an outcome that no use case turned into an arrival."""
        journal.outcome = outcome.code
        journal.reference = journal.reference or new_reference(self.services.random)
        headers = outcome_headers(outcome, ROUTES, request.path)
        if "text/html" not in request.header("accept") and outcome.stage is Stage.HTTP:
            return json_response(
                outcome.status, refusal_fields(outcome, journal.reference), headers
            )
        html = self._render(request, outcome, journal.reference, None)
        return _html(outcome.status, html, headers=headers)

    def _render(
        self, request: Request, outcome: Outcome, reference: str, arrival: Arrival | None
    ) -> str:
        entrance = arrival.entrance if arrival else ""
        return self.pages.render_outcome(
            outcome,
            language=_language(request),
            reference=reference,
            at=self.clock(),
            start_again_url=self.urls.start,
            entrance_url=self.services.targets.entrances.url(entrance) if entrance else None,
            entrance_name=arrival.school_name if arrival and entrance else None,
        )


ROUTES: dict[tuple[str, str], Callable[[SsoApp, Request, Journal], Response]] = {
    ("GET", "/v1/sso"): SsoApp.start,
    ("POST", "/v1/sso/acs"): SsoApp.acs,
    ("GET", "/v1/sso/continue"): SsoApp.proceed,
    ("GET", "/v1/sso/metadata"): SsoApp.metadata,
    ("GET", "/v1/sso/logout"): SsoApp.logout_page,
    ("POST", "/v1/sso/logout"): SsoApp.logout,
}
"""Every route of this function. A test holds it against the template's events."""


def _html(
    status: int,
    html: str,
    cookies: list[str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    policy = {"content-security-policy": CONTENT_SECURITY_POLICY}
    return Response(status, html, headers={**policy, **(headers or {})}, cookies=cookies or [])


def _language(request: Request) -> Language:
    return language(request.header("accept-language") or None)
