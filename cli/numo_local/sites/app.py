"""A small Numo: one page at every entrance, which shows the session that the API tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, render_template

from numo_local.sites.speech import speak

if TYPE_CHECKING:
    from numo_local.addresses import Addresses


def numo_app(addresses: Addresses) -> Flask:
    """Make the application; it stands on an origin of its own, on the API's site."""
    app = Flask("numo_local")
    app.jinja_env.globals.update(addresses=addresses)
    speak(app)

    @app.get("/")
    def home() -> str:
        return render_template("numo_home.html")

    @app.get("/<entrance>")
    @app.get("/<entrance>/")
    @app.get("/<entrance>/<path:page>")
    def entrance(entrance: str, page: str = "") -> str:
        return render_template("numo.html", entrance=entrance, page=page)

    return app
