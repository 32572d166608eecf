"""The elo: where a pupil's day begins, with a button that leads to Numo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for

from numo_local.hub.hub import REFERENCE_AUTHORITY
from numo_local.sites.surroundings import ELO_COOKIE

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from numo_local.sites.surroundings import Surroundings


def elo_pages(around: Surroundings) -> Blueprint:
    """Make the elo's pages."""
    pages = Blueprint("elo", "numo_local", url_prefix="/elo")

    @pages.get("")
    def home() -> str:
        person = around.logged_in()
        if person is None:
            return render_template("elo_login.html", schools=around.samples.schools)
        school = around.samples.school(person.entrance)
        return render_template("elo.html", person=person, school=school)

    @pages.post("/login")
    def login() -> Response:
        person = around.samples.person(request.form.get("person", ""))
        if person is None:
            abort(400)
        school = around.samples.school(person.entrance) or abort(400)
        # A real elo tells the hub in the same way which school this browser belongs to.
        response = redirect(url_for("hub.remember_school", idp=school.authority), 303)
        response.set_cookie(ELO_COOKIE, person.id, httponly=True, samesite="Lax")
        return response

    @pages.post("/reference")
    def reference() -> Response:
        """Go to Numo as whoever is typed at the hub."""
        hub = url_for("hub.remember_school", idp=REFERENCE_AUTHORITY, then="start")
        response = redirect(hub, 303)
        response.delete_cookie(ELO_COOKIE)
        return response

    @pages.post("/logout")
    def logout() -> Response:
        response = make_response(redirect(url_for("hub.forget_school"), 303))
        response.delete_cookie(ELO_COOKIE)
        return response

    return pages
