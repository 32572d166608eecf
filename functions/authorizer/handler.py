"""Wiring of the function ``authorizer``: a REQUEST authorizer of payload v2, simple response.

Attach it with a cache TTL of 0: an answer that is kept outlives a log-out.
"""

from __future__ import annotations

import gc
import os
import time
from typing import TYPE_CHECKING, Any

from authorizer.app import AuthorizerApp
from edge.aws.clients import ShortWays
from edge.settings import Settings
from edge.telemetry import Telemetry
from numo_sso.configuration import Refreshed, parse_epoch
from numo_sso.cookies import parse_cookies
from numo_sso.sessions import SessionCookie
from numo_sso.storage.parameters import parameters_named
from numo_sso.storage.sessions import StoredSessions
from numo_sso.storage.tables import bind_tables

if TYPE_CHECKING:
    from collections.abc import Mapping


def build(settings: Settings, clients: ShortWays) -> AuthorizerApp:
    """Make the app of a deployment."""
    telemetry = Telemetry("authorizer", settings.environment, settings.version)
    tables = bind_tables(clients.get("dynamodb"), settings.tables)
    read = parameters_named(clients.get("ssm"), settings.parameters_path, ["epoch"])
    return AuthorizerApp(
        epoch=Refreshed(read, parse_epoch, time.time, telemetry.fault),
        sessions=StoredSessions(tables),
        session_cookie=SessionCookie(settings.cookie_domain),
        telemetry=telemetry,
        clock=time.time,
        timer=time.perf_counter,
    )


_app = build(Settings.from_environ(os.environ), ShortWays(os.environ))
gc.freeze()  # what lives as long as the process is not looked at again: docs/decisions/061


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer API Gateway whether the bearer of these cookies may pass."""
    cookies = parse_cookies(event.get("cookies") or ())
    return _app.handle(cookies, event.get("requestContext", {}).get("requestId", ""))
