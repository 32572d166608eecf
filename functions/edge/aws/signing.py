"""AWS's Signature Version 4, for a POST of JSON to the root of a service.

botocore's signer works out for any request what is the same in all of ours; that is half of what a
call costs here. A test holds every signature against botocore's own.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from __future__ import annotations

import hmac
import time
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from botocore.credentials import ReadOnlyCredentials

_ALGORITHM = "AWS4-HMAC-SHA256"


class _DayKey(NamedTuple):
    """The key of one day, which is derived in four steps and holds for every call of that day."""

    secret: str | None
    day: str
    key: bytes


class Signer:
    """Signs the calls of one service in one region."""

    def __init__(self, service: str, region: str, host: str) -> None:
        self._service = service
        self._region = region
        self._host = host
        self._kept = _DayKey(None, "", b"")

    def signed(
        self, headers: dict[str, str], body: bytes, credentials: ReadOnlyCredentials, now: float
    ) -> dict[str, str]:
        """``headers``, whose names are lower case, with those that prove who calls.

        Args:
            now: seconds since 1970; AWS believes five minutes either way.
        """
        at = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))
        headers = headers | {"host": self._host, "x-amz-date": at}
        if credentials.token:
            headers["x-amz-security-token"] = credentials.token
        names = sorted(headers)
        signed = ";".join(names)
        lines = "".join(f"{name}:{headers[name]}\n" for name in names)
        request = f"POST\n/\n\n{lines}\n{signed}\n{sha256(body).hexdigest()}"
        scope = f"{at[:8]}/{self._region}/{self._service}/aws4_request"
        text = f"{_ALGORITHM}\n{at}\n{scope}\n{sha256(request.encode()).hexdigest()}"
        key = self._key(credentials.secret_key, at[:8])
        signature = hmac.digest(key, text.encode(), "sha256").hex()
        headers["authorization"] = (
            f"{_ALGORITHM} Credential={credentials.access_key}/{scope}, "
            f"SignedHeaders={signed}, Signature={signature}"
        )
        return headers

    def _key(self, secret: str | None, day: str) -> bytes:
        kept = self._kept
        if (kept.secret, kept.day) != (secret, day):
            key = f"AWS4{secret}".encode()
            for part in (day, self._region, self._service, "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            kept = self._kept = _DayKey(secret, day, key)
        return kept.key
