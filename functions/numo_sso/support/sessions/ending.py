"""Sessions ended by support, each time with a record of it: a whole class may be logged out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.transaction import note
from numo_sso.support.users.items import roster_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.storage.tables import Session
    from numo_sso.support.world import Task


def end_each(task: Task, sessions: Iterable[Session], whose: str) -> int:
    """How many were ended, or under ``dry_run`` would be.

    They are many, so in no transaction: the record comes first, and asked again the rest is ended.

    Args:
        sessions: by key at least, of the school that the request names.
        whose: for the record, and nobody's name: ``user``, ``school``.
    """
    ended = 0
    for session in sessions:
        ended += 1
        if task.request.dry_run:
            continue
        if ended == 1:
            note(task, roster_change(task, {"sessions_ended_of": whose}))
        task.world.tables.session(session.pk).delete()
    return ended
