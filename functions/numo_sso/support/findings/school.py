"""Findings about the school itself: its state, its BRINs, and who shares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.findings.finding import blocks, fine, kurve, look
from numo_sso.support.schools.spans import spans_of
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding


def state(facts: Facts) -> Iterator[Finding]:
    """Active, or whose decision that waits for."""
    entrance = facts.entrance
    if facts.school.state == "active":
        yield fine("active", say("The school is active."))
    elif facts.school.state == "suspended":
        ticket = facts.school.ticket
        text = (
            say("The school is suspended (ticket {ticket}).", ticket=ticket)
            if ticket
            else say("The school is suspended.")
        )
        step = kurve(
            say("once the reason is gone, school.resume for {entrance}.", entrance=entrance)
        )
        yield blocks("suspended", text, step)
    else:
        step = kurve(say("school.activate for {entrance}.", entrance=entrance))
        yield blocks("not-active", say("The school asked, and is not let in yet."), step)


def brins(facts: Facts) -> Iterator[Finding]:
    """In force today, or from when on."""
    school, entrance = facts.school, facts.entrance
    if facts.brins:
        yield fine("brins", say("In force: {brins}.", brins=", ".join(facts.brins)))
        return
    if school.requested_brin:
        return  # it leads here as soon as the school is activated
    to_come = sorted(
        span.since
        for value in {each.value for each in school.brins}
        for span in spans_of(school.brins, value)
        if span.since > facts.today
    )
    text = (
        say("Its BRIN holds from {day} on.", day=to_come[0])
        if to_come
        else say("No BRIN leads to it today.")
    )
    yield blocks(
        "no-brin",
        text,
        kurve(say("is that meant? Else school.brin_add for {entrance}.", entrance=entrance)),
    )


def shared(facts: Facts) -> Iterator[Finding]:
    """Whether another entrance has the same BRIN, so that something must tell logins apart."""
    if facts.shared_with:
        text = say(
            "{entrances} has logins of the same BRIN: realm, or given name and surname, tells "
            "which.",
            entrances=", ".join(facts.shared_with),
        )
        yield look("brin-shared", text)
