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

from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from edge.telemetry import NAMESPACE, Telemetry

if TYPE_CHECKING:
    from numo_sso.trail.entry import Entry

SERVICE = "audit"
METRICS = frozenset({"TrailCopied", "TrailCopyFailed", "TrailAltered"})
"""All of them, for whoever draws a dashboard or sets an alarm."""


class Reports:
    """The log and the metrics of the function."""

    def __init__(self, environment: str, service: str = SERVICE) -> None:
        self._environment = environment
        self._service = service
        self._logger = Logger(service=service)
        self._fault = Telemetry(service).fault

    def copied(self, count: int) -> None:
        """So many changes are kept."""
        self._logger.info("trail copied", extra={"count": count})
        self._count("TrailCopied", count)

    def failed(self, error: Exception, sequence: str) -> None:
        """A change could not be kept."""
        self._fault(error)
        self._logger.error("trail copy failed", extra={"sequence_number": sequence})
        self._count("TrailCopyFailed", 1)

    def altered(self, entry: Entry) -> None:
        """Somebody changed or removed a record; the object will tell what it was."""
        self._logger.error("trail altered", extra={"change": entry.change, "key": entry.key})
        self._count("TrailAltered", 1)

    def displaced(self, entry: Entry) -> None:
        """Somebody put something else where a copy belongs; the copy is in another place."""
        self._logger.error("trail displaced", extra={"key": entry.key, "copy": entry.other_key})
        self._count("TrailAltered", 1)

    def _count(self, name: str, count: int) -> None:
        metrics = EphemeralMetrics(service=self._service, namespace=NAMESPACE)
        metrics.add_dimension("environment", self._environment)
        metrics.add_metric(name, MetricUnit.Count, count)
        metrics.flush_metrics()
