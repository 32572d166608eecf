"""The federation function on a deployment in moto, with reports that are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from federation.app import SCHEDULED, FederationApp
from numo_sso.federation.certificates import fingerprint
from numo_sso.federation.trail import Trail
from numo_sso.support.keys.made import new_sp_key

if TYPE_CHECKING:
    from federation.reports import Report
    from kit.support import Deployment

REQUEST_ID = "99999999-2222-3333-4444-555555555555"


@dataclass
class Kept:
    """Reports that are kept instead of being logged."""

    reports: list[Report] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def ended(self, report: Report) -> None:
        self.reports.append(report)

    def fault(self, error: BaseException) -> None:
        self.faults.append(error)

    @property
    def last(self) -> Report:
        return self.reports[-1]


@dataclass
class Hourly:
    """The scheduled function of a deployment."""

    numo: Deployment
    kept: Kept = field(default_factory=Kept)

    def run(self, trigger: str = SCHEDULED) -> dict[str, Any]:
        world = self.numo.world
        app = FederationApp(
            federation=world.federation,
            trails=lambda request_id: Trail(
                world.tables.audit, world.clock, world.random, request_id
            ),
            reports=self.kept,  # type: ignore[arg-type]  # the same two methods
            clock=world.clock,
            timer=world.clock,
        )
        return app.run(trigger, REQUEST_ID)

    def code(self) -> str:
        """How a run ends."""
        return str(self.run()["code"])


def new_certificate(now: float, name: str = "hub") -> tuple[str, str]:
    """A certificate of the hub's, made a day ago, and its fingerprint."""
    certificate = new_sp_key(name, now - 86_400)["certificate"]
    return certificate, fingerprint(certificate)
