"""Wiring of ``watch``: every five minutes, and once a day for the schools that are silent."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from edge.clients import UNHURRIED, Clients
from edge.settings import Settings
from edge.telemetry import Telemetry
from numo_sso.log_query import LogQuery
from numo_sso.storage.tables import bind_tables
from watch.app import WatchApp

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 40
"""Seconds in which a query must end; the function has a minute."""
_SILENT = "silent"
"""What the daily schedule asks for."""


def build(environ: Mapping[str, str], clients: Clients) -> WatchApp:
    """Make the app of the deployment that ``environ`` describes."""
    settings = Settings.from_environ(environ)
    schools = bind_tables(clients.get("dynamodb"), settings.tables).school
    return WatchApp(
        ask=LogQuery(
            clients.get("logs"), environ["LOGIN_LOG"], time.sleep, time.monotonic, _PATIENCE
        ),
        active=lambda: [
            str(each.entrance)
            for each in schools.scan((schools.sk == "school") & (schools.state == "active"))
        ],
        telemetry=Telemetry("watch", settings.environment, settings.version),
        clock=time.time,
    )


_app = build(os.environ, Clients(UNHURRIED))


def handler(event: Any, _context: object) -> None:
    """Do what the schedule asks."""
    if isinstance(event, dict) and event.get("look_for") == _SILENT:
        _app.look_for_silent()
    else:
        _app.watch()
