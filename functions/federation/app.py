"""One run: check the hub's metadata, and report how that ended, whatever happened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from federation.reports import Report
from numo_sso.federation.codes import CODES, MetadataRefused
from numo_sso.federation.digest import days_left
from numo_sso.federation.publishing import check
from numo_sso.federation.status import read_status, record_check

if TYPE_CHECKING:
    from federation.reports import Reports
    from numo_sso.federation.ports import Described
    from numo_sso.federation.publishing import Federation
    from numo_sso.ports import Clock

SCHEDULED = "schedule"
"""What triggers a run that nobody asked for."""


class Trail(Protocol):
    """The audit trail of one run: a :data:`numo_sso.federation.ports.Note` that can beat."""

    def __call__(self, subject: str, before: Described, after: Described) -> None: ...

    def beat(self) -> None:
        """Put the record whose copy shows that copies are made."""
        ...


Trails = Callable[[str], Trail]
"""The audit trail of the run with this request id."""


@dataclass(frozen=True)
class FederationApp:
    """A deployment's hub, and where its runs are told."""

    federation: Federation
    trails: Trails
    reports: Reports
    clock: Clock
    timer: Callable[[], float]
    """Seconds since whenever."""

    def run(self, trigger: str, request_id: str) -> dict[str, Any]:
        """Do one run and report it.

        Returns:
            ``ok``, ``code``, ``message``, ``hint`` and ``changes``. A run that ends badly has been
            logged and counted; Lambda should not try it again, so nothing is raised.
        """
        now, began = self.clock(), self.timer()
        report = Report(trigger=trigger, request_id=request_id)
        if trigger == SCHEDULED:
            self._beat(request_id)
        try:
            self._check(report, now)
        except MetadataRefused as refused:
            report.code, report.message = refused.code, refused.message
        except (ClientError, BotoCoreError, PynamoDBException) as error:
            self._fail(report, now, "metadata-storage-failed", error)
        except Exception as error:  # noqa: BLE001  # whatever it was, it is told
            self._fail(report, now, "metadata-unexpected", error)
        self._look_around(report, now)
        report.elapsed = (self.timer() - began) * 1000
        self.reports.ended(report)
        kind, hint = CODES[report.code].kind, CODES[report.code].hint
        return {
            "ok": kind.went_well,
            "code": report.code,
            "message": report.message,
            "hint": hint,
            "changes": report.changes,
        }

    def _beat(self, request_id: str) -> None:
        try:
            self.trails(request_id).beat()
        except Exception as error:  # noqa: BLE001  # the check goes on; an alarm hears the silence
            self.reports.fault(error)

    def _check(self, report: Report, now: float) -> None:
        outcome = check(self.federation, self.trails(report.request_id), now)
        report.code, report.message = outcome.code, outcome.why
        report.changes = outcome.difference.lines()
        if outcome.code == "metadata-published":
            report.difference = outcome.difference

    def _fail(self, report: Report, now: float, code: str, error: Exception) -> None:
        self.reports.fault(error)
        report.code, report.message = code, f"{type(error).__name__} while checking the metadata."
        with suppress(Exception):  # the log has it anyway
            record_check(self.federation.store, now, code, report.message)

    def _look_around(self, report: Report, now: float) -> None:
        """How long what is in force will last: told after each run, a bad one above all."""
        with suppress(Exception):  # the run itself is what counts
            status = read_status(self.federation.store)
            report.days_left = days_left(status.in_force, now)
            report.age = status.age(now)
