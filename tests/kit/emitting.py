"""What the functions print, taken line by line from the real ones: for the dashboards' tests."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools import Logger

from audit.reports import Reports as AuditReports
from edge.telemetry import Telemetry
from federation.reports import Report
from federation.reports import Reports as FederationReports
from heartbeat.app import HeartbeatApp
from kit.session_world import SessionWorld
from kit.world import NOW, Browser, World, attributes
from numo_sso.federation.codes import CODES
from numo_sso.federation.digest import Difference
from numo_sso.trail.entry import Entry
from release.app import ReleaseApp
from release.checks import CheckFailed, Release
from support.wiring import make_handler
from watch.app import WatchApp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from release.checks import Answered

ENVIRONMENT = "production"
HUB_HOST = "engine.entree.example"
_NUMBERS = count()
_APART = "~"
"""Loggers of one name share their stream: each gets a name of its own, whose end is cut off."""


@dataclass
class Printer:
    """Standard output of functions, by the name of the function."""

    out: io.StringIO = field(default_factory=io.StringIO)

    def name(self, service: str) -> str:
        return f"{service}{_APART}{next(_NUMBERS)}"

    def telemetry(self, service: str, clock: Callable[[], float], version: str = "7") -> Telemetry:
        with redirect_stdout(self.out):
            return Telemetry(self.name(service), ENVIRONMENT, version, clock)

    def take(self) -> list[dict[str, Any]]:
        """The lines since it was last asked."""
        lines = [json.loads(line) for line in self.out.getvalue().splitlines()]
        self.out.seek(0)
        self.out.truncate()
        for line in lines:
            line["service"] = line["service"].partition(_APART)[0]
        return lines


def logins(printer: Printer) -> list[dict[str, Any]]:
    """Every kind of request that the login knows a metric or a field for."""
    world = World(telemetry=printer.telemetry("sso", lambda: NOW))  # type: ignore[arg-type]
    good = Browser()
    started = world.start(good, "?school=petteflat", {"referer": "https://elo.example/x"})
    world.post(good, world.answer(started))
    world.log_in(Browser(), attributes=attributes(nlEduPersonRealId=["999@petteflatcollege"]))
    world.log_in(Browser(), attributes=attributes(nlEduPersonHomeOrganizationId=["99XX"]))
    world.log_in(Browser(), authenticating_authority=["https://stranger.example"])
    world.request("POST", "/v1/sso/acs", Browser(), body=b"junk")
    world.request("GET", "/nowhere")
    World(
        telemetry=printer.telemetry("sso", lambda: NOW),  # type: ignore[arg-type]
        parameters={},
    ).start(Browser())
    broken = World(telemetry=printer.telemetry("sso", lambda: NOW))  # type: ignore[arg-type]
    broken.app = broken.app._replace(trust=None)  # type: ignore[arg-type]  # a defect, on purpose
    broken.start(Browser())
    return printer.take()


def sessions(printer: Printer) -> list[dict[str, Any]]:
    world = SessionWorld(telemetry=printer.telemetry("session", lambda: NOW))  # type: ignore[arg-type]
    world.ask()
    world.ask("GET", "")
    passed = SessionWorld(telemetry=printer.telemetry("authorizer", lambda: NOW))  # type: ignore[arg-type]
    passed.authorizer.handle((), "r")
    return printer.take()


def federations(printer: Printer) -> list[dict[str, Any]]:
    """A run of each ending, one with changes."""
    with redirect_stdout(printer.out):
        reports = FederationReports(ENVIRONMENT, printer.name("federation"))
    changed = Difference((("sso_url", "a", "b"),), ("new",), ("old",))
    for code in CODES:
        report = Report("schedule", "r", code, "why", changed.lines())
        report.days_left, report.age = (300.0, 600.0), 12.0
        report.difference = changed if code == "metadata-published" else None
        reports.ended(report)
    return printer.take()


def supports(printer: Printer) -> list[dict[str, Any]]:
    """An action that is none, which no world is needed to refuse."""
    with redirect_stdout(printer.out):
        logger = Logger(service=printer.name("support"), version="7", environment=ENVIRONMENT)
        make_handler(None, logger)({"action": "none"}, None)  # type: ignore[arg-type]
    return printer.take()


def releases(printer: Printer) -> list[dict[str, Any]]:
    """A check that fails at its first question."""

    def none(arn: str, event: Mapping[str, Any]) -> Answered:
        raise CheckFailed(f"{arn} could not be asked: {event}")

    release = Release("https://api.numo.example", "sso:7", "session:7", "authorizer:7", "sso:live")
    told: list[tuple[str, str, str]] = []
    telemetry = printer.telemetry("release", lambda: NOW)
    app = ReleaseApp(
        release, none, lambda *each: told.append(each), telemetry, lambda: NOW, lambda: 0.0
    )
    app.run({"DeploymentId": "d", "LifecycleEventHookExecutionId": "h"}, "r")
    return printer.take()


def audits(printer: Printer) -> list[dict[str, Any]]:
    with redirect_stdout(printer.out):
        reports = AuditReports(ENVIRONMENT, printer.name("audit"))
    entry = Entry("id", "MODIFY", NOW, {"subject": {"S": "x"}}, None)
    reports.copied(3)
    reports.failed(ValueError(), "1")
    reports.altered(entry)
    reports.displaced(entry)
    return printer.take()


def watches(printer: Printer) -> list[dict[str, Any]]:
    telemetry = printer.telemetry("watch", lambda: NOW)
    rows = [{"school": "petteflat", "outcome": "user-unknown", "logins": "20", "good": "0"}]
    watch = WatchApp(lambda *_: rows, lambda: ["petteflat", "stil"], telemetry, lambda: NOW)
    watch.watch()
    watch.look_for_silent()
    replace(watch, ask=_failing).watch()
    return printer.take()


def heartbeats(printer: Printer) -> list[dict[str, Any]]:
    telemetry = printer.telemetry("heartbeat", lambda: NOW)
    for status in (200, 503):
        HeartbeatApp(
            "https://api.numo.example/v1/sso/test",
            HUB_HOST,
            lambda url, status=status: (
                (302, f"https://{HUB_HOST}/sso") if "api" in url else (status, "")
            ),
            telemetry,
            lambda: 0.0,
        ).beat()
    return printer.take()


def every_line() -> dict[str, list[dict[str, Any]]]:
    """Lines of every function, by the template's name of their log group."""
    printer = Printer()
    return {
        "SsoLog": logins(printer),
        "SessionLog": sessions(printer),
        "SupportLog": supports(printer),
        "ReleaseLog": releases(printer),
        "FederationLog": federations(printer),
        "AuditLog": audits(printer),
        "WatchLog": watches(printer),
        "HeartbeatLog": heartbeats(printer),
    }


def _failing(*_: object) -> list[dict[str, str]]:
    raise TimeoutError
