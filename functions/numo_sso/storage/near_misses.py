"""Near misses on the roster and traces tables; the refused code is sealed by KMS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from numo_sso.near_codes import sealing_context
from numo_sso.storage.lifetimes import TRACE_SECONDS
from numo_sso.storage.reading import Key, read_items, storage_errors
from numo_sso.storage.roster import user_of
from numo_sso.storage.tables import NearMissItem, RosterUser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numo_sso.login.near_misses import NearMiss
    from numo_sso.near_codes import RosterCode
    from numo_sso.schools import SchoolUser
    from numo_sso.storage.tables import Tables


class StoredNearMisses:
    """:class:`numo_sso.login.near_misses.NearMisses`.

    Args:
        kms: makes a client of KMS when the first code is to be sealed: a good login needs none.
        key: the id of the key for refused codes, with which a login can only encrypt.
    """

    def __init__(self, tables: Tables, kms: Callable[[], Any], key: str) -> None:
        self._tables = tables
        self._kms = kms
        self._key = key

    def find(self, entrance: str, codes: Sequence[RosterCode]) -> dict[RosterCode, SchoolUser]:
        kinds = {RosterUser.sort_key(kind.value, code): (kind, code) for kind, code in codes}
        wanted: list[Key] = [(self._tables.user, entrance, sort) for sort in kinds]
        items = read_items(self._tables.connection, wanted)
        return {kinds[each.sk]: user_of(each) for each in items if isinstance(each, RosterUser)}

    def keep(self, miss: NearMiss) -> None:
        item = self._tables.near(
            NearMissItem.key(miss.entrance),
            miss.reference,
            kind=miss.kind,
            refused=miss.refused,
            rule=miss.rule or None,
            persoonscode=miss.persoonscode or None,
            names=miss.names,
            sealed=self._sealed(miss),
            seen_at=miss.at,
            ttl=miss.at + TRACE_SECONDS,
        )
        with storage_errors():
            item.save()

    def _sealed(self, miss: NearMiss) -> bytes | None:
        try:
            answer = self._kms().encrypt(
                KeyId=self._key,
                Plaintext=miss.code.encode(),
                EncryptionContext=sealing_context(miss.entrance, miss.reference),
            )
        except (BotoCoreError, ClientError):
            return None  # who was near is worth keeping all the same
        return bytes(answer["CiphertextBlob"])
