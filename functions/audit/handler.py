"""Wiring of ``audit``: what happens to the trail's table, copied to where nobody can alter it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from audit.app import AuditApp
from audit.reports import Reports
from edge.clients import UNHURRIED, Clients
from numo_sso.trail.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Mapping


def build(environ: Mapping[str, str], clients: Clients) -> AuditApp:
    """Make the app of the deployment that ``environ`` describes."""
    archive = Archive(clients.get("s3"), environ["TRAIL_BUCKET"])
    return AuditApp(archive, Reports(environ["NUMO_ENVIRONMENT"]), environ["TRAIL_STREAM"])


_app = build(os.environ, Clients(UNHURRIED))


def handler(event: Any, context: Any) -> dict[str, Any]:
    """Copy one batch of the stream."""
    del context
    return _app.copy(event)
