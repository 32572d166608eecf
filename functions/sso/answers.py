"""The answers of the function ``sso`` that are pages: which, in which language, leading where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from edge.answering import outcome_headers, refusal_fields
from edge.http import Response, json_response
from numo_sso.outcomes import Stage
from numo_sso.pages.render import Pages, language
from numo_sso.pages.words import Notes
from numo_sso.waiting import wait_after

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edge.http import Request
    from numo_sso.journal import Journal
    from numo_sso.login.context import Arrival
    from numo_sso.login.report import Report
    from numo_sso.outcomes import Outcome
    from numo_sso.pages.pictures import Picture
    from numo_sso.pages.words import Language
    from numo_sso.ports import Clock, RandomBytes
    from numo_sso.targets import Entrances
    from numo_sso.urls import Urls

_FRAMED = "framed"
_COUNTED = frozenset({Stage.BROWSER, Stage.BEFORE, Stage.FAULT})
"""After these, starting again is a further try, and its link says so."""
_WINDOWS = frozenset({Stage.BROWSER, Stage.BEFORE})
"""In these another browser may do better."""


class Answers(NamedTuple):
    """Made once. ``routes`` are those of the function, for what ``Allow`` must tell."""

    pages: Pages
    urls: Urls
    entrances: Entrances
    clock: Clock
    random: RandomBytes
    routes: Mapping[tuple[str, str], object]

    def guide(self, request: Request) -> Response:
        return self._html(200, self.pages.render_guide(asked(request)))

    def logout_asked(self, request: Request) -> Response:
        return self._html(200, self.pages.render_logout_confirm(asked(request), self.urls.logout))

    def logged_out(self, request: Request, cookies: list[str]) -> Response:
        page = self.pages.render_logged_out(asked(request), self.urls.start)
        return self._html(200, page, cookies)

    def arrival(self, request: Request, arrival: Arrival, journal: Journal) -> Response:
        """How a response ended, where the browser does not go on by itself."""
        if arrival.report is not None:
            return self._tested(request, arrival, arrival.report)
        if arrival.outcome.code == "same-person":
            return self._same_person(request, arrival)
        page = self._outcome(request, arrival.outcome, journal, arrival)
        headers = outcome_headers(arrival.outcome, self.routes, request.path)
        return self._html(arrival.outcome.status, page, arrival.cookies, headers)

    def refusal(self, request: Request, outcome: Outcome, journal: Journal) -> Response:
        """An outcome that no use case turned into an arrival."""
        wait = wait_after(outcome, journal.again, self.random)
        headers = outcome_headers(outcome, self.routes, request.path, wait)
        if outcome.code == _FRAMED:
            headers["content-security-policy"] = self.pages.framed_policy
        if "text/html" not in request.header("accept") and outcome.stage is Stage.HTTP:
            return json_response(
                outcome.status, refusal_fields(outcome, journal.reference), headers
            )
        page = self._outcome(request, outcome, journal, None, wait)
        return self._html(outcome.status, page, headers=headers)

    def _tested(self, request: Request, arrival: Arrival, report: Report) -> Response:
        page = self.pages.render_tested(
            report,
            language=asked(request),
            reference=arrival.reference,
            at=self.clock(),
            test_url=self.urls.test,
        )
        return self._html(arrival.outcome.status, page, arrival.cookies)

    def _same_person(self, request: Request, arrival: Arrival) -> Response:
        page = self.pages.render_same_person(
            asked(request),
            arrival.given_name,
            arrival.school_name,
            arrival.location,
            arrival.reference,
            self.urls.logout,
        )
        return self._html(arrival.outcome.status, page, arrival.cookies)

    def _outcome(
        self,
        request: Request,
        outcome: Outcome,
        journal: Journal,
        arrival: Arrival | None,
        wait: int | None = None,
    ) -> str:
        entrance = arrival.entrance if arrival else ""
        return self.pages.render_outcome(
            outcome,
            language=asked(request),
            reference=journal.reference,
            at=self.clock(),
            start_again_url=self._again(request, outcome, journal),
            entrance_url=self.entrances.url(entrance) if entrance else None,
            entrance_name=arrival.school_name if arrival and entrance else None,
            notes=Notes(
                test=journal.test,
                in_app=journal.in_app and outcome.stage in _WINDOWS,
                wait=wait,
            ),
        )

    def _again(self, request: Request, outcome: Outcome, journal: Journal) -> str:
        """Where the same thing starts again."""
        start = self.urls.test if journal.test else self.urls.start
        if outcome.code == _FRAMED:  # nothing failed yet: the same click, in another window
            return f"{start}?{urlencode(request.query)}" if request.query else start
        return f"{start}?again={journal.again + 1}" if outcome.stage in _COUNTED else start

    def _html(
        self,
        status: int,
        page: str,
        cookies: list[str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        policy = {"content-security-policy": self.pages.policy}
        return Response(status, page, headers={**policy, **(headers or {})}, cookies=cookies or [])


def picture(shown: Picture, request: Request) -> Response:
    """The picture, or word that the browser's own is still good. Any elo may show it."""
    headers = {
        "cache-control": "public, max-age=604800",
        "etag": shown.tag,
        "cross-origin-resource-policy": "cross-origin",
    }
    if shown.known_by(request.header("if-none-match")):
        return Response(304, headers=headers)
    return Response(200, content=shown.content, content_type=shown.content_type, headers=headers)


def asked(request: Request) -> Language:
    """The language that a link of ours asks for, else the one that the browser likes."""
    return language(request.query.get("lang") or request.header("accept-language") or None)
