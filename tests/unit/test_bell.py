"""The simulation of the morning: held against textbooks, and against what can never be."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bell.advice import kept_ready, limits, memory, round_up
from bell.buckets import Bucket
from bell.chance import Chance
from bell.check import HUB, Alone, predict
from bell.crowds import HOME, IN_ROOM, LOOSE, SHARP, Crowd
from bell.load import Visit
from bell.morning import Morning
from bell.outcome import Outcome
from bell.plot import Panel, lines_as_svg
from bell.pools import Account, Kind, Pool, Queue
from bell.price import dollars
from bell.runs import Case, run
from bell.settings import boundless, deployed, times
from bell.shapes import Bell, Measured, read_shape
from bell.world import Spread, Throttle, Times, World
from bench.report import DOCS
from boards.queries import SAVED
from costs import GB_SECOND, WRITES, of_logins
from numo_sso.storage.logins import _PAUSES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORLD = deployed()
TIMES = times()
FEW = Bell(3.0, (Crowd(1.0, (-4.0, -1.0, 0.0, 1.0, 4.0)),))
"""A bell that a few hundred pupils feel."""


def erlang_b(servers: int, load: float) -> float:
    """The part of the requests that find all servers busy, and go away."""
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(servers: int, load: float) -> float:
    """The part of the requests that find all servers busy, and wait."""
    blocked = erlang_b(servers, load)
    return blocked / (1 - load / servers * (1 - blocked))


def arrivals(rate: float, count: int, random: Random) -> list[float]:
    now, found = 0.0, []
    for _ in range(count):
        now += random.expovariate(rate)
        found.append(now)
    return found


def waits_before(queue: Queue, rate: float, took: Callable[[], float]) -> float:
    """The mean wait in line of many requests."""
    waited = []
    for now in arrivals(rate, 100_000, Random(830)):
        queue.enter(now)
        waited.append(queue.begins - now)
        queue.leave(queue.begins + took(), Kind.WARM)
    return fmean(waited)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (1, 0.8), (3, 2.0), (8, 6.0)])
def test_a_queue_waits_as_erlang_says(servers: int, load: float) -> None:
    """M/M/c: load in servers, service of a second on average."""
    random = Random(7)
    waited = waits_before(Queue(servers), load, lambda: random.expovariate(1.0))
    assert waited == pytest.approx(erlang_c(servers, load) / (servers - load), rel=0.06)


def test_a_queue_of_equal_requests_waits_half_as_long() -> None:
    """M/D/1, by Pollaczek and Khinchine."""
    assert waits_before(Queue(1), 0.7, lambda: 1.0) == pytest.approx(
        0.7 / (2 * (1 - 0.7)), rel=0.04
    )


def test_a_pool_refuses_as_erlang_says() -> None:
    """M/M/c/c: what an account's concurrency turns away, with nobody trying again."""
    account = Account(5)
    pool, random = Pool(account, Bucket(1e9, 1e9)), Random(7)
    met = []
    for now in arrivals(8.0, 60_000, Random(830)):
        met.append(pool.enter(now))
        if met[-1] is not Kind.FULL:
            pool.leave(now + random.expovariate(2.0), met[-1])
    assert met.count(Kind.FULL) / len(met) == pytest.approx(erlang_b(5, 4.0), rel=0.04)
    assert pool.cold == account.peak == 5


def test_instances_start_no_quicker_than_lambda_lets_them() -> None:
    pool = Pool(Account(1000), Bucket(10.0, 20.0))
    met = [pool.enter(0.0) for _ in range(30)]
    assert met.count(Kind.COLD) == 20
    assert pool.enter(1.0) is Kind.COLD  # ten more after a second
    assert met.count(Kind.SCALING) == 10


def test_who_is_kept_ready_is_taken_first_and_from_the_account() -> None:
    pool = Pool(Account(3), Bucket(1e9, 1e9), provisioned=2)
    met = [pool.enter(0.0) for _ in range(4)]
    assert met == [Kind.PROVISIONED, Kind.PROVISIONED, Kind.COLD, Kind.FULL]
    for kind in met[:3]:
        pool.leave(1.0, kind)
    assert [pool.enter(2.0) for _ in range(3)] == [Kind.PROVISIONED, Kind.PROVISIONED, Kind.WARM]


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=200),
    st.floats(0.5, 50),
    st.integers(1, 50),
)
def test_a_bucket_lets_no_more_through_than_it_may(
    moments: list[float], rate: float, burst: int
) -> None:
    bucket = Bucket(rate, burst)
    let = [now for now in sorted(moments) if bucket.take(now)]
    assert len(let) <= burst + rate * max(moments) + 1e-6


