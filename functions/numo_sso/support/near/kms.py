"""Sealed codes, opened by KMS."""

from __future__ import annotations

from typing import Any


class KmsSealed:
    """:class:`numo_sso.support.near.items.Sealed`. ``client`` is of KMS, ``key`` the key's id."""

    def __init__(self, client: Any, key: str) -> None:
        self._client = client
        self._key = key

    def open(self, sealed: bytes, context: dict[str, str]) -> str:
        answer = self._client.decrypt(
            CiphertextBlob=sealed, KeyId=self._key, EncryptionContext=context
        )
        return str(answer["Plaintext"].decode())
