"""All that a pupil's morning leaves to chance, in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bell.draws import Draw, exponential, lognormal, uniform

if TYPE_CHECKING:
    from random import Random

    from bell.world import Spread, Times, World


class Chance:
    """How long each thing takes of each pupil, by number and turn; see :mod:`bell.draws`."""

    def __init__(self, world: World, times: Times, random: Random) -> None:
        handling = world.core / world.share / 1000
        starting = world.core / (1.0 if world.init_bursts else world.share) / 1000

        def drawn(spread: Spread, by: float) -> Draw:
            return lognormal(spread.median * by, spread.most * by, random)

        self.start = drawn(world.noise, times.start * handling)
        self.acs = drawn(world.noise, times.acs * handling)
        self.look = drawn(world.noise, times.look * handling)
        self.first = drawn(world.noise, times.first * handling)
        self.login_init = drawn(world.noise, times.login_init * starting)
        self.session_init = drawn(world.noise, times.session_init * starting)
        self.making = drawn(world.making_ms, 0.001)
        self.read = drawn(world.read_ms, 0.001)
        self.transaction = drawn(world.transaction_ms, 0.001)
        self.hub = drawn(world.hub, 1.0)
        self.jitter = uniform(0.5, 1.5, random)
        self.pause = uniform(*world.pause, random)
        self.between_looks = exponential(world.between_looks, random)