WORLDS = st.builds(
    lambda memory, rate, concurrency, units, ssm, provisioned, clicks: replace(
        WORLD,
        memory=memory,
        logins=Throttle(rate, rate),
        requests=Throttle(rate, rate),
        concurrency=concurrency,
        provisioned=min(provisioned, concurrency - 1),
        write_units=units,
        ssm=ssm,
        most_clicks=clicks,
    ),
    memory=st.sampled_from([256, 1024, 1769]),
    rate=st.integers(5, 500),
    concurrency=st.integers(2, 50),
    units=st.sampled_from([1000, 4000]),
    ssm=st.integers(1, 40),
    provisioned=st.integers(0, 10),
    clicks=st.integers(1, 5),
)


@settings(max_examples=25, deadline=None)
@given(WORLDS, st.integers(0, 99))
def test_no_pupil_is_lost_from_sight(world: World, seed: int) -> None:
    """Each is in, or gave up; and nothing is started that nobody was let in to."""
    outcome = run(Case(world, FEW, 150), TIMES, seed)
    assert len(outcome.waits) + outcome.lost == outcome.pupils == 150
    assert outcome.in_flight <= world.concurrency - world.provisioned
    assert outcome.cold <= 2 * outcome.in_flight  # of two functions, each by its own busiest moment
    assert outcome.met_cold <= min(outcome.cold, outcome.pupils)
    assert outcome.lost <= outcome.refusals
    assert outcome.requests.get("acs", 0) >= len(outcome.waits)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 999), st.sampled_from([(256, 512), (512, 1024), (1024, 1769)]))
def test_more_memory_never_waits_longer(seed: int, sizes: tuple[int, int]) -> None:
    """The same pupils click at the same moments. Who meets an instance that has yet to start is
    another with every change, so nobody waits longer where starts cost nothing, and most do not
    where they cost what they do."""
    free = replace(TIMES, login_init=0.0, session_init=0.0, first=0.0)
    world = replace(boundless(WORLD), most_clicks=1)
    eager = replace(world, making_ms=Spread(0.0, 0.0))

    def waits(world: World, times: Times, size: int) -> Outcome:
        return run(Case(replace(world, memory=size), FEW, 200), times, seed)

    less, more = (waits(eager, free, size) for size in sizes)
    assert all(a <= b + 1e-9 for a, b in zip(more.waits, less.waits, strict=True))
    less, more = (waits(world, TIMES, size) for size in sizes)
    assert more.wait(50) <= less.wait(50)


def test_a_seed_is_a_morning() -> None:
    case = Case(WORLD, FEW, 200)
    assert run(case, TIMES, 1) == run(case, TIMES, 1) != run(case, TIMES, 2)


def test_the_wait_of_one_is_the_sum_of_what_was_measured() -> None:
    """Everybody alone, nothing left to chance: two starts of an instance, then none."""
    none, still = Spread(0.0, 0.0), Spread(1.0, 1.0)
    world = replace(
        boundless(WORLD), memory=1769, noise=still, read_ms=none, transaction_ms=none,
        making_ms=none, hub=still, looks=1,
    )  # fmt: skip
    outcome = Morning(world, Chance(world, TIMES, Random(1)), [0.0, 60.0]).run()
    warm = TIMES.start + TIMES.acs + TIMES.look + 3 * world.gateway_ms
    cold = TIMES.login_init + TIMES.session_init
    assert outcome.waits == pytest.approx([warm / 1000, (warm + cold) / 1000])
    assert (outcome.cold, outcome.met_cold, outcome.in_flight) == (2, 1, 1)
    assert outcome.busy["login"] == pytest.approx(
        (2 * (TIMES.start + TIMES.acs) + TIMES.login_init) / 1000
    )


def test_a_throttled_transaction_is_tried_as_our_code_does() -> None:
    """A table that takes nothing for a while: every try is made, and then NS-500 is shown."""
    world = replace(boundless(WORLD), write_units=1000, most_clicks=1)
    outcome = Morning(world, Chance(world, TIMES, Random(1)), [0.0] * 2000).run()
    assert outcome.throttled > 0
    assert outcome.refused["storage"] == outcome.lost > 0
    assert outcome.throttled <= 2000 * len(_PAUSES)
    assert run(Case(boundless(WORLD), FEW, 300), TIMES).throttled == 0


