"""The identity providers behind the hub: the schools' own, and the reference one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, abort, make_response, render_template, request

from numo_local.hub.mishaps import MISHAPS
from numo_local.hub.typed import ATTRIBUTES, AUTHORITY, MORE, read_typed
from numo_local.sites.hub_common import current, post_page
from numo_local.sites.surroundings import ELO_COOKIE

if TYPE_CHECKING:
    from numo_local.samples.people import Person, SampleSchool
    from numo_local.sites.surroundings import Surroundings

REPLAY = "replay"


@dataclass(frozen=True)
class SchoolPages:
    """A school's identity provider: it knows who is logged in to the elo."""

    around: Surroundings

    def arrive(self, entrance: str) -> str:
        """Answer at once for who is logged in, unless a fresh login is asked for."""
        handle, asked = current(self.around)
        school = self._school(entrance)
        person = self.around.logged_in()
        if person and person.entrance == entrance and not asked.force_authn:
            attributes = school.attributes_of(person)
            return post_page(self.around.hub.answer(asked, attributes, school.authority))
        return render_template("hub_login.html", handle=handle, asked=asked, school=school)

    def log_in(self, entrance: str) -> Response:
        """Answer for the person who was chosen, who is then logged in to the elo too."""
        _, asked = current(self.around)
        school, person = self._school(entrance), self._person()
        attributes = school.attributes_of(person)
        answer = self.around.hub.answer(asked, attributes, school.authority)
        response = make_response(post_page(answer))
        response.set_cookie(ELO_COOKIE, person.id, httponly=True, samesite="Lax")
        return response

    def _school(self, entrance: str) -> SampleSchool:
        return self.around.samples.school(entrance) or abort(404)

    def _person(self) -> Person:
        return self.around.samples.person(request.form.get("person", "")) or abort(400)


@dataclass(frozen=True)
class ReferencePages:
    """The reference identity provider: every attribute by hand, and what can go wrong."""

    around: Surroundings

    def form(self) -> str:
        """Show the form, filled in for somebody from the samples."""
        handle, _ = current(self.around)
        samples = self.around.samples
        person = samples.person(request.args.get("person", "")) or samples.schools[0].users[0]
        school = samples.school(person.entrance) or abort(404)
        filled = {"values": school.attributes_of(person), "authority": school.authority}
        choices = {"schools": samples.schools, "known": ATTRIBUTES, "mishaps": MISHAPS}
        return render_template(
            "hub_reference.html",
            handle=handle,
            person=person,
            can_replay=self.around.hub.last,
            names={"authority": AUTHORITY, "more": MORE},
            **filled,
            **choices,
        )

    def log_in(self) -> str:
        """Answer with what was typed, or with what a button spoils about it."""
        _, asked = current(self.around)
        hub, stop = self.around.hub, "stop" in request.form
        wanted = request.form.get("mishap", "")
        if wanted == REPLAY:
            return post_page(hub.last or abort(400), stop=stop)
        if wanted and wanted not in MISHAPS:
            abort(400)
        authority = request.form.get(AUTHORITY, "").strip()
        return post_page(hub.answer(asked, read_typed(request.form), authority, wanted), stop=stop)
