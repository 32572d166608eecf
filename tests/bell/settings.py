"""The world as we know it: what was measured, what is deployed, and what our code does."""

from __future__ import annotations

import json
from dataclasses import replace

from bell.world import Throttle, Times, World
from bench.report import FIGURES
from deployment.deployed import TEMPLATE, overrides
from numo_sso.storage.logins import _PATIENCE, _PAUSES

BOUNDLESS = 1e9


def times() -> Times:
    """Our service times, as ``make bench`` wrote them down last."""
    found = json.loads(FIGURES.read_text(encoding="utf-8"))
    return Times(
        start=found["acs"]["start"],
        acs=found["acs"]["ours"],
        look=found["sessions"]["show"],
        login_init=found["cold"]["login"],
        session_init=found["cold"]["session"],
        first=found["warm"]["first"] - found["warm"]["later"],
    )


def deployed(environment: str = "production") -> World:
    """A deployment as template and samconfig.toml make it, in an account with AWS's defaults."""
    given = {
        name: each["Default"] for name, each in TEMPLATE["Parameters"].items() if "Default" in each
    } | overrides(environment)
    return World(
        memory=int(TEMPLATE["Globals"]["Function"]["MemorySize"]),
        logins=Throttle(float(given["LoginsPerSecond"]), float(given["LoginsBurst"])),
        requests=Throttle(float(given["RequestsPerSecond"]), float(given["RequestsBurst"])),
        one_bucket=given["DomainMode"] == "mapped",
        tries=_PAUSES,
        patience=_PATIENCE,
    )


def boundless(world: World) -> World:
    """The same, where nobody is refused: what is asked of each limit is then seen."""
    wide = Throttle(BOUNDLESS, BOUNDLESS)
    return replace(
        world,
        logins=wide,
        requests=wide,
        account=wide,
        concurrency=int(BOUNDLESS),
        scaling=BOUNDLESS,
        write_units=200_000,
        ssm=BOUNDLESS,
    )
