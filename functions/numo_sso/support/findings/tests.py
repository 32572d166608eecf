"""Findings about tests of the connection, which a school's administrator makes by a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.matching import STAFF_AFFILIATIONS
from numo_sso.support.findings.finding import Step, fine, look, owner_of
from numo_sso.support.speech import say
from numo_sso.support.traces.advice import advice
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding

_WELL = "logged-in"


def tested(facts: Facts) -> Iterator[Finding]:
    """The newest tests, and what is to be done about what they found."""
    for test in facts.tests:
        result = test["result"] or "unexpected"
        at, who = iso_time(test["at"]), _who(test)
        if result == _WELL:
            text = say("Tested on {at} by {who}: a login would get in.", at=at, who=who)
            yield fine("tested", text)
            continue
        told = advice(result)
        text = say(
            "Tested on {at} by {who}: {result} ({outcome_number}): {what}",
            at=at,
            who=who,
            result=result,
            outcome_number=told.number,
            what=told.what,
        )
        yield look("tested", text, Step(owner_of(result), told.do))


def _who(test: dict[str, Any]) -> str:
    """As the elo calls them; who they are is not kept."""
    affiliations = set(test["affiliations"])
    if STAFF_AFFILIATIONS & affiliations:
        return say("a teacher or other staff")
    return say("a pupil") if "student" in affiliations else say("somebody")
