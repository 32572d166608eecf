"""Wiring of the function ``session``: from the environment to one app; an event to an answer."""

from __future__ import annotations

import gc
import os
import secrets
import time
from typing import TYPE_CHECKING, Any

from edge.aws.clients import ShortWays
from edge.http import decode, encode
from edge.origins import Origins
from edge.settings import Settings
from edge.telemetry import Telemetry
from numo_sso.configuration import Refreshed, parse_epoch
from numo_sso.sessions import SessionCookie
from numo_sso.storage.parameters import parameters_named
from numo_sso.storage.sessions import StoredSessions
from numo_sso.storage.tables import bind_tables
from numo_sso.targets import Entrances
from session.app import ROUTES, SessionApp

if TYPE_CHECKING:
    from collections.abc import Mapping


__all__ = ["ROUTES", "build", "handler"]

PATH = "/v1/session"


def build(settings: Settings, clients: ShortWays) -> SessionApp:
    """Make the app of a deployment."""
    telemetry = Telemetry("session", settings.environment, settings.version)
    tables = bind_tables(clients.get("dynamodb"), settings.tables)
    read = parameters_named(clients.get("ssm"), settings.parameters_path, ["epoch"])
    entrances = Entrances(settings.entrance_url)
    return SessionApp(
        epoch=Refreshed(read, parse_epoch, time.time, telemetry.fault),
        sessions=StoredSessions(tables),
        session_cookie=SessionCookie(settings.cookie_domain, settings.host),
        origins=Origins(entrances, settings.app_origins, settings.public_url),
        telemetry=telemetry,
        clock=time.time,
        timer=time.perf_counter,
        random=secrets.token_bytes,
    )


_settings = Settings.from_environ(os.environ)
_app = build(_settings, ShortWays(os.environ))
_mapping = PATH if _settings.mapped else ""
gc.freeze()  # what lives as long as the process is not looked at again: docs/decisions/061


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload v2)."""
    return encode(_app.handle(lambda: decode(event, _mapping)))
