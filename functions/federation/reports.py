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

Every metric also has the dimensions ``environment`` and ``service``, which is ``federation``. A
function that does not run at all leaves no metric: an alarm on ``MetadataAge`` has to take missing
data for bad.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edge.messages import Message
from edge.metrics import BY_SERVICE, COUNT, NONE, SECONDS, Measured
from edge.telemetry import Telemetry
from numo_sso.federation.codes import CODES, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

BY_CODE = (*BY_SERVICE, "code")

_LINES = {
    Kind.GOOD: (logging.INFO, Message.METADATA_CHECKED),
    Kind.HELD: (logging.WARNING, Message.METADATA_HELD),
    Kind.REFUSED: (logging.ERROR, Message.METADATA_REFUSED),
    Kind.FAULT: (logging.ERROR, Message.METADATA_CHECK_FAILED),
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
    elapsed: float = 0.0
    """Milliseconds that it took."""

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
            "Duration": round(self.elapsed, 2),
        }
        told = {name: value for name, value in noted.items() if value not in (None, "", [])}
        return {"outcome": self.code, **told}


class Reports:
    """The log of the function, and the metrics in it."""

    def __init__(
        self,
        environment: str,
        service: str = SERVICE,
        clock: Callable[[], float] = time.time,
        version: str = "",
    ) -> None:
        self._telemetry = Telemetry(service, environment, version, clock)
        self.fault = self._telemetry.fault

    def ended(self, report: Report) -> None:
        """Log and count one run."""
        kind = CODES[report.code].kind
        level, message = _LINES[kind]
        counted = [Measured((BY_SERVICE,), dict(_measures(report)))]
        fields = {**report.fields(), "cold_start": self._telemetry.cold()}
        if not kind.went_well:
            fields["code"] = report.code
            counted.append(Measured((BY_CODE,), {"MetadataFailed": (COUNT, 1.0)}))
        self._telemetry.line(level, message, fields, counted)


def _measures(report: Report) -> Iterator[tuple[str, tuple[str, float]]]:
    kind = CODES[report.code].kind
    if kind.went_well:
        yield "MetadataChecked", (COUNT, 1.0)
    if kind is Kind.HELD:
        yield "MetadataHeld", (COUNT, 1.0)
    if report.difference:
        moved = any(name == "sso_url" for name, _, _ in report.difference.names)
        yield "CertificateAdded", (COUNT, float(len(report.difference.come)))
        yield "CertificateRemoved", (COUNT, float(len(report.difference.go)))
        yield "SsoUrlChanged", (COUNT, float(moved))
    if report.days_left:
        first, last = report.days_left
        yield "FirstCertificateDaysLeft", (NONE, first)
        yield "CertificateDaysLeft", (NONE, last)
    if report.age is not None:
        yield "MetadataAge", (SECONDS, report.age)
