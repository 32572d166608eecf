"""What a morning costs, by the prices of ``infra/costs.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import costs
from bell.pools import REFUSED_BY

if TYPE_CHECKING:
    from bell.outcome import Outcome
    from bell.world import World

KEPT_MINUTES = 45
"""08:15 to 09:00, where instances are kept ready at all."""
SCHOOL_DAYS = 20
"""A month."""


def dollars(outcome: Outcome, world: World) -> float:
    """Of one morning: gateway, Lambda, DynamoDB and log; with what is kept ready for it."""
    requests = sum(outcome.requests.values())
    passed = requests + sum(outcome.refused.get(by, 0) for by in REFUSED_BY.values())
    logins, looks = outcome.requests.get("acs", 0), outcome.requests.get("look", 0)
    return (
        passed / 1e6 * costs.GATEWAY
        + requests / 1e6 * costs.INVOCATIONS
        + compute(outcome, world)
        + logins / 1e6 * (costs.LOGIN_WRITES * costs.WRITES + costs.LOGIN_READS * costs.READS)
        + looks / 2 / 1e6 * costs.READS
        + requests * costs.LOG_KB / 1e6 * costs.LOG_GB
        + kept(world)
    )


def compute(outcome: Outcome, world: World) -> float:
    """Lambda's time alone; dearer than it is where some of it is on instances that are kept."""
    return sum(outcome.busy.values()) * world.memory / 1024 * costs.GB_SECOND


def kept(world: World) -> float:
    """Instances that are kept ready, for one morning."""
    gigabytes = world.provisioned * world.memory / 1024
    return gigabytes * KEPT_MINUTES * 60 * costs.PROVISIONED_GB_SECOND
