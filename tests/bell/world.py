"""What a morning happens in: our service times, our template's settings, AWS's limits, the hub.

Every figure is one of four: *measured* here (``docs/performance.json``), *ours* (template and
code), *documented* by AWS, or *assumed*. :mod:`bell.facts` tells which, and from where.
"""

from __future__ import annotations

from dataclasses import dataclass

VCPU = 1769
"""Megabytes at which a Lambda has one whole virtual CPU."""


@dataclass(frozen=True)
class Times:
    """Milliseconds of one core here: that a request takes, and that a process takes to start."""

    start: float
    acs: float
    look: float
    login_init: float
    """From nothing to the login's first answer."""
    session_init: float
    first: float
    """What the first response of a process takes more than a later one."""


@dataclass(frozen=True)
class Spread:
    """A distribution by its median and its 99th percentile."""

    median: float
    most: float

    def times(self, by: float) -> Spread:
        return Spread(self.median * by, self.most * by)


@dataclass(frozen=True)
class Throttle:
    """A token bucket of the gateway: requests a second, and at once."""

    rate: float
    burst: float


@dataclass(frozen=True)
class World:
    """One setting of everything. Seconds, except where a name says milliseconds."""

    memory: int
    logins: Throttle
    requests: Throttle
    """Every other route: Numo's app asks for the session there."""
    one_bucket: bool
    """Starts and responses share the throttle: below a mapped domain all arrive at ``$default``."""
    tries: tuple[float, ...]
    """Our pauses before each further try of a throttled transaction, each times 0.5 to 1.5."""
    patience: float
    """After so many seconds no further try begins."""
    provisioned: int = 0
    """Instances of the login that are kept warm."""
    concurrency: int = 1000
    scaling: float = 1000.0
    account: Throttle = Throttle(10_000, 5_000)
    write_units: int = 4000
    """A second, of the sessions table: a partition for each thousand."""
    ssm: float = 40.0
    """Readings of the parameters a second."""
    core: float = 1.0
    """How much longer than here a core of Lambda takes for the same."""
    init_bursts: bool = True
    """Whether an instance has a whole core until it is ready, whatever its memory."""
    noise: Spread = Spread(1.0, 1.8)
    read_ms: Spread = Spread(4, 15)
    transaction_ms: Spread = Spread(12, 50)
    making_ms: Spread = Spread(150, 400)
    """Until an instance's process begins: its place, its code."""
    gateway_ms: float = 10.0
    hub: Spread = Spread(2.5, 10)
    looks: int = 3
    between_looks: float = 20.0
    pause: tuple[float, float] = (5, 15)
    """Until somebody who is refused clicks again, in the elo."""
    most_clicks: int = 5
    """After which they leave it."""

    @property
    def share(self) -> float:
        """The part of a core that a handler has. More than one does not speed one thread up."""
        return min(1.0, self.memory / VCPU)
