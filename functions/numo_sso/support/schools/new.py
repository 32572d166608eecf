"""An entrance that is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.storage.tables import School
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say

if TYPE_CHECKING:
    from numo_sso.support.world import Task


def made_line(entrance: str, name: str | None) -> str:
    """The change by which an entrance comes to be."""
    return say("{entrance}: made, named {name}", entrance=entrance, name=name)


def new_school(task: Task) -> School:
    """A school with the name that the request gives, and nothing that leads to it.

    Raises:
        SupportRefusal: ``name-missing``.
    """
    entrance, name = task.request.entrance, task.request.name
    if name is None:
        raise SupportRefusal(
            "name-missing",
            say(
                "There is no entrance {entrance} yet, and without a name none is made.",
                entrance=entrance,
            ),
            say("Give the name too that pupils know: pages show it."),
        )
    return task.world.tables.school(
        School.key(entrance),
        "school",
        entrance=entrance,
        name=name,
        state="requested",
        state_since=int(task.now),
        pairs=[],
        brins=[],
        created_at=int(task.now),
        updated_at=int(task.now),
        version=0,
    )
