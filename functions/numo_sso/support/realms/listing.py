"""``school.realm_list``: who speaks for a school, who waits to, and whose move it is."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from numo_sso.schools import PairMode
from numo_sso.support.answers import Answer
from numo_sso.support.realms.seen import MAX_LOGINS, MAX_PAIRS
from numo_sso.support.realms.state import State, read_realms
from numo_sso.support.schools.items import get_school
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from numo_sso.schools import AcceptedPair
    from numo_sso.support.realms.state import Realms
    from numo_sso.support.world import Task


def list_realms(task: Task) -> Answer:
    """Every (authority, realm) pair with its state, those that wait first."""
    school = get_school(task, task.request.entrance)
    realms = read_realms(task, school)
    return Answer(
        message=say(
            "{name} ({entrance}), mode {mode}: "
            "{waiting} waiting, {learned} learned, {accepted} accepted.",
            name=school.name,
            entrance=school.entrance,
            mode=school.pair_mode,
            **{state.value: len(realms.of(state)) for state in State},
        ),
        next_steps=[*_bounds(realms), *_decisions(realms), *nobody_known(realms)],
        data={
            "entrance": school.entrance,
            "pair_mode": school.pair_mode,
            "realms": [asdict(each) for each in realms.found],
            "more_realms": realms.more,
        },
    )


def named(pair: AcceptedPair) -> str:
    """A pair in words."""
    if not pair.authority:
        return say("Any provider with realm {realm}", realm=pair.realm)
    return say("{authority} with realm {realm}", authority=pair.authority, realm=pair.realm)


def nobody_known(realms: Realms) -> list[str]:
    """What it means that nobody is known to speak for a school; nothing where somebody is."""
    if realms.of(State.ACCEPTED) or realms.of(State.LEARNED):
        return []
    enforces = realms.school.pair_mode == PairMode.ENFORCE
    return [
        say("Nobody is known to speak for it, so nobody can log in.")
        if enforces
        else say("Nobody is known to speak for it: the first good login decides who does."),
        say(
            "Ours, to decide it: school.realm_add with authority and realm for {entrance}.",
            entrance=realms.school.entrance,
        ),
    ]


def _bounds(realms: Realms) -> list[str]:
    """What the list leaves out."""
    steps = []
    if realms.more:
        steps.append(
            say("There are more pairs than these: no more than {most} are read.", most=MAX_PAIRS)
        )
    if any(each.more_logins for each in realms.found):
        steps.append(
            say(
                "A pair with {most} logins has more: no more are counted, in no order of time.",
                most=MAX_LOGINS,
            )
        )
    return steps


def _decisions(realms: Realms) -> list[str]:
    """First the school's move, then ours."""
    steps = []
    if realms.of(State.WAITING):
        steps += [
            say("The school's move: is what waits theirs? Ask at an address that we had before."),
            say(
                "Theirs, then ours: school.realm_add with authority and realm for {entrance}.",
                entrance=realms.school.entrance,
            ),
            say("Not theirs: leave it waiting, and tell the security contact."),
        ]
    if realms.forgets is not None:
        day = datetime.fromtimestamp(realms.forgets, UTC).date()
        steps += [
            say("The school's move: is what was learned theirs? Ask it too."),
            say(
                "Theirs, then ours: add it likewise. What was learned is forgotten from {day} on.",
                day=day,
            ),
        ]
    return steps
