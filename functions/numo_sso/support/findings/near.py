"""Near misses: refused codes that somebody nearly has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from numo_sso.near_codes import SEVERAL, Rule
from numo_sso.support.findings.finding import kurve, look
from numo_sso.support.speech import counted, later, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding

_SAID = {
    Rule.ZEROS_STRIPPED: later("{logins} carried a leading zero that the roster lacks"),
    Rule.ZEROS_PADDED: later("{logins} lacked a leading zero that the roster has"),
    Rule.CASE: later("{logins} carried a code that differs from the roster's by its capitals"),
    Rule.SIGNS: later("{logins} carried spaces or signs that the roster lacks"),
    Rule.OTHER_KIND: later("{logins} carried the roster's other kind of code"),
    SEVERAL: later("{logins} carried a code to which several users are near"),
}
_OTHERWISE = later("{logins} came near by the rule {rule}")


def near_misses(facts: Facts) -> Iterator[Finding]:
    """By rule, the most logins first; nothing where none was near."""
    logins: Counter[str] = Counter()
    for each in facts.near:
        logins[each.rule] += each.logins
    said = [
        say(
            _SAID.get(rule, _OTHERWISE),
            logins=counted("{number} login", "{number} logins", count),
            rule=rule,
        )
        for rule, count in logins.most_common()
        if rule
    ]
    if said:
        do = say(
            "users.link_from_proposals for {entrance}, with dry_run first.", entrance=facts.entrance
        )
        yield look("near-misses", say("Near misses: {near}.", near="; ".join(said)), kurve(do))
