"""The function ``heartbeat``: one round from outside, told in one line.

Its metrics, with the dimensions ``environment`` and ``service``: ``StartUp`` and ``HubUp``, 1 or 0,
and ``StartTime``, the milliseconds in which the public URL answered.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edge.messages import Message
from edge.metrics import BY_SERVICE, COUNT, MILLISECONDS, Measured
from numo_sso.watch.probe import probe

if TYPE_CHECKING:
    from collections.abc import Callable

    from edge.telemetry import Telemetry
    from numo_sso.watch.probe import Fetch

METRICS = frozenset({"StartUp", "HubUp", "StartTime"})


@dataclass(frozen=True)
class HeartbeatApp:
    """What is asked, and where it is told."""

    start_url: str
    hub_host: str
    fetch: Fetch
    telemetry: Telemetry
    timer: Callable[[], float]

    def beat(self) -> None:
        found = probe(self.start_url, self.hub_host, self.fetch, self.timer)
        values = {"StartUp": (COUNT, float(found.start_up))}
        if found.start_up:
            values["HubUp"] = (COUNT, float(found.hub_up))
            values["StartTime"] = (MILLISECONDS, found.milliseconds)
        well = found.start_up and found.hub_up
        self.telemetry.line(
            logging.INFO if well else logging.ERROR,
            Message.HEARTBEAT if well else Message.HEARTBEAT_MISSED,
            {"detail": found.detail} if found.detail else {},
            [Measured((BY_SERVICE,), values)],
        )
