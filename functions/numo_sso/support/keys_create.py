"""``keys.create``, ``keys.promote``. The trail goes first, as SSM takes part in no transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.key_slots import FIRST_SLOTS, created_at, describe, new_key, read_slot
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.transaction import Change, note

if TYPE_CHECKING:
    from typing import Any

    from numo_sso.support.requests import CreateKeys, PromoteKey
    from numo_sso.support.world import Task

SPREAD_SECONDS = 330
"""Functions read their configuration every five minutes; before that some do not know a new key."""


def create_keys(task: Task) -> Answer:
    """Make the keys that are missing; with ``rotate``, one beside the key in use."""
    request: CreateKeys = task.request
    parameters = task.world.parameters.read()
    changes = [_create(task, slot) for slot in FIRST_SLOTS if read_slot(parameters, slot) is None]
    steps = []
    if request.rotate:
        slot = "pseudonym" if request.rotate == "pseudonym" else f"{request.rotate}/previous"
        changes.append(_replace(task, slot, read_slot(parameters, slot)))
        steps = _after_rotation(request.rotate)
    if not changes:
        return Answer(message="Every key is there already.")
    verb = "would be made" if request.dry_run else "made"
    message = f"{len(changes)} key{'s' if len(changes) > 1 else ''} {verb}."
    return Answer(message=message, changes=changes, next_steps=steps)


def _create(task: Task, slot: str) -> str:
    key = new_key(task, slot)
    if not task.request.dry_run:
        note(task, Change(f"configuration#{slot}", None, describe(key)))
        task.world.parameters.create(slot, json.dumps(key), secret=True)
    return f"{slot}: made"


def _replace(task: Task, slot: str, before: dict[str, Any] | None) -> str:
    key = new_key(task, slot)
    if not task.request.dry_run:
        note(task, Change(f"configuration#{slot}", describe(before), describe(key)))
        task.world.parameters.replace(slot, json.dumps(key), secret=True)
    return f"{slot}: {'replaced' if before else 'made'}"


def _after_rotation(key: str) -> list[str]:
    if key == "pseudonym":
        return ["Traces from before no longer show the same person under the same mark."]
    wait = "after six minutes"
    if key == "sp":
        wait = "once Kennisnet has read our metadata again (ask, it can take a day)"
    return [f"The new key is published but not used. keys.promote {key}, {wait}."]


def promote_key(task: Task) -> Answer:
    """Use the newer of the two keys; the older one stays accepted. Twice changes nothing."""
    request: PromoteKey = task.request
    parameters = task.world.parameters.read()
    current = read_slot(parameters, f"{request.key}/current")
    waiting = read_slot(parameters, f"{request.key}/previous")
    if current is None:
        raise SupportRefusal("key-missing", f"There is no {request.key} key.", "Use keys.create.")
    if waiting is None or created_at(waiting) <= created_at(current):
        return Answer(message=f"The newest {request.key} key is in use already.")
    _check_known(task, waiting)
    if not request.dry_run:
        _exchange(task, current, waiting)
    return Answer(
        message=f"The {request.key} key of {waiting['created']} "
        f"{'would be' if request.dry_run else 'is'} used.",
        changes=[f"{request.key}/current: the key of {waiting['created']}"],
        next_steps=[f"The key of {current['created']} stays accepted until the next rotation."],
    )


def _check_known(task: Task, waiting: dict[str, Any]) -> None:
    age = task.now - created_at(waiting)
    if age < SPREAD_SECONDS:
        raise SupportRefusal(
            "key-too-young",
            "The new key is not known everywhere yet.",
            f"Ask again in {int(SPREAD_SECONDS - age) + 1} seconds.",
        )


def _exchange(task: Task, current: dict[str, Any], waiting: dict[str, Any]) -> None:
    """The old key first: cut off in between, nothing is used that was not used before."""
    name = task.request.key
    note(task, Change(f"configuration#{name}/current", describe(current), describe(waiting)))
    task.world.parameters.replace(f"{name}/previous", json.dumps(current), secret=True)
    task.world.parameters.replace(f"{name}/current", json.dumps(waiting), secret=True)
