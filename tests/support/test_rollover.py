"""Both keys roll over while people log in, minute by minute: nobody is sent away.

Two instances of the login read their configuration at different minutes, a start on the one is
answered on the other or on itself, and the hub verifies, and encrypts every second response, by
whatever metadata it read last. Whoever does the rollover does each step as soon as it is allowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from lxml import etree

from kit.memory import MemoryLogins, MemorySessions
from kit.sealing import seal
from kit.world import PUBLIC, SSO_URL, Browser, World, parameters
from numo_local.hub.names import DS, MD
from numo_local.hub.request import read_request
from numo_local.hub.service_provider import ServiceProvider, read_service_provider
from numo_sso.flow import Flow, FlowCookies, new_request_id
from numo_sso.saml.metadata import service_metadata
from numo_sso.storage.parameters import parameters_below
from numo_sso.times import epoch_time
from numo_sso.urls import Urls

if TYPE_CHECKING:
    from kit.support import Deployment
    from kit.world import Started

MINUTE = 60
STEPS = ("create", "publish", "promote", "retire")
DELAYS = (0, 1, 5, 9)
"""Minutes that people take at the hub; a flow lasts ten."""
HUB_READS = 7
"""Minutes between two readings of our metadata: no multiple of what an instance waits."""
WARM = 10
"""Minutes before the rollover begins, and after it has ended."""
CERTIFICATE = f"{{{MD}}}KeyDescriptor[@use='encryption']//{{{DS}}}X509Certificate"


@dataclass
class Hub:
    """What Kennisnet knows of us, from its last reading of our metadata."""

    service: ServiceProvider | None = None
    encrypts_to: str = ""
    read_at: float = 0

    def read(self, world: World) -> None:
        document = world.request("GET", "/v1/sso/metadata").body
        self.service = read_service_provider(document.encode())
        self.read_at = world.now
        # As it is where encryption is offered.
        keys = world.app.trust.get().configuration.service_keys
        offered = service_metadata(Urls(PUBLIC), keys, encryption=True)
        (certificate,) = etree.fromstring(offered.encode()).iterfind(f".//{CERTIFICATE}")
        self.encrypts_to = "".join((certificate.text or "").split())

    def accepts(self, started: Started) -> None:
        """Verify a request; whatever is wrong with it is raised."""
        assert self.service is not None
        read_request(urlsplit(started.location).query.encode(), SSO_URL, self.service)


@dataclass
class Underway:
    """A login at the hub, and where its response will go."""

    due: float
    world: World
    browser: Browser
    started: Started


@dataclass
class Town:
    """A deployment with its instances, the hub, and people who log in."""

    numo: Deployment
    worlds: list[World]
    hub: Hub = field(default_factory=Hub)
    underway: list[Underway] = field(default_factory=list)
    done: int = 0
    failed: list[str] = field(default_factory=list)
    steps: dict[str, list[str]] = field(
        default_factory=lambda: {"sp": list(STEPS), "cookie": list(STEPS)}
    )

    def minute(self, number: int) -> None:
        """Everybody does what is theirs to do, and halfway the minute so does support."""
        for world in self.worlds:
            world.now = self.numo.now
        if number % HUB_READS == 0:
            self.hub.read(self.worlds[number // HUB_READS % 2])
        for position, world in enumerate(self.worlds):
            self._click(world, world, DELAYS[number % 4])
            self._click(world, self.worlds[1 - position], DELAYS[(number + 1) % 4])
        self._answer()
        self.numo.now += MINUTE / 2
        if number >= WARM:
            self._roll_over("sp" if number % 2 else "cookie")
        self.numo.now += MINUTE / 2

    def _roll_over(self, kind: str) -> None:
        """Do the next step of a rollover if it may be done."""
        if self.steps[kind] and self._kennisnet_agrees(kind):
            answer = self.numo.ask(f"keys.{self.steps[kind][0]}", kind=kind)
            if answer["ok"]:
                self.steps[kind].pop(0)
            else:
                assert answer["error"]["code"] in {"key-too-young", "key-still-needed"}

    def _click(self, world: World, answered_by: World, delay: int) -> None:
        browser = Browser()
        started = world.start(browser)
        self.hub.accepts(started)
        due = self.numo.now + delay * MINUTE
        self.underway.append(Underway(due, answered_by, browser, started))

    def _answer(self) -> None:
        for each in [one for one in self.underway if one.due <= self.numo.now]:
            self.underway.remove(each)
            answer = each.world.answer(each.started)
            self.done += 1
            sealed = seal(answer, self.hub.encrypts_to) if self.done % 2 else answer
            each.world.post(each.browser, sealed)
            if each.world.outcome != "logged-in":
                self.failed.append(f"{each.world.outcome}: {each.world.detail}")

    def _kennisnet_agrees(self, kind: str) -> bool:
        """The certificate was there, or gone, when the hub read our metadata last."""
        if kind == "cookie" or self.steps[kind][0] not in {"promote", "retire"}:
            return True
        following = self.numo.done("keys.list")["data"]["next"]
        (moment,) = [each["not_before"] for each in following if each["kind"] == kind]
        return epoch_time(moment) <= self.hub.read_at


@pytest.fixture
def town(numo: Deployment) -> Town:
    """A deployment whose keys are in use."""
    numo.done("keys.create")
    for name in ("idp", "limits"):
        numo.world.parameters.replace(name, parameters()[name], secret=False)
    sessions = MemorySessions()
    logins = MemoryLogins(sessions)
    read = parameters_below(numo.ssm, "/numo-sso/test/")
    worlds = [
        World(
            now=numo.now,
            read=read,
            sessions=sessions,
            logins=logins,
            encryption=True,
            random=Random(seed),  # noqa: S311  # repeatable, on purpose
        )
        for seed in (1, 2)
    ]
    return Town(numo, worlds)


@pytest.mark.parametrize("phase", range(5))
def test_no_login_fails_while_both_keys_roll_over(town: Town, phase: int) -> None:
    """Whoever starts where, whoever answers where, at whatever minute of whatever step."""
    town.worlds[0].app.trust.get()
    town.numo.now += phase * MINUTE
    town.worlds[1].now = town.numo.now
    before = certificates(town)
    number = left = 0
    while left < WARM:
        town.minute(number)
        number += 1
        left += not any(town.steps.values())
    assert town.failed == []
    assert town.done > 2 * number
    assert [len(world.telemetry.faults) for world in town.worlds] == [0, 0]
    after = certificates(town)
    assert [len(each) for each in (*before, *after)] == [1, 1, 1, 1]
    assert before[0] != after[0] == after[1]


def certificates(town: Town) -> list[tuple[bytes, ...]]:
    """What each instance shows to the hub."""
    found = []
    for world in town.worlds:
        world.now = town.numo.now
        document = world.request("GET", "/v1/sso/metadata").body
        found.append(read_service_provider(document.encode()).certificates)
    return found


def test_a_retired_cookie_key_opens_nothing(town: Town) -> None:
    """A flow that somebody seals with it afterwards, as with a key that leaked, is refused."""
    numo, (world, _) = town.numo, town.worlds
    old = world.app.trust.get().configuration.cookie_keys
    browser, request_id = Browser(), new_request_id(bytes(16))
    for step in STEPS:
        numo.now += 20 * MINUTE
        numo.done(f"keys.{step}", kind="cookie")
        world.now = numo.now
        (line, *_) = FlowCookies(old).start(Flow(request_id, int(numo.now), "/"), (), 0)
        name, _, value = line.partition(";")[0].partition("=")
        browser.cookies, browser.cross_site = {name: value}, {name}
        known = world.app.trust.get().flow_cookies.read(browser.sends(cross_site_post=True))
        assert [flow.request_id for flow in known] == [request_id][: step != "retire"]
    world.post(browser, world.answer(world.start(Browser()), in_response_to=request_id))
    assert world.outcome == "flow-missing"
