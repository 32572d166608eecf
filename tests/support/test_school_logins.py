"""What the traces say of a school, read through the indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.support import NOW, REQUEST_ID
from numo_sso.schools import AcceptedPair
from numo_sso.support.logins.of_school import MAX_PAIRS, Logins, read_logins, read_unplaced
from numo_sso.support.requests.common import OneSchool
from numo_sso.support.schools.items import get_school
from numo_sso.support.world import Task

if TYPE_CHECKING:
    from kit.support import Deployment

DAY = 86_400
PETTEFLAT: dict[str, Any] = {"entrance": "petteflat", "brin": "01AB"}
ELO: dict[str, Any] = {"authority": "https://elo.example/idp", "realm": "flat"}


def of(numo: Deployment, entrance: str = "petteflat") -> Task:
    return Task(
        numo.world, OneSchool(action="school.check", entrance=entrance), REQUEST_ID, numo.now
    )


def test_logins_are_counted_by_outcome(activated: Deployment) -> None:
    """Good and failed, first and last, who and by whom; what is older is not read."""
    activated.leave_traces("logged-in", ago=15 * DAY, user="old", **PETTEFLAT, **ELO)
    activated.leave_traces("logged-in", "same-person", ago=3 * DAY, user="a", **PETTEFLAT, **ELO)
    activated.leave_traces("logged-in", ago=DAY, user="b", **PETTEFLAT, **ELO)
    activated.leave_traces("user-unknown", "user-unknown", "role-differs", **PETTEFLAT, realm="x")
    activated.leave_traces("logged-in", entrance="torteltuin", brin="02CD")
    logins = read_logins(of(activated), "petteflat")
    assert (logins.total, logins.good, logins.failed) == (6, 3, 3)
    assert logins.failures == [("user-unknown", 2), ("role-differs", 1)]
    assert (logins.first_good, logins.last_good) == (int(NOW) - 3 * DAY, int(NOW) - DAY)
    assert logins.last_failed == int(NOW) - 58
    assert logins.users == {"a", "b"}
    elo = logins.pairs[AcceptedPair(**ELO)]
    assert (elo.good, elo.failed, elo.last) == (3, 0, int(NOW) - DAY)
    assert logins.pairs[AcceptedPair("", "x")].failed == 3
    assert not logins.more


def test_too_many_logins_are_cut_off_at_the_old_end(activated: Deployment) -> None:
    """The newest are counted, and from when on is told."""
    activated.leave_traces("user-unknown", ago=2 * DAY, **PETTEFLAT)
    activated.leave_traces("logged-in", "logged-in", ago=DAY, **PETTEFLAT)
    logins = read_logins(of(activated), "petteflat", limit=2)
    assert (logins.outcomes, logins.more) == ({"logged-in": 2}, True)
    assert logins.since == int(NOW) - DAY
    assert not read_logins(of(activated), "petteflat", limit=3).more


def test_logins_of_no_entrance_are_found_by_the_brin(numo: Deployment) -> None:
    """Of a school that asked: by its BRIN, its locations, and none of another location."""
    numo.done("school.request", entrance="noord", brin="01AB02", name="Noord")
    numo.leave_traces("realid-missing", brin="01AB02", ago=90)
    numo.leave_traces("school-not-active", brin="01AB", ago=80)
    numo.leave_traces("brin-unknown", brin="01AB03", ago=70)
    numo.leave_traces("brin-unknown", brin="02CD")
    numo.leave_traces("logged-in", brin="01AB02", entrance="other")
    task = of(numo, "noord")
    logins = read_unplaced(task, get_school(task, "noord"))
    assert logins.outcomes == {"realid-missing": 1, "school-not-active": 1}
    assert logins.last_failed == int(NOW) - 80


def test_the_newest_of_several_brins_come_first(activated: Deployment) -> None:
    """The bound is on both BRINs together, and cuts off the oldest of either."""
    activated.done("school.brin_add", entrance="petteflat", brin="02CD")
    activated.leave_traces("realid-missing", brin="01AB", ago=100)
    activated.leave_traces("brin-unknown", brin="02CD", ago=90)
    activated.leave_traces("realid-missing", brin="01AB", ago=80)
    task = of(activated)
    logins = read_unplaced(task, get_school(task, "petteflat"), limit=2)
    assert logins.outcomes == {"realid-missing": 1, "brin-unknown": 1}
    assert (logins.more, logins.since) == (True, int(NOW) - 90)


def test_memory_has_an_end(activated: Deployment) -> None:
    """Beyond so many users and pairs the counts go on, and it is told that there are more."""
    model = activated.world.tables.trace
    logins = Logins(0, max_users=2)
    for number in range(MAX_PAIRS + 1):
        fields: dict[str, Any] = {"user": f"u{number % 3}", "realm": f"r{number}"}
        logins.count(model("trace#x", "trace", outcome="logged-in", at=number, **fields))
    assert (len(logins.users), logins.more_users) == (2, True)
    assert (len(logins.pairs), logins.more_pairs) == (MAX_PAIRS, True)
    assert logins.good == MAX_PAIRS + 1


def test_an_outcome_of_another_version_is_no_success(activated: Deployment) -> None:
    """Where the login is newer than the support function, counting goes on."""
    activated.save_trace("T", "not-yet-invented", **PETTEFLAT)
    assert read_logins(of(activated), "petteflat").failed == 1
