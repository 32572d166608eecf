"""Wiring of ``federation``: every hour, and whenever somebody invokes it. It takes no input."""

from __future__ import annotations

import os
import secrets
import time
from typing import TYPE_CHECKING, Any

from edge.clients import UNHURRIED, Clients
from edge.federation import make_federation
from edge.settings import Settings
from federation.app import SCHEDULED, FederationApp
from federation.reports import Reports
from numo_sso.federation.trail import Trail
from numo_sso.storage.tables import bind_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCHEDULER = "aws.scheduler"


def build(environ: Mapping[str, str], clients: Clients) -> FederationApp:
    """Make the app of the deployment that ``environ`` describes."""
    settings = Settings.from_environ(environ)
    audit = bind_tables(clients.get("dynamodb"), settings.tables).audit
    return FederationApp(
        federation=make_federation(environ, clients.get("ssm")),
        trails=lambda request_id: Trail(audit, time.time, secrets.token_bytes, request_id),
        reports=Reports(settings.environment, version=settings.version),
        clock=time.time,
        timer=time.perf_counter,
    )


_app = build(os.environ, Clients(UNHURRIED))


def handler(event: Any, context: Any) -> dict[str, Any]:
    """Answer one invocation."""
    scheduled = isinstance(event, dict) and event.get("source") == _SCHEDULER
    trigger = SCHEDULED if scheduled else "demand"
    return _app.run(trigger, getattr(context, "aws_request_id", "none"))