def test_starts_and_responses_share_a_throttle_below_a_mapped_domain() -> None:
    """Which is why a login counts twice there, as in production."""
    assert WORLD.one_bucket
    tight = replace(boundless(WORLD), logins=Throttle(0.001, 10), most_clicks=1)
    clicks = [20.0 * pupil for pupil in range(10)]

    def entered(world: World) -> int:
        return len(Morning(world, Chance(world, TIMES, Random(1)), clicks).run().waits)

    assert (entered(tight), entered(replace(tight, one_bucket=False))) == (5, 10)


def test_a_stack_with_nobody_else_there_is_predicted_to_take_what_single_logins_took() -> None:
    visits = [Visit(0.002, 0.020, 0.005)] * 8
    found = predict(
        WORLD, Alone(visits, 0.02, 1.5), Alone(visits, 0.02, 1.5), [0.0, 10.0, 20.0], Random(1)
    )
    assert found.waits == pytest.approx([0.027] * 3)
    together = predict(
        WORLD, Alone(visits, 0.02, 1.5), Alone(visits, 0.02, 1.5), [0.0, 0.0], Random(1)
    )
    assert together.waits[-1] > 0.027 + 0.002
    assert HUB > 0


@pytest.mark.parametrize(
    "lines",
    [
        "second,clicks\n2026-11-24 08:29:58.000,3\n2026-11-24 08:30:00.000,9\n",
        "second,clicks\n2026-11-24T08:29:58.000Z,3\n2026-11-24T08:30:00.000Z,9\n",
        "30598,3\n30600,9\n",
        "\ufeff30600,9\n30598,3\n",
    ],
)
def test_a_morning_of_the_log_gives_the_shape(tmp_path: Path, lines: str) -> None:
    """As the console exports the saved query, or plain seconds in any order."""
    path = tmp_path / "clicks.csv"
    path.write_text(lines, encoding="utf-8")
    shape = read_shape(path)
    assert (shape.seconds, shape.counts, shape.width) == ((0.0, 2.0), (3.0, 9.0), 2.0)
    clicks = shape.clicks(4000, Random(1))
    assert clicks == sorted(clicks)
    assert sum(click < 2 for click in clicks) == pytest.approx(1000, rel=0.1)
    assert any(each.name == "arrivals" and "as clicks" in each.query for each in SAVED)


@pytest.mark.parametrize("lines", ["second,clicks\n", "second,clicks\nlate,3\n", "1,0\n"])
def test_a_file_without_clicks_is_refused(tmp_path: Path, lines: str) -> None:
    path = tmp_path / "clicks.csv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(ValueError, match=r"clicks\.csv"):
        read_shape(path)


def test_a_bell_rings_for_everybody_once() -> None:
    clicks = Bell().clicks(3000, Random(1))
    assert (len(clicks), clicks) == (3000, sorted(clicks))
    assert min(clicks) >= 0
    middle = sum(185 <= click <= 415 for click in clicks) / 3000
    assert middle == pytest.approx(0.68, abs=0.05)
    assert Measured("x", (0.0,), (1.0,)).clicks(3, Random(1))[-1] <= 1.0


@pytest.mark.parametrize(
    ("crowd", "quartiles", "in_ten_seconds"),
    [(SHARP, (0, 0, 1), 0.86), (LOOSE, (-14, 0, 13), 0.36), (HOME, (-57, 34, 102), 0.08)],
    ids=["sharp", "loose", "home"],
)
def test_a_class_clicks_as_it_was_measured(
    crowd: Crowd, quartiles: tuple[int, ...], in_ten_seconds: float
) -> None:
    """Quartiles of what was logged, and the largest part that came in the same ten seconds."""
    random = Random(1)
    clicks = sorted(crowd.click(random) for _ in range(4000))
    assert [clicks[each] for each in (1000, 2000, 3000)] == pytest.approx(
        [each + 0.5 for each in quartiles], abs=6
    )
    together = max(bisect_left(clicks, first + 10) - at for at, first in enumerate(clicks)) / 4000
    assert together == pytest.approx(in_ten_seconds, abs=0.04)
    assert sum(each.share for each in IN_ROOM) == pytest.approx(1)


