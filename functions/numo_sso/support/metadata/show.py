"""``metadata.show``: whom login believes, what waits, how the last check went, and the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.federation.digest import described, read_digest
from numo_sso.federation.status import read_status
from numo_sso.support.answers import Answer
from numo_sso.support.metadata.words import confirm_step, told
from numo_sso.support.speech import later, say
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from numo_sso.federation.ports import Version
    from numo_sso.federation.status import Status
    from numo_sso.support.world import Task

_DATE = len("2026-08-24")


def show_metadata(task: Task) -> Answer:
    """Everything that is known of the hub. Changes nothing."""
    federation = task.world.federation
    status = read_status(federation.store)
    versions = [_version(each) for each in reversed(federation.store.versions())]
    return Answer(
        message=_message(status),
        next_steps=_steps(status),
        data={
            "url": federation.url,
            "in_force": told(status.in_force, task.now),
            "pending": told(status.pending, task.now),
            "checked": status.checked and vars(status.checked),
            "age_seconds": status.age(task.now),
            "versions": versions,
        },
    )


def _version(version: Version) -> dict[str, Any]:
    """The newest is what is in force."""
    about = described(read_digest(version.value)) or {}
    return {"version": version.number, "at": iso_time(version.at)} | about


def _message(status: Status) -> str:
    if status.in_force is None:
        return say("No metadata is in force: nobody can log in.")
    template = (
        later("The metadata of {day} is in force. Other metadata waits to be confirmed.")
        if status.pending
        else later("The metadata of {day} is in force.")
    )
    day = str(status.in_force.get("fetched_at", ""))[:_DATE] or say("an unknown day")
    return say(template, day=day)


def _steps(status: Status) -> list[str]:
    steps = [] if status.in_force else ["metadata.refresh"]
    return steps + ([confirm_step(status.pending)] if status.pending else [])
