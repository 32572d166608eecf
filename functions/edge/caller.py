"""Who is connected, where CloudFront stands before the gateway.

The gateway then sees CloudFront's address for everybody. CloudFront says in a header whose request
it is; but so can whoever speaks to the gateway directly. So that header counts only beside a proof:
a secret that CloudFront adds to each request. Here lies its digest alone, which opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROOF = "x-numo-edge"
VIEWER = "cloudfront-viewer-address"
"""Address and port; CloudFront puts its own in place of what a browser sends."""


def connected(address: str, headers: Mapping[str, str], digest: str) -> str:
    """The address of whoever asks.

    Args:
        address: of whoever is connected to the gateway.
        headers: by lower-case name.
        digest: SHA-256 of the secret in hexadecimal; empty where nothing stands in front.
    """
    given = hashlib.sha256(headers.get(PROOF, "").encode()).hexdigest()
    if not digest or not hmac.compare_digest(given, digest):
        return address
    viewer, _, _port = headers.get(VIEWER, "").rpartition(":")
    return viewer.strip("[]") or address
