"""Fingerprints of certificates as people type them."""

from __future__ import annotations

import re

from numo_sso.support.speech import say

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def parse_fingerprint(text: str) -> str:
    """SHA-256 in lower case: capitals and the colons of ``openssl`` do not matter.

    Raises:
        ValueError: it is none.
    """
    bare = text.replace(":", "").strip().lower()
    if not _FINGERPRINT.fullmatch(bare):
        raise ValueError(say("is no SHA-256 fingerprint: 64 hexadecimal digits"))
    return bare
