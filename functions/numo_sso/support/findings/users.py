"""Findings about the roster: whether there are users, of every role, and what their codes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.code_shapes import ADDRESS
from numo_sso.schools import MatchRule
from numo_sso.support.findings.finding import blocks, fine, look, school
from numo_sso.support.speech import counted, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding
    from numo_sso.support.findings.roster_facts import RosterFacts


def users(facts: Facts) -> Iterator[Finding]:
    """Present at all, and how many of each role."""
    roster = facts.roster
    if not roster.users:
        step = school(
            say(
                "a file of its users; then we do users.import for {entrance}.",
                entrance=facts.entrance,
            )
        )
        yield blocks("no-users", say("There are no users."), step)
        return
    yield fine("users", _how_many(roster))
    if not roster.more and set(roster.roles) == {"pupil"}:
        step = school(
            say("are teachers meant to log in? Then a file that has them too, with a role.")
        )
        yield look("no-staff", say("Not one teacher or staff member is among them."), step)


def _how_many(roster: RosterFacts) -> str:
    number = counted("{number} user", "{number} users", roster.users)
    number = say("{users} or more", users=number) if roster.more else number
    roles = ", ".join(_of_role(role, count) for role, count in sorted(roster.roles.items()))
    if not roles:
        return f"{number}."
    if not roster.disabled:
        return f"{number}: {roles}."
    return say(
        "{users}: {roles}; {disabled} of them disabled.",
        users=number,
        roles=roles,
        disabled=roster.disabled,
    )


def _of_role(role: str, count: int) -> str:
    match role:
        case "pupil":
            return counted("{number} pupil", "{number} pupils", count)
        case "teacher":
            return counted("{number} teacher", "{number} teachers", count)
        case "staff":
            return counted("{number} staff member", "{number} staff members", count)
        case _:
            return f"{count} {role}"


def idgebr(facts: Facts) -> Iterator[Finding]:
    """Where logins are matched by IDGebr, each user needs one."""
    roster = facts.roster
    if facts.school.match_rule != MatchRule.IDGEBR or not roster.users:
        return
    without = roster.users - roster.linked
    step = school(
        say("the file of Stamnr and IDGebr, which Magister's application manager extracts.")
    )
    if not roster.linked:
        yield blocks("no-idgebr", say("Logins are matched by IDGebr, and no user has one."), step)
    elif without:
        text = say(
            "{without} of {users} users have no IDGebr, by which logins are matched.",
            without=without,
            users=roster.users,
        )
        yield look("idgebr-missing", text, step)


def addresses(facts: Facts) -> Iterator[Finding]:
    """A code with an ``@`` is mostly a whole RealId or a mail address: logins carry less."""
    rule = MatchRule(facts.school.match_rule)
    with_at = facts.roster.shapes[rule][ADDRESS]
    if not with_at or facts.logins.shapes[ADDRESS]:
        return
    known = {pair.realm for pair in {*facts.logins.pairs, *facts.unplaced.pairs}}
    theirs = sorted(known & set(facts.roster.realms))
    step = school(
        say("a file with the code alone: what stands before the @ in the elo's login name.")
    )
    text = counted(
        "{number} user with an @ in the {kind}, which no login that came in carries.",
        "{number} users with an @ in the {kind}, which no login that came in carries.",
        with_at,
        kind=rule.value,
    )
    behind = [say("Behind it stands the realm {realm}.", realm=each) for each in theirs[:1]]
    yield look("codes-with-realm", " ".join([text, *behind]), step)
