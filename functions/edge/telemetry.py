"""What leaves a request: one JSON line and its metrics. Only a journal's fields can get in."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from numo_sso.outcomes import CATALOGUE, Stage

if TYPE_CHECKING:
    from numo_sso.journal import Journal

NAMESPACE = "NumoSso"

# Lambda's own handler would print their lines at each cold start.
for _library in ("botocore", "pynamodb"):
    logging.getLogger(_library).setLevel(logging.WARNING)


class Telemetry:
    """The log and the metrics of one function."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._logger = Logger(service=service)
        self._cold = True

    def ended(self, journal: Journal, *, request_id: str, status: int) -> None:
        """Log how a request ended and count its outcome."""
        outcome = CATALOGUE[journal.outcome]
        fields = {
            **journal.fields(),
            "outcome": outcome.code,
            "number": outcome.number,
            "status": status,
            "cold_start": self._cold,
            "request_id": request_id,
        }
        self._cold = False
        if outcome.stage is Stage.FAULT:
            self._logger.error("request failed", extra=fields)
        elif outcome.good:
            self._logger.info("request ended", extra=fields)
        else:
            self._logger.warning("request refused", extra=fields)
        self._count(journal)

    def fault(self, error: BaseException) -> None:
        """Log where an exception came from: types and lines, never its text or values."""
        frames = traceback.extract_tb(error.__traceback__)
        causes = [type(error).__name__]
        while (error.__cause__ or error.__context__) is not None and len(causes) < 5:  # noqa: PLR2004
            error = error.__cause__ or error.__context__  # type: ignore[assignment]
            causes.append(type(error).__name__)
        where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames[-6:]]
        self._logger.error("exception", extra={"error": causes, "where": where})

    def _count(self, journal: Journal) -> None:
        metrics = EphemeralMetrics(service=self._service, namespace=NAMESPACE)
        metrics.add_dimension("outcome", journal.outcome)
        metrics.add_metric("Requests", MetricUnit.Count, 1)
        if journal.new_pair:
            metrics.add_metric("NewIdentityProviderPair", MetricUnit.Count, 1)
        if journal.phases:
            total = sum(journal.phases.values())
            metrics.add_metric("Duration", MetricUnit.Milliseconds, total)
        if journal.trip:
            started = journal.outcome == "started"
            metrics.add_metric("Starts" if started else "Returns", MetricUnit.Count, 1)
        if journal.entrance:
            metrics.add_metadata("entrance", journal.entrance)
        metrics.flush_metrics()
