"""``sessions.revoke_all``: everybody logs in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.support.transaction import Change, note

if TYPE_CHECKING:
    from numo_sso.support.world import Task

_NAME = "epoch"


def revoke_all(task: Task) -> Answer:
    """Begin a new epoch: sessions that were made before it are over."""
    epoch = _read(task)
    now = max(int(task.now), epoch)  # never back: what ended would begin again
    if not task.request.dry_run:
        note(task, Change(f"configuration#{_NAME}", {_NAME: epoch}, {_NAME: now}))
        task.world.parameters.replace(_NAME, str(now), secret=False)
    return Answer(
        message=(
            say("All sessions would end within five minutes.")
            if task.request.dry_run
            else say("All sessions end within five minutes.")
        ),
        changes=[f"{_NAME}: {epoch} → {now}"],
        next_steps=[
            say("Functions read the epoch every five minutes; users log in anew by themselves.")
        ],
    )


def _read(task: Task) -> int:
    text = task.world.parameters.read().get(_NAME, "0")
    if not text.isdigit():
        raise SupportRefusal(
            "epoch-unreadable",
            say("The parameter epoch is no number."),
            say("Mend it in SSM, then again."),
        )
    return int(text)
