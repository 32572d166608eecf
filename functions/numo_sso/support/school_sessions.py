"""The sessions of one school."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numo_sso.support.world import Task


def end_sessions(task: Task) -> int:
    """How many were ended. They are many, so not in the transaction; a second run ends the rest."""
    model = task.world.tables.session
    ended = 0
    for session in model.by_school.query(task.request.entrance):
        ended += 1
        if not task.request.dry_run:
            model(session.pk).delete()
    return ended


def told(task: Task, ended: int) -> list[str]:
    """``petteflat: 2 sessions ended``; nothing where there was none."""
    noun = "session" if ended == 1 else "sessions"
    return [f"{task.request.entrance}: {ended} {noun} ended"] if ended else []
