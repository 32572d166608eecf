"""How many users came in, and which logins were not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.findings.finding import fine, look
from numo_sso.support.speech import say
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding


def share(facts: Facts) -> Iterator[Finding]:
    """How many of the users came in by SSO."""
    roster, logins = facts.roster, facts.logins
    able = roster.users - roster.disabled
    if not able or not logins.good:
        return
    came = len(logins.users)
    fields = {
        "came": came,
        "able": say("{number} or more", number=able) if roster.more else able,
        "days": logins.days,
        "percent": min(100, round(100 * came / able)),
    }
    if logins.more or logins.more_users:
        text = say(
            "At least {came} of {able} users came in by SSO in {days} days ({percent} %).", **fields
        )
    else:
        text = say("{came} of {able} users came in by SSO in {days} days ({percent} %).", **fields)
    yield fine("share", text)


def bounds(facts: Facts) -> Iterator[Finding]:
    """What was not counted."""
    if facts.logins.more:
        since = iso_time(facts.logins.since)
        text = say("Only its newest logins were counted, from {since} on.", since=since)
        yield look("not-all-counted", text)
    if facts.unplaced.more:
        since = iso_time(facts.unplaced.since)
        text = say("Only its BRIN's newest logins were counted, from {since} on.", since=since)
        yield look("not-all-counted", text)
