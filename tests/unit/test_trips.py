"""A browser's way to the hub and back, as start and return mark it in the log."""

from __future__ import annotations

import pytest

from kit.world import Browser, World
from numo_sso.flow import LIFETIME, Flow, trip_of

ELO = {"referer": "https://petteflat.magister.net/start"}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def browser() -> Browser:
    return Browser()


def flow(mark: str, started_at: int) -> Flow:
    return Flow(request_id=f"_{mark}{'x' * 14}", started_at=started_at, target="/")


def test_the_oldest_flow_that_is_not_over_marks_the_trip() -> None:
    """Of the same second the first: a browser sends the oldest first."""
    old, first, second = flow("AAAAAAAA", 0), flow("BBBBBBBB", 500), flow("CCCCCCCC", 500)
    assert trip_of([second, old, first], 599) == "AAAAAAAA"
    assert trip_of([first, second, old], LIFETIME) == "BBBBBBBB"
    assert trip_of([old], LIFETIME) == ""
    assert trip_of([first._replace(test=True), second], 599) == second.mark


def test_start_and_return_carry_one_mark_and_the_elos_host(world: World, browser: Browser) -> None:
    """The start the hint of its link too, whether or not a provider is listed for it."""
    started = world.start(browser, "?school=regenboog", headers=ELO)
    world.post(browser, world.answer(started))
    start, back = world.telemetry.journals
    assert start.trip == back.trip == started.request_id[1:9]
    assert start.elo_host == back.elo_host == "petteflat.magister.net"
    assert (start.school_hint, back.outcome) == ("regenboog", "logged-in")


@pytest.mark.parametrize("hint", ["Piet%20Puk", "a" * 64, "x.y", ""])
def test_a_hint_that_is_no_entrance_is_not_logged(
    world: World, browser: Browser, hint: str
) -> None:
    """Whoever makes the link writes in our log: no more than a name that an entrance can have."""
    world.start(browser, f"?school={hint}")
    assert "school_hint" not in world.telemetry.journals[-1].fields()


def test_a_double_click_is_one_trip(world: World, browser: Browser) -> None:
    """Whichever of its two answers comes back."""
    world.start(browser)
    again = world.start(browser)
    world.post(browser, world.answer(again))
    assert len({each.trip for each in world.telemetry.journals}) == 1


def test_a_click_ten_minutes_later_is_another_trip(world: World, browser: Browser) -> None:
    world.start(browser)
    world.now += LIFETIME
    world.start(browser)
    first, second = world.telemetry.journals
    assert first.trip != second.trip


def test_a_refusal_has_come_back_and_junk_has_not(world: World, browser: Browser) -> None:
    """Only what answers a flow of this browser is a return."""
    started = world.start(browser, headers=ELO)
    world.post(Browser(), world.answer(started))
    assert world.telemetry.journals[-1].trip == ""
    world.post(browser, world.answer(started, audience="https://another.example"))
    back = world.telemetry.journals[-1]
    assert back.outcome == "response-refused"
    assert (back.trip, back.elo_host) == (started.request_id[1:9], "petteflat.magister.net")
