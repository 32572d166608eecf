"""Wiring of the function ``sso``: from the environment to one app; an event to an answer."""

from __future__ import annotations

import gc
import os
import random
import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from edge.aws.clients import ShortWays
from edge.http import decode, encode
from edge.origins import Origins
from edge.settings import Settings
from edge.telemetry import Telemetry
from numo_sso.configuration import NotConfigured, Refreshed
from numo_sso.login.context import Services
from numo_sso.login.trust import build_trust
from numo_sso.pages.house import House
from numo_sso.pages.render import Pages
from numo_sso.sessions import SessionCookie
from numo_sso.storage.logins import StoredLogins
from numo_sso.storage.near_misses import StoredNearMisses
from numo_sso.storage.parameters import NOT_LOGINS, parameters_below
from numo_sso.storage.roster import StoredRoster
from numo_sso.storage.schools import StoredSchools
from numo_sso.storage.sessions import StoredSessions
from numo_sso.storage.tables import bind_tables
from numo_sso.targets import Entrances, Targets
from numo_sso.urls import PATH, Urls
from sso.app import ROUTES, SsoApp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.ports import Clock


__all__ = ["ROUTES", "build", "handler"]


def build(settings: Settings, clients: ShortWays, clock: Clock = time.time) -> SsoApp:
    """Make the app of a deployment. Keys and settings are read now, or at the first request."""
    urls = Urls(settings.public_url)
    entrances = Entrances(settings.entrance_url)
    telemetry = Telemetry("sso", settings.environment, settings.version)
    tables = bind_tables(clients.get("dynamodb"), settings.tables)
    read = parameters_below(clients.get("ssm"), settings.parameters_path, NOT_LOGINS)
    return SsoApp(
        trust=Refreshed(
            read,
            lambda found: build_trust(found, urls, encryption=settings.encryption),
            clock,
            telemetry.fault,
        ),
        urls=urls,
        services=Services(
            schools=StoredSchools(tables, clock),
            roster=StoredRoster(tables),
            near_misses=StoredNearMisses(
                tables, lambda: clients.get("kms"), settings.refused_codes_key
            ),
            logins=StoredLogins(
                tables,
                time.sleep,
                lambda: random.uniform(0.5, 1.5),  # noqa: S311  # spreads retries, hides nothing
                time.monotonic,
            ),
            targets=Targets(entrances, settings.app_origins),
            session_cookie=SessionCookie(settings.cookie_domain, settings.host),
            random=secrets.token_bytes,
        ),
        sessions=StoredSessions(tables),
        origins=Origins(entrances, settings.app_origins, settings.public_url),
        pages=Pages(
            House(urls, settings.support_mail, settings.entrance_url, **settings.look),
        ),
        telemetry=telemetry,
        clock=clock,
        timer=time.perf_counter,
    )


def warm(app: SsoApp) -> None:
    """Read the configuration at init, where time is free. Without it the first request tries."""
    with suppress(NotConfigured):  # it has been reported
        app.trust.get()


class Instance:
    """One instance on Lambda: its clients and its app."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.mapping = PATH if settings.mapped else ""
        self.begin()

    def begin(self) -> None:
        """Make everything, at init; and anew where a snapshot of it is restored.

        Whatever was read, counted, drawn or connected before the snapshot is of another time, and
        the same in every instance that is restored from it.
        """
        random.seed()
        self.clients = ShortWays(os.environ)
        self.app = build(self.settings, self.clients)
        warm(self.app)


def begin_after_restores(instance: Instance, kind: str) -> None:
    """Where Lambda takes snapshots (parameter ``SnapStart``), begin anew from each.

    Args:
        kind: how Lambda initializes this instance.
    """
    if kind == "snap-start":
        from snapshot_restore_py import (  # noqa: PLC0415  # the runtime has it, a package has not
            register_after_restore,
        )

        register_after_restore(instance.begin)


_instance = Instance(Settings.from_environ(os.environ))
begin_after_restores(_instance, os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE", ""))
gc.freeze()  # what lives as long as the process is not looked at again: docs/decisions/061


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload v2), or the check of a release."""
    if "requestContext" not in event:
        return _check_tables()
    digest = _instance.settings.edge_proof_digest
    return encode(_instance.app.handle(lambda: decode(event, _instance.mapping, digest)))


def _check_tables() -> dict[str, Any]:
    from sso.tables_check import read_tables  # noqa: PLC0415  # no browser asks for it

    tables = bind_tables(_instance.clients.get("dynamodb"), _instance.settings.tables)
    return read_tables(tables)
