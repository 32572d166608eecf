"""One user of an entrance: read by either code, changed in both items at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.exceptions import DoesNotExist

from numo_sso.storage.tables import RosterUser
from numo_sso.support.imports.roster import as_read, put_person
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.support.transaction import Change, Delete

if TYPE_CHECKING:
    from typing import Any

    from numo_sso.support.imports.plan import Person
    from numo_sso.support.transaction import Put
    from numo_sso.support.world import Task


def find_item(task: Task, kind: str, code: str) -> RosterUser | None:
    """The item of one code, as it is at this moment."""
    key = RosterUser.sort_key(kind, code)
    try:
        return task.world.tables.user.get(task.request.entrance, key, consistent_read=True)
    except DoesNotExist:
        return None


def find_user(task: Task) -> RosterUser | None:
    """The user whom the request names, by persoonscode or IDGebr."""
    code = task.request.persoonscode
    if code is None:
        linked = find_item(task, "idgebr", task.request.idgebr)
        code = linked.persoonscode if linked else None
    return find_item(task, "persoonscode", code) if code else None


def get_user(task: Task) -> RosterUser:
    """That user.

    Raises:
        SupportRefusal: ``user-unknown``.
    """
    user = find_user(task)
    if user is None:
        raise user_unknown(task)
    return user


def user_unknown(task: Task) -> SupportRefusal:
    entrance = task.request.entrance
    return SupportRefusal(
        "user-unknown",
        say("{entrance} has nobody with this code.", entrance=entrance),
        say(
            "A zero in front makes another code, and a persoonscode is no IDGebr. "
            "Look by name: users.find for {entrance}.",
            entrance=entrance,
        ),
    )


def put_user(task: Task, before: Person, after: Person) -> list[Put | Delete]:
    """Write both of a user's items, if the user is as was read. Their codes stay as they are."""
    condition = as_read(task, before)
    kinds = ("persoonscode", "idgebr") if after.idgebr else ("persoonscode",)
    return [put_person(task, kind, after, condition) for kind in kinds]


def delete_user(task: Task, person: Person) -> list[Put | Delete]:
    """Remove both items, if the user is as was read."""
    model, condition = task.world.tables.user, as_read(task, person)
    kinds = ("persoonscode", "idgebr") if person.idgebr else ("persoonscode",)
    keys = [model.sort_key(kind, getattr(person, kind)) for kind in kinds]
    return [Delete(model(task.request.entrance, key), condition) for key in keys]


def roster_change(task: Task, after: dict[str, Any]) -> Change:
    """A record about one school's users. It can never be erased: it says what, and not whose."""
    return Change(f"roster#{task.request.entrance}", None, after)
