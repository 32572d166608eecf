"""What the hub's pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from flask import abort, make_response, render_template, request

from numo_local.sites.speech import say

if TYPE_CHECKING:
    from numo_local.hub.hub import Outgoing
    from numo_local.hub.request import AuthnRequest
    from numo_local.sites.surroundings import Surroundings


def current(around: Surroundings) -> tuple[str, AuthnRequest]:
    """Find the request that a page belongs to, and the handle by which pages pass it on."""
    handle = request.values.get("request", "")
    return handle, the_request(around, handle)


def the_request(around: Surroundings, handle: str) -> AuthnRequest:
    """Find a request by its handle, or end with a page that says it is gone."""
    asked = around.hub.pending(handle)
    if asked is None:
        refuse("This login is no longer known", say("Start again from the elo."), 400)
    return asked


def post_page(outgoing: Outgoing, *, stop: bool = False) -> str:
    """Render the form that takes a response to the service; it sends itself, unless told not to."""
    return render_template("hub_post.html", outgoing=outgoing, stop=stop)


def refuse(title: str, reason: str, status: int) -> NoReturn:
    """End with an error page."""
    abort(make_response(render_template("hub_error.html", title=title, reason=reason), status))
