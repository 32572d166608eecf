"""The slots in which keys are kept, and how one key takes over from another.

``sp`` and ``cookie`` each have two: the one in ``current`` is used, and the one in ``previous`` is
published or accepted beside it. A new key is first put in ``previous``, so that the hub and every
warm function know it before anything is signed with it; promoting it exchanges the two. After a
promotion the old key stays accepted until the next rotation.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from numo_sso.support.certificates import fingerprint
from numo_sso.support.keys import new_secret, new_sp_key
from numo_sso.support.refusal import SupportRefusal

if TYPE_CHECKING:
    from numo_sso.support.world import Task

FIRST_SLOTS = ("sp/current", "cookie/current", "pseudonym")
"""What a deployment cannot do without."""


def new_key(task: Task, slot: str) -> dict[str, str]:
    if slot.startswith("sp/"):
        return new_sp_key(task.world.api_host, task.now)
    return new_secret(task.now)


def read_slot(parameters: dict[str, str], slot: str) -> dict[str, Any] | None:
    """What is in a slot.

    Raises:
        SupportRefusal: ``key-unreadable``.
    """
    if slot not in parameters:
        return None
    try:
        value: dict[str, Any] = json.loads(parameters[slot])
        describe(value)
        created_at(value)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SupportRefusal(
            "key-unreadable",
            f"The parameter {slot} is not a key.",
            f"Look at it in SSM; keys.create with rotate {slot.partition('/')[0]} makes a new one.",
        ) from error
    return value


def describe(key: dict[str, Any] | None) -> dict[str, str] | None:
    """A key for answers and the trail: its age, and what public part there is. Never the key."""
    if key is None:
        return None
    described = {"created": str(key["created"])}
    if "certificate" in key:
        described["certificate_sha256"] = fingerprint(key["certificate"])
    return described


def created_at(key: dict[str, Any]) -> float:
    """When a key was made, in seconds since 1970."""
    moment = datetime.fromisoformat(key["created"])
    return moment.replace(tzinfo=moment.tzinfo or UTC).timestamp()
