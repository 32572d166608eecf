"""Whether this version can read every table that a login reads, for whoever puts it in traffic.

The gateway always tells a request's context. What comes without one was sent by somebody whom the
account lets invoke the function: the check of a release, which asks this before a browser does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.storage.reading import read_items, storage_errors
from numo_sso.storage.tables import LearnedPair, RosterUser, School, Session

if TYPE_CHECKING:
    from numo_sso.storage.tables import Tables

_NOBODY = "-"
"""No entrance, no session and no reference is called so."""


def read_tables(tables: Tables) -> dict[str, Any]:
    """Read what is not there, from each table, as a login reads it.

    Returns:
        ``read``: the names of the tables.

    Raises:
        Refused: ``storage-failed``.
    """
    read_items(
        tables.connection,
        [
            (tables.school, School.key(_NOBODY), "school"),
            (tables.user, _NOBODY, RosterUser.sort_key("persoonscode", _NOBODY)),
            (tables.session, Session.key(_NOBODY), None),
        ],
    )
    with storage_errors():
        list(tables.learned.query(LearnedPair.key(_NOBODY), limit=1))
    return {"read": ["roster", "schools", "sessions", "traces"]}
