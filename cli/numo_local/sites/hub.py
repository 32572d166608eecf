"""The hub's pages: from a service's request to the identity provider that will answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, request, url_for

from numo_local.hub.hub import REFERENCE_AUTHORITY
from numo_local.hub.request import RequestRefusedError
from numo_local.hub.service_provider import UnknownServiceProviderError
from numo_local.sites.hub_common import current, refuse, the_request
from numo_local.sites.identity_providers import ReferencePages, SchoolPages
from numo_local.sites.surroundings import SCHOOL_COOKIE

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as WerkzeugResponse

    from numo_local.hub.request import AuthnRequest
    from numo_local.sites.surroundings import Surroundings


def hub_pages(around: Surroundings) -> Blueprint:
    """Make the hub's pages, and those of the identity providers behind it."""
    pages = Blueprint("hub", "numo_local", url_prefix="/hub")
    own, schools, reference = HubPages(around), SchoolPages(around), ReferencePages(around)
    pages.add_url_rule("/metadata", view_func=own.metadata)
    pages.add_url_rule("/sso", view_func=own.sso)
    pages.add_url_rule("/schools", view_func=own.schools)
    pages.add_url_rule("/ssonot", view_func=own.remember_school)
    pages.add_url_rule("/ssonot/forget", view_func=own.forget_school)
    pages.add_url_rule("/idp/<entrance>", "school_idp", schools.arrive)
    pages.add_url_rule("/idp/<entrance>", "school_login", schools.log_in, methods=["POST"])
    pages.add_url_rule("/reference", "reference", reference.form)
    pages.add_url_rule("/reference", "reference_login", reference.log_in, methods=["POST"])
    return pages


@dataclass(frozen=True)
class HubPages:
    """What the hub itself shows."""

    around: Surroundings

    def metadata(self) -> Response:
        """Describe the hub."""
        document = self.around.hub.metadata()
        return Response(document, content_type="application/samlmetadata+xml")

    def sso(self) -> WerkzeugResponse:
        """Receive an AuthnRequest, and lead on to whoever must answer it."""
        try:
            handle = self.around.hub.receive(request.query_string)
        except (RequestRefusedError, UnknownServiceProviderError) as error:
            refuse("The hub does not accept this request", str(error), 400)
        return redirect(self._next_page(the_request(self.around, handle), handle), 303)

    def schools(self) -> str:
        """Ask which school it is."""
        handle, _ = current(self.around)
        schools = self.around.samples.schools
        return render_template("hub_schools.html", handle=handle, schools=schools)

    def remember_school(self) -> WerkzeugResponse:
        """Learn from the elo which school this browser belongs to; the browser carries it."""
        start = request.args.get("then") == "start"
        where = self.around.addresses.start if start else url_for("elo.home")
        response = redirect(where, 303)
        authority = request.args.get("idp", "")
        response.set_cookie(SCHOOL_COOKIE, authority, path="/hub", httponly=True, samesite="Lax")
        return response

    def forget_school(self) -> WerkzeugResponse:
        """Forget the school, when somebody logs out of the elo."""
        response = redirect(url_for("elo.home"), 303)
        response.delete_cookie(SCHOOL_COOKIE, path="/hub")
        return response

    def _next_page(self, asked: AuthnRequest, handle: str) -> str:
        """Whom the service asks for, else whom the elo named, else the question."""
        if asked.providers:
            return self._scoped(asked, handle)
        told = request.cookies.get(SCHOOL_COOKIE, "")
        school = self.around.samples.school_of(told)
        if school:
            return url_for("hub.school_idp", entrance=school.entrance, request=handle)
        page = "hub.reference" if told == REFERENCE_AUTHORITY else "hub.schools"
        return url_for(page, request=handle)

    def _scoped(self, asked: AuthnRequest, handle: str) -> str:
        """A provider that the hub does not know is a dead end, as it is at the real one."""
        found = [self.around.samples.school_of(each) for each in asked.providers]
        school = next((each for each in found if each), None)
        if school is None:
            refuse("No identity provider", f"None is known as {', '.join(asked.providers)}.", 404)
        return url_for("hub.school_idp", entrance=school.entrance, request=handle)
