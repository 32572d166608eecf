"""The bucket in which objects are locked from the moment that they are there."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from numo_sso.trail.entry import Entry

_THERE = "PreconditionFailed"


class Occupied(Exception):  # noqa: N818  # it is what was found, not what failed
    """Something else is where an entry belongs. Nothing of ours puts it there."""


@dataclass(frozen=True)
class Archive:
    """Keeps entries; the bucket's own rule says for how long."""

    s3: Any
    bucket: str

    def keep(self, entry: Entry) -> None:
        """Put the entry, or do nothing where it is there already.

        Raises:
            Occupied: something else is there.
            ClientError, BotoCoreError: it may not be there; ask again.
        """
        self._keep(entry.key, entry.encode())

    def keep_elsewhere(self, entry: Entry) -> None:
        """The same, for an entry whose place something else has."""
        self._keep(entry.other_key, entry.encode())

    def _keep(self, key: str, body: bytes) -> None:
        try:
            self.s3.put_object(
                Bucket=self.bucket,
                Key=key,
                Body=body,
                ContentType="application/json",
                ChecksumAlgorithm="SHA256",  # a bucket that locks wants proof of what it got
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != _THERE:
                raise
            if self._checksum(key) != b64encode(hashlib.sha256(body).digest()).decode():
                raise Occupied from error

    def _checksum(self, key: str) -> str | None:
        found = self.s3.head_object(Bucket=self.bucket, Key=key, ChecksumMode="ENABLED")
        checksum: str | None = found.get("ChecksumSHA256")
        return checksum
