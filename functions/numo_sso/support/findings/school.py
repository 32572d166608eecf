"""Findings about the school itself: its state, its BRINs, and who shares them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.findings.finding import blocks, fine, kurve, look
from numo_sso.support.schools.spans import spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding


def state(facts: Facts) -> Iterator[Finding]:
    """Active, or whose decision that waits for."""
    entrance = facts.entrance
    if facts.school.state == "active":
        yield fine("active", "The school is active.")
    elif facts.school.state == "suspended":
        ticket = f" (ticket {facts.school.ticket})" if facts.school.ticket else ""
        step = kurve(f"once the reason is gone, school.resume for {entrance}.")
        yield blocks("suspended", f"The school is suspended{ticket}.", step)
    else:
        step = kurve(f"school.activate for {entrance}.")
        yield blocks("not-active", "The school asked, and is not let in yet.", step)


def brins(facts: Facts) -> Iterator[Finding]:
    """In force today, or from when on."""
    school, entrance = facts.school, facts.entrance
    if facts.brins:
        yield fine("brins", f"In force: {', '.join(facts.brins)}.")
        return
    if school.requested_brin:
        return  # it leads here as soon as the school is activated
    later = sorted(
        span.since
        for value in {each.value for each in school.brins}
        for span in spans_of(school.brins, value)
        if span.since > facts.today
    )
    text = f"Its BRIN holds from {later[0]} on." if later else "No BRIN leads to it today."
    yield blocks("no-brin", text, kurve(f"is that meant? Else school.brin_add for {entrance}."))


def shared(facts: Facts) -> Iterator[Finding]:
    """Whether another entrance has the same BRIN, so that something must tell logins apart."""
    if facts.shared_with:
        names = ", ".join(facts.shared_with)
        text = (
            f"{names} has logins of the same BRIN: realm, or given name and surname, tells which."
        )
        yield look("brin-shared", text)
