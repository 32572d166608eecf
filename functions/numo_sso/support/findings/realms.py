"""Findings about who speaks for the school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.schools import PairMode
from numo_sso.support.findings.finding import blocks, fine, kurve, look, school
from numo_sso.support.realms.listing import named
from numo_sso.support.realms.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding

ENFORCE_AFTER = 10
"""Good logins of one pair after which it is no accident."""


def providers(facts: Facts) -> Iterator[Finding]:
    """Who is known, and who waits."""
    realms, entrance = facts.realms, facts.entrance
    accepted, learned = realms.of(State.ACCEPTED), realms.of(State.LEARNED)
    if accepted or learned:
        count = f"{len(accepted)} accepted, {len(learned)} learned, mode {realms.school.pair_mode}"
        yield fine("providers", f"Known to speak for it: {count}.")
    elif realms.school.pair_mode == PairMode.ENFORCE:
        step = kurve(f"school.realm_add with authority and realm for {entrance}.")
        yield blocks("nobody-known", "It enforces, and nobody is accepted to speak for it.", step)
    for each in realms.of(State.WAITING):
        step = school(
            "is that provider theirs? Ask at an address that we had before; then we do "
            f"school.realm_add with authority and realm for {entrance}."
        )
        yield look("provider-waits", f"{named(each.pair)} is refused, and waits.", step)


def enforcing(facts: Facts) -> Iterator[Finding]:
    """Propose to hold the school to its provider, once it has shown itself often enough."""
    if facts.school.pair_mode == PairMode.ENFORCE:
        return
    entrance = facts.entrance
    proven = [p for p, seen in facts.logins.pairs.items() if seen.good >= ENFORCE_AFTER]
    known = {each.pair: each.state for each in facts.realms.found}
    for pair in proven:
        if known.get(pair) is not State.ACCEPTED:
            step = kurve(
                f"ask the school; theirs: school.realm_add with authority and realm for {entrance}."
            )
            text = (
                f"{named(pair)} has had {ENFORCE_AFTER} good logins or more; nobody confirmed it."
            )
            yield look("provider-unconfirmed", text, step)
    if proven and all(known.get(pair) is State.ACCEPTED for pair in proven):
        text = "Its provider has shown itself, so it can be held to it."
        yield look("enforce", text, kurve(f"school.realm_enforce for {entrance}."))
