"""However an instance's readings fall between the writes of a rollover, it has the keys it needs.

A rollover is done once and each of its writes recorded, two seconds apart. Instances then read it
again in ways that chance chooses: some parameters before a write and some after it, some readings
not at all, some instances fresh; and every login between any two of them must pass.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from kit.support import Deployment
from kit.world import parameters
from numo_sso.configuration import (
    REFRESH_SECONDS,
    SPREAD_SECONDS,
    Configuration,
    NotConfigured,
    Refreshed,
    parse,
)
from numo_sso.flow import LIFETIME
from numo_sso.support.keys.steps import OVER_SECONDS
from numo_sso.support.ssm import SsmParameters

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITE_SECONDS = 2
READ_SECONDS = 5
"""Within so long of its beginning a reading sees each parameter, each at a moment of its own."""
PLAN = (
    ("create", 0),
    ("publish", 0),
    ("promote", SPREAD_SECONDS),
    ("create", 60),
    ("publish", 0),
    ("retire", OVER_SECONDS),
    ("promote", 60),
    ("retire", OVER_SECONDS),
)
"""Two rollovers, the second one begun within the first: each step, and what it waits before."""


class Recorded:
    """What was in SSM from each moment on."""

    def __init__(self, moments: list[tuple[float, dict[str, str]]]) -> None:
        self.moments = moments

    @property
    def end(self) -> float:
        return self.moments[-1][0] + 2 * SPREAD_SECONDS

    def at(self, moment: float) -> dict[str, str]:
        return [found for since, found in self.moments if since <= moment][-1]

    def read(self, start: float, chance: Random) -> dict[str, str]:
        """A reading that takes its time; a name may be there at one moment and gone at the next."""
        names = {name for _, found in self.moments for name in found}
        seen = {name: self.at(start + chance.uniform(0, READ_SECONDS)) for name in sorted(names)}
        return {name: found[name] for name, found in seen.items() if name in found}


class Recorder(SsmParameters):
    """Parameters of which each write takes time and is remembered."""

    def __init__(self, numo: Deployment) -> None:
        super().__init__(numo.ssm, "/numo-sso/test/")
        self._numo = numo
        self.moments: list[tuple[float, dict[str, str]]] = []

    def _put(self, name: str, value: str, *, secret: bool, overwrite: bool) -> None:
        super()._put(name, value, secret=secret, overwrite=overwrite)
        self.remember()

    def delete(self, name: str) -> None:
        super().delete(name)
        self.remember()

    def remember(self) -> None:
        self._numo.now += WRITE_SECONDS
        others = parameters()
        cookie = {name: text for name, text in self.read().items() if name.startswith("cookie/")}
        kept = {name: text for name, text in others.items() if not name.startswith("cookie/")}
        self.moments.append((self._numo.now, kept | cookie))


@pytest.fixture(scope="module")
def recorded() -> Iterator[Recorded]:
    with mock_aws():
        numo = Deployment(b"")
        numo.done("keys.create")
        recorder = Recorder(numo)
        recorder.remember()
        numo.world = replace(numo.world, parameters=recorder)
        for step, wait in PLAN:
            numo.now += wait
            assert numo.done(f"keys.{step}", kind="cookie")["changes"]
        yield Recorded(recorder.moments)


class Instance:
    """One instance of the login: its configuration as it reads it."""

    def __init__(self, recorded: Recorded, chance: Random) -> None:
        self._recorded = recorded
        self._chance = chance
        self.now = self._read_at = 0.0
        self._value: Refreshed[Configuration] = Refreshed(self._read, parse, lambda: self.now)

    def keys(self, now: float) -> tuple[bytes, ...]:
        """The cookie keys at a request; a fresh instance has another try at the second one."""
        self.now = now
        try:
            return self._value.get().cookie_keys
        except NotConfigured:
            self.now += READ_SECONDS + WRITE_SECONDS
            return self._value.get().cookie_keys

    def _read(self) -> dict[str, str]:
        # SSM fails once in a while, and then answers when it is asked again. Not where nobody asked
        # for long: against an old configuration and no answer no wait of support's would help.
        in_time = self.now - self._read_at <= REFRESH_SECONDS + 10
        if self._value.last_error is None and in_time and self._chance.random() < 0.2:
            raise ConnectionError
        self._read_at = self.now
        return self._recorded.read(self.now, self._chance)


@given(seed=st.integers(0, 2**32))
def test_every_instance_has_the_keys_it_needs(recorded: Recorded, seed: int) -> None:
    """Whatever signs a flow at its start is known wherever it comes back within its life."""
    chance = Random(seed)  # noqa: S311  # repeatable, on purpose
    instances = [Instance(recorded, chance) for _ in range(2)]
    underway: list[tuple[float, int, bytes]] = []
    now = recorded.moments[0][0]
    while now < recorded.end:
        now += chance.choice((1, 3, 20, 90))
        if chance.random() < 0.02:
            instances[chance.randrange(2)] = Instance(recorded, chance)
        underway = [each for each in underway if each[0] + LIFETIME > now]
        for position, instance in enumerate(instances):
            accepted = instance.keys(now)
            unknown = [each for each in underway if each[2] not in accepted]
            assert not unknown, f"{now}: instance {position} does not know what {unknown[0]} has"
            underway.append((now, position, accepted[0]))
