"""What leaves a batch: JSON lines, and its metrics in the namespace ``NumoSso``.

====================  ==========================================================================
metric                what it counts
====================  ==========================================================================
``TrailCopied``       changes of the trail's table that are kept, those of a batch at once
``TrailCopyFailed``   batches that broke off; Lambda comes again with what was left
``TrailAltered``      records that somebody changed, removed or kept from their place in the
                      bucket: one is a breach
====================  ==========================================================================

Every metric has the dimensions ``service``, which is ``audit``, and ``environment``: there may be
other deployments in the account. No line tells a subject or a caller.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from edge.messages import Message
from edge.metrics import BY_SERVICE, COUNT, Measured
from edge.telemetry import Telemetry

if TYPE_CHECKING:
    from collections.abc import Callable

    from numo_sso.trail.entry import Entry

SERVICE = "audit"
METRICS = frozenset({"TrailCopied", "TrailCopyFailed", "TrailAltered"})
"""All of them, for whoever draws a dashboard or sets an alarm."""


class Reports:
    """The log of the function, and the metrics in it."""

    def __init__(
        self, environment: str, service: str = SERVICE, clock: Callable[[], float] = time.time
    ) -> None:
        self._telemetry = Telemetry(service, environment, clock=clock)

    def copied(self, count: int) -> None:
        """So many changes are kept."""
        self._tell(logging.INFO, Message.TRAIL_COPIED, {"count": count}, TrailCopied=count)

    def failed(self, error: Exception, sequence: str) -> None:
        """A change could not be kept."""
        self._telemetry.fault(error)
        fields = {"sequence_number": sequence}
        self._tell(logging.ERROR, Message.TRAIL_COPY_FAILED, fields, TrailCopyFailed=1)

    def altered(self, entry: Entry) -> None:
        """Somebody changed or removed a record; the object will tell what it was."""
        fields = {"change": entry.change, "key": entry.key}
        self._tell(logging.ERROR, Message.TRAIL_ALTERED, fields, TrailAltered=1)

    def displaced(self, entry: Entry) -> None:
        """Somebody put something else where a copy belongs; the copy is in another place."""
        fields = {"key": entry.key, "copy": entry.other_key}
        self._tell(logging.ERROR, Message.TRAIL_DISPLACED, fields, TrailAltered=1)

    def _tell(self, level: int, message: Message, fields: dict[str, Any], **counts: int) -> None:
        values = {name: (COUNT, float(count)) for name, count in counts.items()}
        self._telemetry.line(level, message, fields, [Measured((BY_SERVICE,), values)])
