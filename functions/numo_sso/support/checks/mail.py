"""``school.mail``: the Dutch reply to a school, from what a check finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.checks.check import all_findings, verdict
from numo_sso.support.checks.mail_texts import (
    ACTIVATED,
    ACTIVATED_SUBJECT,
    ALSO,
    MISSING,
    MISSING_SUBJECT,
    MOVES,
    OTHERS,
    OWNERS,
)
from numo_sso.support.findings.facts import read_facts
from numo_sso.support.findings.finding import Level, Owner
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.support.checks.mail_texts import Move
    from numo_sso.support.findings.facts import Facts
    from numo_sso.support.findings.finding import Finding
    from numo_sso.support.world import Task

_TOLD_BY_TESTING = frozenset({"no-logins", "no-good-login"})
"""What an open school has to do about these is what its mail says anyway."""


def mail(task: Task) -> Answer:
    """The reply: activated, and how to go on; or what is still missing and who does what."""
    facts = read_facts(task)
    every = all_findings(facts)
    found = [each for each in every if each.step and _concerns_school(each)]
    waits = [each for each in found if each.level is Level.BLOCKS]
    done = facts.open and all(each.code in _TOLD_BY_TESTING for each in waits)
    name, entrance = facts.school.name, facts.entrance
    subject, body = (_activated if done else _missing)(task, facts, found)
    return Answer(
        message=(
            say("Mail to {school} ({entrance}): activated.", school=name, entrance=entrance)
            if done
            else say("Mail to {school} ({entrance}): missing.", school=name, entrance=entrance)
        ),
        next_steps=[
            say(
                "Read it before it goes out. The check ends in: {verdict}",
                verdict=verdict(every),
            )
        ],
        data={"kind": "activated" if done else "missing", "subject": subject, "body": body},
    )


def _concerns_school(finding: Finding) -> bool:
    """What keeps people out, or what the school can better; not what we do among ourselves."""
    return finding.level is Level.BLOCKS or _move(finding).owner is Owner.SCHOOL


def _activated(task: Task, facts: Facts, found: Iterable[Finding]) -> tuple[str, str]:
    left = [each for each in found if each.code not in _TOLD_BY_TESTING]
    also = ALSO.format(steps=_steps(left)) if left else ""
    users = facts.roster.users
    fields = _fields(task, facts) | {
        "brins": ", ".join(facts.brins),
        "users": f"{users} gebruiker{'' if users == 1 else 's'}",
        "link": task.world.addresses.link(facts.entrance),
        "also": also,
    }
    return ACTIVATED_SUBJECT.format(**fields), ACTIVATED.format(**fields)


def _missing(task: Task, facts: Facts, found: Iterable[Finding]) -> tuple[str, str]:
    fields = _fields(task, facts) | {"steps": _steps(found)}
    return MISSING_SUBJECT.format(**fields), MISSING.format(**fields)


def _fields(task: Task, facts: Facts) -> dict[str, str]:
    addresses = task.world.addresses
    return {
        "name": str(facts.school.name),
        "entrance_url": addresses.entrance(facts.entrance),
        "help_url": addresses.help_url,
        "test_url": addresses.test(facts.entrance),
        "support_mail": addresses.support_mail,
    }


def _steps(found: Iterable[Finding]) -> str:
    """By whose move it is; what two findings ask for stands there once."""
    moves = list(dict.fromkeys(_move(each) for each in found))
    parts = []
    for owner, heading in OWNERS.items():
        own = [f"- {each.text}" for each in moves if each.owner is owner]
        if own:
            parts.append("\n".join([heading, *own]))
    return "\n\n".join(parts)


def _move(finding: Finding) -> Move:
    if finding.code in MOVES:
        return MOVES[finding.code]
    return OTHERS[finding.step.owner if finding.step else Owner.KURVE]
