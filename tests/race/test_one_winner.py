"""However many post at once: one response opens one session, and a flow is answered once."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from uuid import uuid4

from kit.world import Browser, Started, World, attributes, parameters
from race.racing import Entry, race
from race.storage import Storage, made_storage

POSTS = 50


class Scene:
    """Storage, and the world in which the responses are made; the same keys for all instances."""

    def __init__(self, endpoint: str, codes: tuple[str, ...] = ("140136",)) -> None:
        self.now = time.time()  # the emulator deletes what has expired by the clock on the wall
        self.parameters = parameters()
        self.storage: Storage = made_storage(endpoint, f"race{uuid4().hex[:8]}", codes)
        self.hub = World(now=self.now, parameters=self.parameters)

    def entry(self, started: Started, browser: Browser, **changes: object) -> Entry:
        cookies = dict(browser.sends(cross_site_post=True))
        return Entry(cookies, self.hub.answer(started, **changes))

    def race(self, entries: list[Entry]) -> Counter[str]:
        return Counter(race(self.storage, self.now, self.parameters, entries))

    def count(self) -> dict[str, int]:
        return {kind: self.storage.count(kind) for kind in ("session", "flow", "assertion")}


def test_fifty_posts_of_one_response(emulator: str) -> None:
    """One session, one consumed flow, one consumed assertion; the others are sent to continue."""
    scene, browser = Scene(emulator), Browser()
    entry = scene.entry(scene.hub.start(browser), browser)
    assert scene.race([entry] * POSTS) == {"session": 1, "continue": POSTS - 1}
    assert scene.count() == {"session": 1, "flow": 1, "assertion": 1}


def test_without_its_condition_the_same_race_is_lost(emulator: str) -> None:
    """What the tests above count does go wrong where nothing prevents it."""
    scene, browser = Scene(emulator), Browser()
    scene.storage = replace(scene.storage, conditions=False)
    entry = scene.entry(scene.hub.start(browser), browser)
    assert scene.race([entry] * POSTS) == {"session": POSTS}
    assert scene.count()["session"] == POSTS


def test_one_assertion_under_two_flows(emulator: str) -> None:
    """The flow that is first opens the one session; the other stays unanswered and opens none."""
    scene, browser = Scene(emulator), Browser()
    started = [scene.hub.start(browser) for _ in range(2)]
    entries = [scene.entry(each, browser, assertion_id="_same") for each in started]
    ended = scene.race(entries * (POSTS // 2))
    assert ended == {"session": 1, "continue": POSTS // 2 - 1, "used": POSTS // 2}
    assert scene.count() == {"session": 1, "flow": 1, "assertion": 1}


def test_fifty_logins_of_a_class(emulator: str) -> None:
    """Different pupils at one moment, through an identity provider that is new: all are let in."""
    codes = tuple(f"2000{number:02}" for number in range(POSTS))
    scene = Scene(emulator, codes)
    entries = []
    for code in codes:
        browser = Browser()
        who = attributes(nlEduPersonRealId=[f"{code}@petteflatcollege"])
        entries.append(scene.entry(scene.hub.start(browser), browser, attributes=who))
    assert scene.race(entries) == {"session": POSTS}
    assert scene.count() == {"session": POSTS, "flow": POSTS, "assertion": POSTS}
