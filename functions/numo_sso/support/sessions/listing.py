"""``session.list``: who is logged in, without saying who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.configuration import parse_epoch
from numo_sso.storage.sessions import record_of
from numo_sso.support.answers import Answer
from numo_sso.support.schools.items import get_school
from numo_sso.support.sessions.pages import read_keys
from numo_sso.support.speech import counted
from numo_sso.support.transaction import note
from numo_sso.support.users.items import roster_change

if TYPE_CHECKING:
    from numo_sso.sessions import SessionRecord
    from numo_sso.support.requests.sessions import ListSessions
    from numo_sso.support.world import Task


def list_sessions(task: Task) -> Answer:
    """One page, the longest there first. Whose they are is asked by a code, which leaves a record.

    Raises:
        SupportRefusal: ``entrance-unknown`` or ``cursor-malformed``.
    """
    request: ListSessions = task.request
    get_school(task, request.entrance)
    keys, following = read_keys(task, request.limit, request.after)
    items = task.world.tables.session.batch_get([each.pk for each in keys], consistent_read=True)
    epoch = parse_epoch(task.world.parameters.read())
    valid = [each for each in map(record_of, items) if each.valid(task.now, epoch)]
    if request.persoonscode is not None:  # a question changes nothing, so ``dry_run`` neither
        note(task, roster_change(task, {"read": "sessions", "sessions": len(valid)}))
    return Answer(
        message=_message(len(valid), more=bool(following)),
        data={
            "sessions": [_shown(each) for each in sorted(valid, key=lambda s: s.created_at)],
            "next": following,
        },
    )


def _message(shown: int, *, more: bool) -> str:
    if more:
        return counted(
            "{number} session; there may be more.", "{number} sessions; there may be more.", shown
        )
    return counted("{number} session.", "{number} sessions.", shown)


def _shown(session: SessionRecord) -> dict[str, Any]:
    return {
        "role": session.role,
        "since": session.created_at,
        "last_seen": session.last_seen_at,
        "until": min(session.expires_at, session.last_seen_at + session.idle_seconds),
        "reference": session.reference,
    }