def _outcome(wait: float, cold: int = 0, *, dear: bool = False) -> Outcome:
    return Outcome(
        pupils=100,
        waits=[wait] * 100,
        lost=0,
        met_cold=cold,
        cold=cold,
        requests={"start": 100, "acs": 100, "look": 300},
        busy={"login": 1000.0 if dear else 0.1},
        in_flight=12,
        second={"logins": 800, "looks": 700, "responses": 500, "cold": 5},
    )


def test_memory_is_near_the_best_in_every_row() -> None:
    near, far, best = (
        _outcome(0.065, dear=True),
        _outcome(0.09, dear=True),
        _outcome(0.06, dear=True),
    )
    assert memory(WORLD, {256: [far, near], 512: [near, near], 1024: [best, best]}) == 512
    assert memory(WORLD, {256: [near, far], 512: [near, far], 1024: [best, best]}) == 1024


def test_memory_that_costs_nothing_is_taken() -> None:
    """A hundredth of the bill is nothing; Lambda's time is most of the dear mornings'."""
    near, best = _outcome(0.065), _outcome(0.06)
    assert memory(WORLD, {512: [near, near], 1024: [best, best]}) == 1024
    assert memory(WORLD, {512: [best, near], 1024: [_outcome(0.08), best]}) == 512


def test_what_is_asked_for_is_half_as_much_again_and_never_below_what_there_is() -> None:
    world = limits(WORLD, [_outcome(1.0), _outcome(1.0)])
    assert world.logins.rate == max(1500, WORLD.logins.rate)  # 800 x 1.5 = 1,200
    assert world.write_units == 5000  # 500 x 6 x 1.5 = 4,500
    assert (world.concurrency, world.ssm, world.provisioned) == (1000, 40, 0)
    assert limits(WORLD, [_outcome(1.0)], by=10).write_units == 50_000
    assert kept_ready([_outcome(1.0, cold=2)]) == 15
    assert [round_up(each) for each in (3, 11, 100, 1201, 8400)] == [3, 15, 100, 1500, 10_000]


def test_a_morning_is_paid_for_as_the_costs_say() -> None:
    """A million logins with twenty looks each: what ``costs`` has, without the refreshes."""
    seconds = {"login": 0.042e6, "session": 0.120e6}
    requests = {"start": 10**6, "acs": 10**6, "look": 20 * 10**6}
    outcome = Outcome(10**6, [], 0, 0, 0, requests, busy=seconds)
    spent = dollars(outcome, replace(WORLD, memory=1024))
    assert spent == pytest.approx(sum(each.dollars for each in of_logins(1.0)) - 4 * WRITES)
    kept = dollars(outcome, replace(WORLD, memory=2048)) - spent
    assert kept == pytest.approx(0.162e6 * GB_SECOND)


def test_lines_are_drawn_and_their_names_apart() -> None:
    panel = Panel("a < b", {"one": [1.0, 10.0], "two": [1.0, 10.1]}, logarithmic=True)
    drawn = lines_as_svg("a < b", [10, 100], [panel, Panel("none", {"x": [0.0, 0.0]})], "pupils")
    plot = ET.fromstring(drawn)  # noqa: S314  # our own
    texts = [each for each in plot.iter() if each.tag.endswith("text")]
    where = {each.text: float(each.get("y") or 0) for each in texts}
    assert abs(where["one"] - where["two"]) >= 25
    paths = [each.get("d") or "" for each in plot.iter() if each.tag.endswith("path")]
    assert len(paths) == 3
    assert not any(math.isnan(float(part.strip("ML"))) for path in paths for part in path.split())


def test_the_template_has_what_the_page_recommends() -> None:
    """Whoever changes one looks at the other: ``make bell RECORD=1``."""
    written = (DOCS / "bell.md").read_text(encoding="utf-8")
    said = " ".join(written.split())
    assert f"**Memory {WORLD.memory:,} MB**" in said
    for each in (
        f"`LoginsPerSecond={WORLD.logins.rate:.0f}`",
        f"`LoginsBurst={WORLD.logins.burst:.0f}`",
        f"`RequestsPerSecond={WORLD.requests.rate:.0f}`",
        f"`RequestsBurst={WORLD.requests.burst:.0f}`",
    ):
        assert each in said
