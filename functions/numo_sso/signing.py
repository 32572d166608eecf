"""Values that a browser carries for us, signed with the cookie keys; and bytes as text in them."""

from __future__ import annotations

import base64
from hashlib import sha256
from typing import TYPE_CHECKING

from itsdangerous import Signer

if TYPE_CHECKING:
    from collections.abc import Sequence


def make_signer(keys: Sequence[bytes], salt: bytes) -> Signer:
    """Sign with the first of ``keys`` and accept all; a value of another ``salt`` is no good."""
    # itsdangerous signs with the last key of the list
    return Signer(list(reversed(keys)), salt=salt, key_derivation="hmac", digest_method=sha256)


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """The bytes of :func:`encode`.

    Raises:
        ValueError: it is not what that makes.
    """
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
