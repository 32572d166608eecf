"""Findings about the logins of the last two weeks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from numo_sso.support.findings.finding import (
    Finding,
    Level,
    Step,
    blocks,
    fine,
    look,
    owner_of,
    school,
)
from numo_sso.support.speech import counted, say
from numo_sso.support.traces.advice import advice
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.logins.of_school import Logins

GRAVE = 0.1
"""The share of logins that one outcome may take before it is the next thing to do."""
FEW = 3
_CLOSED = ("school-not-active", "brin-unknown")
"""All was well with these logins but for the school, which was not open to them."""


def came_in(facts: Facts) -> Iterator[Finding]:
    """The first success and the last, or what none of them means."""
    logins = facts.logins
    if logins.first_good and logins.last_good:
        yield fine("came-in", _good_ones(logins, logins.first_good, logins.last_good))
        return
    both = (logins, facts.unplaced)
    early = facts.unplaced.good + sum(each.outcomes[code] for each in both for code in _CLOSED)
    if early:
        text = counted(
            "{number} login came with BRIN and login name while it was not open: Entree lets it "
            "through.",
            "{number} logins came with BRIN and login name while it was not open: Entree lets them "
            "through.",
            early,
        )
        yield fine("arrives", text)
    if facts.came_before:
        yield look(
            "quiet",
            say("Nobody came in in {days} days, though it has worked before.", days=logins.days),
        )
    elif not any(each.total or each.tests for each in both):
        text = say("Nobody came from the hub in {days} days.", days=logins.days)
        do = say(
            "permission for Numo in the Entree portal ('Diensten activeren'), then one login from "
            "the elo."
        )
        yield blocks("no-logins", text, school(do))
    elif facts.open and not _failures(facts):
        text = say("Nobody has come in since it is open.")
        yield blocks(
            "no-good-login", text, school(say("one login from the elo, to see that it works."))
        )


def failures(facts: Facts) -> Iterator[Finding]:
    """Each outcome that nobody wanted, the most frequent first, with what to do."""
    logins = facts.logins
    found = _failures(facts)
    total = logins.good + found.total()
    never = not (logins.good or facts.came_before)
    for outcome, count in found.most_common():
        told = advice(outcome)
        grave = count >= GRAVE * total and (count >= FEW or never)
        step = Step(owner_of(outcome), told.do)
        text = counted(
            "{number} login ended in {outcome} ({outcome_number}): {what}",
            "{number} logins ended in {outcome} ({outcome_number}): {what}",
            count,
            outcome=outcome,
            outcome_number=told.number,
            what=told.what,
        )
        yield Finding(outcome, Level.BLOCKS if grave else Level.LOOK, text, step)
    if facts.unplaced.total and found.total():
        yield from _perhaps_anothers(facts)


def _good_ones(logins: Logins, first: int, last: int) -> str:
    """Where not all of them were read, nobody knows the first."""
    fields = {"days": logins.days, "first": iso_time(first), "last": iso_time(last)}
    if logins.more:
        return counted(
            "{number} good login in {days} days: last {last}.",
            "{number} good logins in {days} days: last {last}.",
            logins.good,
            **fields,
        )
    return counted(
        "{number} good login in {days} days: first {first}, last {last}.",
        "{number} good logins in {days} days: first {first}, last {last}.",
        logins.good,
        **fields,
    )


def _failures(facts: Facts) -> Counter[str]:
    """Without those that the last change of the school, such as its activation, may have mended."""
    both = (facts.logins, facts.unplaced)
    found = sum((Counter(dict(each.failures)) for each in both), Counter[str]())
    for outcome in _CLOSED:
        last = max(each.last.get(outcome, 0) for each in both)
        if not facts.open or last <= facts.school.updated_at:
            del found[outcome]
    return found


def _perhaps_anothers(facts: Facts) -> Iterator[Finding]:
    if facts.shared_with:
        names = ", ".join(facts.shared_with)
        text = say(
            "Some of these may be of {entrances}: the BRIN is theirs too, and nothing tells which.",
            entrances=names,
        )
        yield look("perhaps-anothers", text)
