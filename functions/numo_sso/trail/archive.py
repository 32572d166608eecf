"""The bucket in which objects are locked from the moment that they are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from numo_sso.trail.entry import Entry

_THERE = "PreconditionFailed"


@dataclass(frozen=True)
class Archive:
    """Keeps entries; the bucket's own rule says for how long."""

    s3: Any
    bucket: str

    def keep(self, entry: Entry) -> None:
        """Put the entry, or do nothing where it is there already.

        Raises:
            ClientError, BotoCoreError: it may not be there; ask again.
        """
        try:
            self.s3.put_object(
                Bucket=self.bucket,
                Key=entry.key,
                Body=entry.encode(),
                ContentType="application/json",
                ChecksumAlgorithm="SHA256",  # a bucket that locks wants proof of what it got
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != _THERE:
                raise
