"""Findings about who speaks for the school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.schools import PairMode
from numo_sso.support.findings.finding import blocks, fine, kurve, look, school
from numo_sso.support.realms.listing import named
from numo_sso.support.realms.state import State
from numo_sso.support.speech import say

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
        text = say(
            "Known to speak for it: {accepted} accepted, {learned} learned, mode {mode}.",
            accepted=len(accepted),
            learned=len(learned),
            mode=realms.school.pair_mode,
        )
        yield fine("providers", text)
    elif realms.school.pair_mode == PairMode.ENFORCE:
        step = kurve(
            say("school.realm_add with authority and realm for {entrance}.", entrance=entrance)
        )
        yield blocks(
            "nobody-known", say("It enforces, and nobody is accepted to speak for it."), step
        )
    for each in realms.of(State.WAITING):
        step = school(
            say(
                "is that provider theirs? Ask at an address that we had before; then we "
                "do school.realm_add with authority and realm for {entrance}.",
                entrance=entrance,
            )
        )
        yield look(
            "provider-waits",
            say("{provider} is refused, and waits.", provider=named(each.pair)),
            step,
        )


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
                say(
                    "ask the school; theirs: school.realm_add with authority and realm for "
                    "{entrance}.",
                    entrance=entrance,
                )
            )
            text = say(
                "{provider} has had {enough} good logins or more; nobody confirmed it.",
                provider=named(pair),
                enough=ENFORCE_AFTER,
            )
            yield look("provider-unconfirmed", text, step)
    if proven and all(known.get(pair) is State.ACCEPTED for pair in proven):
        text = say("Its provider has shown itself, so it can be held to it.")
        yield look(
            "enforce", text, kurve(say("school.realm_enforce for {entrance}.", entrance=entrance))
        )
