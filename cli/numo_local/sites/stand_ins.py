"""The site of the stand-ins: an index, the elo, the hub, and failures on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, abort, redirect, render_template, request, url_for

from numo_local.aws.outage import STATES
from numo_local.calling import command
from numo_local.gateway.faults import MESSAGES
from numo_local.sites.elo import elo_pages
from numo_local.sites.hub import hub_pages
from numo_local.sites.speech import speak

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from numo_local.sites.surroundings import Surroundings

_PACKAGE = "numo_local"
_REBUILT = b"<html><body>Wegens onderhoud niet bereikbaar</body></html>"


def stand_ins(around: Surroundings) -> Flask:
    """Make the application."""
    app = Flask(_PACKAGE)
    app.jinja_env.globals.update(around=around, addresses=around.addresses)
    speak(app)
    app.register_blueprint(elo_pages(around))
    app.register_blueprint(hub_pages(around))

    @app.get("/")
    def index() -> str:
        provoked = request.args.get("provoked", "")
        return render_template(
            "index.html", faults=MESSAGES, storage=STATES, provoked=provoked, command=command()
        )

    @app.route("/v1/<path:path>", methods=["GET", "POST"])
    def api(path: str) -> tuple[str, int]:
        return render_template("elsewhere.html", url=f"{around.addresses.api}/v1/{path}"), 404

    @app.post("/storage")
    def storage() -> Response:
        state = request.form.get("state", "")
        if state not in STATES:
            abort(400)
        around.outage.state = state
        return redirect(url_for("index"), 303)

    @app.post("/hub-metadata")
    def hub_metadata() -> Response:
        around.hub.published = _REBUILT if request.form.get("rebuilt") else None
        return redirect(url_for("index"), 303)

    @app.post("/gateway-fault")
    def gateway_fault() -> Response:
        status = request.form.get("status", type=int)
        if status not in MESSAGES:
            abort(400)
        around.faults.provoke(status, request.form.get("times", 1, type=int))
        return redirect(url_for("index", provoked=status), 303)

    return app
