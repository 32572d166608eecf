"""What a login reads of persons: users by code and, at once, the session that it asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.schools import SchoolUser
from numo_sso.storage.reading import Key, read_items
from numo_sso.storage.sessions import record_of
from numo_sso.storage.tables import RosterUser, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.matching import RosterKey
    from numo_sso.sessions import SessionRecord
    from numo_sso.storage.tables import Tables


class StoredRoster:
    """:class:`numo_sso.login.ports.Roster` on the roster and sessions tables."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def find(
        self, keys: Sequence[RosterKey], held_session: str
    ) -> tuple[dict[str, SchoolUser], SessionRecord | None]:
        wanted: list[Key] = [
            (self._tables.user, entrance, RosterUser.sort_key(kind, code))
            for entrance, kind, code in keys
        ]
        if held_session:
            wanted.append((self._tables.session, Session.key(held_session), None))
        users: dict[str, SchoolUser] = {}
        session = None
        for item in read_items(self._tables.connection, wanted):
            if isinstance(item, RosterUser):
                users[item.pk] = user_of(item)
            elif isinstance(item, Session):
                session = record_of(item)
        return users, session


def user_of(item: RosterUser) -> SchoolUser:
    """A user as login knows them."""
    return SchoolUser(
        entrance=item.pk,
        persoonscode=item.persoonscode,
        role=item.role,
        given_name=item.given_name,
        infix=item.infix or "",
        surname=item.surname,
        active=item.active,
    )
