"""What leaves a run: one JSON line, and its metrics in the namespace ``NumoSso``.

==========================  =========  ======================================================
metric                      dimension  what it counts
==========================  =========  ======================================================
``MetadataChecked``                    runs that had metadata which is believed
``MetadataHeld``                       runs that found metadata which waits for support
``MetadataFailed``          ``code``   runs that had none, or failed
``CertificateAdded``                   certificates that were put in force
``CertificateRemoved``                 certificates that are no longer in force
``SsoUrlChanged``                      runs that put another URL for logins in force
``CertificateDaysLeft``                days until the last certificate in force expires
``FirstCertificateDaysLeft``           days until the first one does
``MetadataAge``                        seconds since metadata was last had that is believed
==========================  =========  ======================================================

Every metric also has the dimension ``service``, which is ``federation``. A function that does not
run at all leaves no metric: an alarm on ``MetadataAge`` has to take missing data for bad.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from edge.telemetry import NAMESPACE, Telemetry
from numo_sso.federation.codes import CODES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numo_sso.federation.digest import Difference

SERVICE = "federation"
METRICS = frozenset(
    {
        "MetadataChecked",
        "MetadataHeld",
        "MetadataFailed",
        "CertificateAdded",
        "CertificateRemoved",
        "SsoUrlChanged",
        "CertificateDaysLeft",
        "FirstCertificateDaysLeft",
        "MetadataAge",
    }
)
"""All of them, for whoever draws a dashboard or sets an alarm."""

Measure = tuple[str, MetricUnit, float]
"""Name, unit and value of one metric."""

_LINES = {
    Kind.GOOD: "metadata checked",
    Kind.HELD: "metadata held",
    Kind.REFUSED: "metadata refused",
    Kind.FAULT: "metadata check failed",
}


@dataclass
class Report:
    """One run. ``difference`` is there when something else was put in force."""

    trigger: str
    request_id: str
    code: str = "metadata-unexpected"
    message: str = ""
    changes: list[str] = field(default_factory=list)
    difference: Difference | None = None
    days_left: tuple[float, float] | None = None
    age: float | None = None

    def fields(self) -> dict[str, Any]:
        """What is logged. Metadata is public: nothing in it is secret or personal."""
        first, last = self.days_left or (None, None)
        noted = {
            "trigger": self.trigger,
            "request_id": self.request_id,
            "detail": self.message,
            "changes": self.changes,
            "first_certificate_days_left": first,
            "certificate_days_left": last,
            "metadata_age": self.age,
        }
        told = {name: value for name, value in noted.items() if value not in (None, "", [])}
        return {"outcome": self.code, **told}


class Reports:
    """The log and the metrics of the function."""

    def __init__(self, service: str = SERVICE) -> None:
        self._service = service
        self._logger = Logger(service=service)
        self.fault = Telemetry(service).fault

    def ended(self, report: Report) -> None:
        """Log and count one run."""
        kind = CODES[report.code].kind
        write = {
            Kind.GOOD: self._logger.info,
            Kind.HELD: self._logger.warning,
            Kind.REFUSED: self._logger.error,
            Kind.FAULT: self._logger.error,
        }
        write[kind](_LINES[kind], extra=report.fields())
        if measures := list(_measures(report)):
            self._count(measures)
        if not kind.went_well:
            self._count([("MetadataFailed", MetricUnit.Count, 1)], code=report.code)

    def _count(self, measures: Sequence[Measure], **dimensions: str) -> None:
        metrics = EphemeralMetrics(service=self._service, namespace=NAMESPACE)
        for name, value in dimensions.items():
            metrics.add_dimension(name, value)
        for name, unit, count in measures:
            metrics.add_metric(name, unit, count)
        metrics.flush_metrics()


def _measures(report: Report) -> Iterator[Measure]:
    kind = CODES[report.code].kind
    if kind.went_well:
        yield "MetadataChecked", MetricUnit.Count, 1
    if kind is Kind.HELD:
        yield "MetadataHeld", MetricUnit.Count, 1
    if report.difference:
        moved = any(name == "sso_url" for name, _, _ in report.difference.names)
        yield "CertificateAdded", MetricUnit.Count, len(report.difference.come)
        yield "CertificateRemoved", MetricUnit.Count, len(report.difference.go)
        yield "SsoUrlChanged", MetricUnit.Count, int(moved)
    if report.days_left:
        first, last = report.days_left
        yield "FirstCertificateDaysLeft", MetricUnit.NoUnit, first
        yield "CertificateDaysLeft", MetricUnit.NoUnit, last
    if report.age is not None:
        yield "MetadataAge", MetricUnit.Seconds, report.age
