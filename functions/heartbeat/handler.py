"""Wiring of ``heartbeat``: every five minutes. It needs no right in AWS but to log."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from edge.telemetry import Telemetry
from heartbeat.app import HeartbeatApp
from heartbeat.fetching import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping


def build(environ: Mapping[str, str]) -> HeartbeatApp:
    """Make the app of the deployment that ``environ`` describes."""
    return HeartbeatApp(
        start_url=environ["HEARTBEAT_URL"],
        hub_host=environ["HUB_HOST"],
        fetch=fetch,
        telemetry=Telemetry(
            "heartbeat",
            environ["NUMO_ENVIRONMENT"],
            environ.get("AWS_LAMBDA_FUNCTION_VERSION", ""),
        ),
        timer=time.perf_counter,
    )


_app = build(os.environ)


def handler(_event: object, _context: object) -> None:
    """Do one round."""
    _app.beat()
