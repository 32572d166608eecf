"""The sessions of one user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.sessions.ending import end_each
from numo_sso.support.speech import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.storage.tables import Session
    from numo_sso.support.world import Task


def sessions_of(task: Task, persoonscode: str) -> list[Session]:
    """Their sessions, by key only."""
    model = task.world.tables.session
    return list(model.by_user.query(f"{task.request.entrance}#{persoonscode}"))


def end_user_sessions(task: Task, persoonscode: str) -> int:
    """How many were ended, or under ``dry_run`` would be."""
    return end_each(task, sessions_of(task, persoonscode), "user")


def end_sessions_of(task: Task, persoonscodes: Iterable[str]) -> int:
    """The same for several users, one after the other."""
    return sum(end_user_sessions(task, each) for each in persoonscodes)


def ended_lines(ended: int) -> list[str]:
    """``2 sessions ended``; nothing where there was none."""
    return [counted("{number} session ended", "{number} sessions ended", ended)] if ended else []
