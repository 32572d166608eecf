"""``school.realm_enforce`` and ``school.realm_learn``: whether what logins taught counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.schools import PairMode
from numo_sso.support.answers import Answer
from numo_sso.support.realms.listing import named, nobody_known
from numo_sso.support.realms.seen import learned
from numo_sso.support.realms.state import read_realms
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.change import change_school
from numo_sso.support.schools.items import accepted_pairs, snapshot
from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.world import Task


def enforce(task: Task) -> Answer:
    """Only what support has accepted passes."""
    school, changed = change_school(task, _enforce)
    steps = [
        say("No longer passes, though it was learned: {pair}.", pair=each)
        for each in _taught(task, school)
    ]
    if steps:
        steps.append(
            say(
                "Theirs after all: school.realm_add with authority and realm for {entrance}.",
                entrance=school.entrance,
            )
        )
    return _answer(
        task,
        school,
        [*steps, say("To undo it: school.realm_learn for {entrance}.", entrance=school.entrance)],
        changed=changed,
    )


def learn(task: Task) -> Answer:
    """What logins taught passes too, as for every school at first."""
    school, changed = change_school(task, _learn)
    steps = [say("Passes, as it was learned: {pair}.", pair=each) for each in _taught(task, school)]
    return _answer(
        task, school, [*steps, *nobody_known(read_realms(task, school))], changed=changed
    )


def _enforce(school: School) -> None:
    if not school.pairs:
        raise SupportRefusal(
            "pairs-missing",
            say(
                "No provider is accepted for {entrance}, so nobody could log in.",
                entrance=school.entrance,
            ),
            say(
                "See who has logged in: school.realm_list for {entrance}. Then "
                "school.realm_add with authority and realm for {entrance}, and enforce after.",
                entrance=school.entrance,
            ),
        )
    school.pair_mode = PairMode.ENFORCE.value


def _learn(school: School) -> None:
    school.pair_mode = PairMode.LEARN.value


def _taught(task: Task, school: School) -> list[str]:
    """What logins taught and support has not accepted."""
    pairs = learned(task, school.entrance).pairs - accepted_pairs(school)
    return sorted(named(each) for each in pairs)


def _answer(task: Task, school: School, steps: list[str], *, changed: bool) -> Answer:
    entrance, mode = school.entrance, school.pair_mode
    template = (
        later("{name} ({entrance}) would have mode {mode}.")
        if task.request.dry_run and changed
        else later("{name} ({entrance}) has mode {mode}.")
    )
    change = say("{entrance}: mode {mode}", entrance=entrance, mode=mode)
    return Answer(
        message=say(template, name=school.name, entrance=entrance, mode=mode),
        changes=[change] if changed else [],
        next_steps=[*([say("It is in force within a minute.")] if changed else []), *steps],
        data={"school": snapshot(school)},
    )
