"""Findings about the roster: whether there are users, of every role, and what their codes are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.code_shapes import ADDRESS
from numo_sso.schools import MatchRule
from numo_sso.support.findings.finding import blocks, counted, fine, look, school
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding


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
    more = say(" or more") if roster.more else ""
    roles = ", ".join(f"{count} {role}" for role, count in sorted(roster.roles.items()))
    disabled = (
        say("; {disabled} of them disabled", disabled=roster.disabled) if roster.disabled else ""
    )
    told = f": {roles}{disabled}" if roles else ""
    yield fine("users", f"{counted(roster.users, 'user')}{more}{told}.")
    if not roster.more and set(roster.roles) == {"pupil"}:
        step = school(
            say("are teachers meant to log in? Then a file that has them too, with a role.")
        )
        yield look("no-staff", say("Not one teacher or staff member is among them."), step)


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
    behind = say(" Behind it stands the realm {part}.", part=theirs[0]) if theirs else ""
    step = school(
        say("a file with the code alone: what stands before the @ in the elo's login name.")
    )
    users = counted(with_at, "user")
    text = say(
        "{users} with an @ in the {value}, which no login that came in carries.",
        users=users,
        value=rule.value,
    )
    yield look("codes-with-realm", text + behind, step)
