"""Sessions in DynamoDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pynamodb.exceptions import DoesNotExist, UpdateError

from numo_sso.sessions import SessionRecord
from numo_sso.storage.reading import error_code, storage_errors
from numo_sso.storage.tables import Session

if TYPE_CHECKING:
    from numo_sso.storage.tables import Tables

_CONDITION_FAILED = "ConditionalCheckFailedException"
_TTL_MARGIN = 3600


class StoredSessions:
    """:class:`numo_sso.sessions.SessionStore` on the sessions table."""

    def __init__(self, tables: Tables) -> None:
        self._session = tables.session

    def find(self, digest: str) -> SessionRecord | None:
        """One strongly consistent read: a session that was just ended is not seen again."""
        with storage_errors():
            try:
                return record_of(self._session.get(Session.key(digest), consistent_read=True))
            except DoesNotExist:
                return None

    def refresh(self, session: SessionRecord, now: float) -> None:
        item = self._session(Session.key(session.digest))
        unchanged = Session.last_seen_at == session.last_seen_at
        with storage_errors():
            try:
                item.update(actions=[Session.last_seen_at.set(int(now))], condition=unchanged)
            except UpdateError as error:
                if error_code(error) != _CONDITION_FAILED:
                    raise

    def end(self, digest: str) -> None:
        with storage_errors():
            self._session(Session.key(digest)).delete()


def item_of(tables: Tables, record: SessionRecord) -> Session:
    fields = record._asdict()
    digest = fields.pop("digest")
    return tables.session(
        Session.key(digest), user=record.user, ttl=record.expires_at + _TTL_MARGIN, **fields
    )


def record_of(item: Session) -> SessionRecord:
    return SessionRecord(
        digest=item.pk.removeprefix(Session.key("")),
        entrance=item.entrance,
        school_name=item.school_name,
        brin=item.brin,
        persoonscode=item.persoonscode,
        role=item.role,
        given_name=item.given_name,
        surname=item.surname,
        created_at=int(item.created_at),
        last_seen_at=int(item.last_seen_at),
        expires_at=int(item.expires_at),
        idle_seconds=int(item.idle_seconds),
        reference=item.reference,
    )
