"""Schools and BRINs as they are stored: read, copied for the trail, changed under condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pynamodb.exceptions import DoesNotExist

from numo_sso.schools import AcceptedPair
from numo_sso.storage.tables import Brin, School
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.support.transaction import Put

if TYPE_CHECKING:
    from numo_sso.storage.tables import Pair
    from numo_sso.support.world import Task


def find_school(task: Task, entrance: str) -> School | None:
    try:
        return task.world.tables.school.get(School.key(entrance), "school", consistent_read=True)
    except DoesNotExist:
        return None


def get_school(task: Task, entrance: str) -> School:
    """The school.

    Raises:
        SupportRefusal: ``entrance-unknown``.
    """
    school = find_school(task, entrance)
    if school is None:
        raise SupportRefusal(
            "entrance-unknown",
            say("There is no entrance {entrance}.", entrance=entrance),
            say(
                "Check its spelling: school.list. To make one: school.activate with "
                "create and name."
            ),
        )
    return school


def find_brin(task: Task, brin: str) -> Brin:
    """The BRIN with its entrances; a new one, that nothing leads to, where there is none yet."""
    model = task.world.tables.brin
    try:
        return model.get(Brin.key(brin), "brin", consistent_read=True)
    except DoesNotExist:
        return model(Brin.key(brin), "brin", brin=brin, entrances=[], locations=[], version=0)


def every_school(task: Task) -> list[School]:
    """All of them, in order of their entrances. They are few enough to scan."""
    model = task.world.tables.school
    return sorted(model.scan(model.sk == "school"), key=lambda each: str(each.entrance))


def set_state(task: Task, school: School, state: str) -> None:
    """Let ``school`` have this state, from now on where it is another."""
    if school.state != state:
        school.state, school.state_since = state, int(task.now)


def put_school(task: Task, school: School) -> Put:
    """Write ``school`` if it is still as it was read; a new one (version 0) if there is none."""
    school.updated_at = int(task.now)
    school.ticket = task.request.ticket or school.ticket
    return _versioned(task.world.tables.school, school)


def put_brin(task: Task, brin: Brin) -> Put:
    """Write ``brin`` under the same condition."""
    return _versioned(task.world.tables.brin, brin)


def _versioned(model: type[School | Brin], item: School | Brin) -> Put:
    read = item.version
    item.version = read + 1
    return Put(item, model.version == read if read else model.pk.does_not_exist())


def accepted_pairs(school: School) -> frozenset[AcceptedPair]:
    """Who may speak for ``school``, as support has said."""
    return frozenset(pair_of(each) for each in school.pairs)


def pair_of(stored: Pair) -> AcceptedPair:
    """A pair as login compares it: to the letter."""
    return AcceptedPair(stored.authority, stored.realm)


def snapshot(school: School) -> dict[str, Any]:
    """What a person or a program is shown of a school, and what the trail keeps."""
    return {
        "entrance": school.entrance,
        "name": school.name,
        "state": school.state,
        "state_since": int(school.state_since or school.created_at),
        "requested_brin": school.requested_brin,
        "match_rule": school.match_rule,
        "pair_mode": school.pair_mode,
        "pairs": [{"authority": each.authority, "realm": each.realm} for each in school.pairs],
        "brins": [
            {"brin": each.value, "since": each.since, "until": each.until} for each in school.brins
        ],
        "created_at": int(school.created_at),
        "updated_at": int(school.updated_at),
        "ticket": school.ticket,
    }
