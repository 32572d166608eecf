"""``metadata.refresh``: the same check as the hourly one, when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.federation.digest import described
from numo_sso.federation.publishing import check
from numo_sso.support.answers import Answer
from numo_sso.support.metadata.words import confirm_step, in_force_step, trail
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from numo_sso.federation.publishing import Outcome
    from numo_sso.support.requests.common import RefreshMetadata
    from numo_sso.support.world import Task


def refresh_metadata(task: Task) -> Answer:
    """Fetch or take the metadata, check it, and put its digest in force if it says anything new."""
    request: RefreshMetadata = task.request
    outcome = check(
        task.world.federation,
        trail(task),
        task.now,
        document=None if request.document is None else request.document.encode(),
        dry_run=request.dry_run,
    )
    data = {"code": outcome.code, "idp": described(outcome.digest)}
    if outcome.code == "metadata-held":
        return _held(outcome, data)
    if not outcome.difference:
        return Answer(message=say("The metadata says nothing new."), data=data)
    return Answer(
        message=say("The metadata has changed."),
        changes=outcome.difference.lines(say),
        next_steps=[in_force_step()],
        data=data,
    )


def _held(outcome: Outcome, data: dict[str, Any]) -> Answer:
    return Answer(
        message=say("The metadata has changed, and waits. {why}", why=say(outcome.why)),
        next_steps=[
            *(say("It would be: {line}", line=line) for line in outcome.difference.lines(say)),
            say("Ask Kennisnet by telephone whether these fingerprints are the hub's; if so:"),
            confirm_step(outcome.digest),
        ],
        data=data,
    )
