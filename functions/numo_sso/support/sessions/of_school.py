"""The sessions of one school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.sessions.ending import end_each
from numo_sso.support.speech import counted

if TYPE_CHECKING:
    from numo_sso.support.world import Task


def end_sessions(task: Task) -> int:
    """How many were ended, or under ``dry_run`` would be."""
    found = task.world.tables.session.by_school.query(task.request.entrance)
    return end_each(task, found, "school")


def told(task: Task, ended: int) -> list[str]:
    """``petteflat: 2 sessions ended``; nothing where there was none."""
    if not ended:
        return []
    return [
        counted(
            "{entrance}: {number} session ended",
            "{entrance}: {number} sessions ended",
            ended,
            entrance=task.request.entrance,
        )
    ]
