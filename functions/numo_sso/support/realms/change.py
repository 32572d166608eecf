"""``school.realm_add`` and ``school.realm_end``: support says who speaks for a school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.schools import PairMode
from numo_sso.storage.tables import Pair
from numo_sso.support.answers import Answer
from numo_sso.support.realms.listing import named, nobody_known
from numo_sso.support.realms.state import State, read_realms
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.schools.change import change_school
from numo_sso.support.schools.items import accepted_pairs, pair_of, snapshot
from numo_sso.support.sessions.of_school import end_sessions, told
from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from numo_sso.schools import AcceptedPair
    from numo_sso.storage.tables import School
    from numo_sso.support.realms.state import Realms
    from numo_sso.support.requests.common import EndPair, OnePair
    from numo_sso.support.world import Task


def add(task: Task) -> Answer:
    """Accept a pair; doing it twice changes nothing."""
    request: OnePair = task.request
    school, changed = change_school(task, lambda school: _accept(school, request.pair))
    pair = named(request.pair)
    template = (
        later("{pair} would be accepted for {name} ({entrance}).")
        if request.dry_run and changed
        else later("{pair} is accepted for {name} ({entrance}).")
    )
    change = say("{entrance}: {pair}, accepted", entrance=school.entrance, pair=pair)
    return Answer(
        message=say(template, pair=pair, name=school.name, entrance=school.entrance),
        changes=[change] if changed else [],
        next_steps=_after_adding(request.pair, read_realms(task, school), changed=changed),
        data={"school": snapshot(school)},
    )


def end(task: Task) -> Answer:
    """Accept a pair no longer; its sessions go on unless the request says otherwise."""
    request: EndPair = task.request
    school, changed = change_school(task, lambda school: _withdraw(school, request))
    ended = end_sessions(task) if request.end_sessions else 0
    pair = named(request.pair)
    template = (
        later("{pair} would no longer be accepted for {name} ({entrance}).")
        if request.dry_run and changed
        else later("{pair} is not accepted for {name} ({entrance}).")
    )
    change = say("{entrance}: {pair}, no longer accepted", entrance=school.entrance, pair=pair)
    return Answer(
        message=say(template, pair=pair, name=school.name, entrance=school.entrance),
        changes=[*([change] if changed else []), *told(task, ended)],
        next_steps=[*_sessions_left(request), *_who_is_left(request, read_realms(task, school))],
        data={"school": snapshot(school), "sessions_ended": ended},
    )


def _accept(school: School, pair: AcceptedPair) -> None:
    if pair not in accepted_pairs(school):
        school.pairs.append(
            Pair(authority=pair.authority, realm=pair.realm)  # type: ignore[no-untyped-call]  # pynamodb's
        )


def _withdraw(school: School, request: EndPair) -> None:
    accepted = accepted_pairs(school)
    last = accepted == {request.pair} and school.pair_mode == PairMode.ENFORCE
    if last and not request.force:
        raise SupportRefusal(
            "pair-is-last",
            say(
                "{entrance} enforces and accepts no other, so nobody could log in.",
                entrance=school.entrance,
            ),
            say(
                "First school.realm_add with authority and realm for {entrance}: the one "
                "that comes instead. To close the school all the same: the same request "
                "with force.",
                entrance=school.entrance,
            ),
        )
    school.pairs = [each for each in school.pairs if pair_of(each) != request.pair]


def _after_adding(pair: AcceptedPair, realms: Realms, *, changed: bool) -> list[str]:
    steps = [say("Its logins pass within a minute.")] if changed else []
    if not pair.authority:
        steps += [
            say(
                "Mind that any login with realm {realm} passes for which the hub names nobody.",
                realm=pair.realm,
            ),
            say("Kennisnet's move: ask it to name the provider. Then add that, and end this one."),
        ]
    return [*steps, *_learned_counts(realms)]


def _sessions_left(request: EndPair) -> list[str]:
    step = (
        say("Do it once more after that, which ends those sessions too.")
        if request.end_sessions
        else say(
            "Sessions go on; the same request with end_sessions ends those of the whole school."
        )
    )
    return [say("Logins can still pass for a minute."), step]


def _who_is_left(request: EndPair, realms: Realms) -> list[str]:
    """An end is no lock: who was learned goes on, and where nobody is known the first decides."""
    entrance = realms.school.entrance
    if request.pair in {each.pair for each in realms.of(State.LEARNED)}:
        return [
            say("It still passes, for it was learned too."),
            say(
                "To let only pass what is accepted: school.realm_enforce for {entrance}.",
                entrance=entrance,
            ),
        ]
    steps = nobody_known(realms)
    if steps and realms.school.pair_mode == PairMode.LEARN:
        steps.append(
            say("To keep all out meanwhile: school.suspend for {entrance}.", entrance=entrance)
        )
    return steps or _learned_counts(realms)


def _learned_counts(realms: Realms) -> list[str]:
    if not realms.of(State.LEARNED):
        return []
    entrance = realms.school.entrance
    return [
        say(
            "What was learned counts until the school enforces: school.realm_list for {entrance}.",
            entrance=entrance,
        )
    ]
