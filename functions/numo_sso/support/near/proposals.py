"""What to do about each code that somebody nearly has: mend it, or leave it and say why.

Two pupils can differ by one zero. So a near code is proposed only where the names agree, nobody
else is near, and the user does not come in already by the code that the roster has.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.near_codes import SEVERAL, Rule
from numo_sso.schools import MatchRule
from numo_sso.storage.tables import RosterUser
from numo_sso.support.keys.pseudonym import pseudonyms
from numo_sso.support.logins.of_school import is_good
from numo_sso.support.near.items import Refusals, read_refusals
from numo_sso.support.speech import later

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.world import Task

LEFT_OUT = {
    "several-users": later("more than one user is near"),
    "several-codes": later("two refused codes are near to one user"),
    "match-rule": later("what came is the user's IDGebr: switch the school's match rule"),
    "has-idgebr": later("the user has another IDGebr"),
    "names-differ": later("the login carried another name"),
    "names-unknown": later("the login carried no name"),
    "user-gone": later("the user is mended already, or no longer in the roster"),
    "user-disabled": later("the user is disabled"),
    "comes-in": later("the user comes in by the code that the roster has: this is somebody else"),
    "not-sealed": later("the code could not be sealed at the login"),
}
"""Why a refused code is left as it is."""


@dataclass(frozen=True)
class Proposal:
    """One refused code and its user; ``left_out`` is a key of :data:`LEFT_OUT`, or empty."""

    refusals: Refusals
    user: RosterUser | None
    left_out: str


def propose(task: Task, school: School) -> list[Proposal]:
    """Of each refused code that somebody nearly has."""
    near = [each for each in read_refusals(task, school.entrance, school.match_rule) if each.rule]
    times = Counter(each.persoonscode for each in near if each.persoonscode)
    users = _users(task, school.entrance, times)
    found = []
    for each in near:
        user = users.get(each.persoonscode)
        several = times[each.persoonscode] > 1
        found.append(Proposal(each, user, _reason(task, school, each, user, several=several)))
    return found


def _users(task: Task, entrance: str, codes: Counter[str]) -> dict[str, RosterUser]:
    keys = [(entrance, RosterUser.sort_key("persoonscode", code)) for code in codes]
    found = task.world.tables.user.batch_get(keys, consistent_read=True)
    return {each.persoonscode: each for each in found}


def _reason(
    task: Task, school: School, near: Refusals, user: RosterUser | None, *, several: bool
) -> str:
    if near.rule == SEVERAL:
        return "several-users"
    if user is None:
        return "user-gone"
    told = {
        "several-codes": several,
        "match-rule": _says_other_rule(school, near),
        "user-disabled": not user.active,
        "names-differ": near.names == "differ",
        "names-unknown": near.names == "unknown",
        "has-idgebr": near.rule == Rule.OTHER_KIND and user.idgebr is not None,
        "not-sealed": near.last.sealed is None,
    }
    known = next((reason for reason, holds in told.items() if holds), "")
    return known or ("comes-in" if _comes_in(task, school, user) else "")


def _says_other_rule(school: School, near: Refusals) -> bool:
    """One login by an IDGebr, at a school that matches by persoonscode, speaks for all of them."""
    return near.rule == Rule.OTHER_KIND and school.match_rule == MatchRule.PERSOONSCODE


def _comes_in(task: Task, school: School, user: RosterUser) -> bool:
    code = user.persoonscode if school.match_rule == MatchRule.PERSOONSCODE else user.idgebr
    index = task.world.tables.trace.by_user
    traces = task.world.tables.trace
    keys = [
        (each.pk, each.sk)
        for name in pseudonyms(task, [school.entrance], code or "")
        for each in index.query(name, limit=_LOOKED_AT, scan_index_forward=False)
    ]
    return any(is_good(each.outcome) for each in traces.batch_get(keys))


_LOOKED_AT = 50
