"""What ``users.link_from_proposals`` answers: how many were mended, by which rule, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from numo_sso.schools import MatchRule
from numo_sso.support.answers import Answer
from numo_sso.support.near.proposals import LEFT_OUT
from numo_sso.support.speech import counted, say

if TYPE_CHECKING:
    from collections import Counter

    from numo_sso.storage.tables import School
    from numo_sso.support.world import Task


@dataclass(frozen=True)
class Mended:
    """What was done with the proposals of one school; under ``dry_run`` what would be."""

    school: School
    applied: Counter[str]
    """Mended codes, by rule."""
    left_out: Counter[str]
    """Those that are left as they are, by reason: a key of :data:`LEFT_OUT`."""
    failed: int
    """Those that somebody else changed meanwhile."""
    more: bool
    """Whether there are more than one request may mend."""


def told(task: Task, mended: Mended) -> Answer:
    say_what = _would_be if task.request.dry_run else _was
    message, changes = say_what(mended)
    return Answer(
        message=message,
        changes=changes,
        next_steps=_steps(task, mended),
        data={
            "by_rule": dict(mended.applied),
            "left_out": dict(mended.left_out),
            "changed_meanwhile": mended.failed,
            "more": mended.more,
        },
    )


def _was(mended: Mended) -> tuple[str, list[str]]:
    """The message, and a line for each rule."""
    kind = mended.school.match_rule
    message = counted(
        "{number} {kind} mended, {left_out} left out.",
        "{number} {kind}s mended, {left_out} left out.",
        mended.applied.total(),
        kind=kind,
        left_out=mended.left_out.total(),
    )
    return message, [
        say("{count} {kind} mended: {rule}", count=count, kind=kind, rule=rule)
        for rule, count in mended.applied.most_common()
    ]


def _would_be(mended: Mended) -> tuple[str, list[str]]:
    """The same under ``dry_run``."""
    kind = mended.school.match_rule
    message = counted(
        "{number} {kind} would be mended, {left_out} left out.",
        "{number} {kind}s would be mended, {left_out} left out.",
        mended.applied.total(),
        kind=kind,
        left_out=mended.left_out.total(),
    )
    return message, [
        say("{count} {kind} would be mended: {rule}", count=count, kind=kind, rule=rule)
        for rule, count in mended.applied.most_common()
    ]


def _steps(task: Task, mended: Mended) -> list[str]:
    left_out, school = mended.left_out, mended.school
    steps = [
        say("Left out, {count}: {reason}.", count=count, reason=say(LEFT_OUT[each]))
        for each, count in left_out.most_common()
    ]
    if left_out["match-rule"]:
        steps.append(
            say("Ours: school.match_rule for {entrance} idgebr.", entrance=school.entrance)
        )
    if mended.failed:
        steps.append(say("Changed meanwhile, {count}: ask again.", count=mended.failed))
    if mended.more:
        steps.append(say("Ask again, until none is left."))
    if school.match_rule == MatchRule.PERSOONSCODE and not task.request.dry_run:
        steps.append(
            say(
                "The school's move: mend the same codes in Numo and in its file. Numo "
                "knows a user by the persoonscode, and an import of the old file makes "
                "these users anew."
            )
        )
    return steps
