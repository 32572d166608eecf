"""RelayState: what a start tells the page of a response for which this browser has no flow left.

It finds no flow and opens nothing. It says whether the start came after a failure, and whether it
was a test. Signed and soon over, so that it says what a start said: who takes one from a start of
their own and posts it from somebody else's browser chooses that page's words, and nothing more.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from itsdangerous import BadSignature

from numo_sso.flow import LIFETIME, MAX_AGAIN
from numo_sso.signing import decode, encode, make_signer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from itsdangerous import Signer

    from numo_sso.ports import RandomBytes

_FIXED = struct.Struct("!BBI12s")
_VERSION = 1
_TEST = 128
_NONCE = 12


class Mark(NamedTuple):
    """What is known of a start whose flow is gone."""

    again: int = 0
    """As :attr:`numo_sso.flow.Flow.again`."""
    test: bool = False


@dataclass(frozen=True)
class RelayStates:
    """Makes them, and reads them back. ``keys``: the signing one first."""

    keys: Sequence[bytes]
    _signer: Signer = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_signer", make_signer(self.keys, b"numo-sso-relay"))

    def make(self, mark: Mark, random: RandomBytes, now: float) -> str:
        """At most 80 bytes (SAML 2.0 Bindings, 3.4.3), and no two the same."""
        flags = _TEST * mark.test | min(mark.again, MAX_AGAIN)
        packed = _FIXED.pack(_VERSION, flags, int(now), random(_NONCE))
        return self._signer.sign(encode(packed)).decode("ascii")

    def read(self, text: str, now: float) -> Mark:
        """The mark; an empty one where ``text`` is not ours, or is older than a flow may be."""
        try:
            packed = decode(self._signer.unsign(text.encode("ascii")).decode("ascii"))
            version, flags, at, _ = _FIXED.unpack(packed)
        except (BadSignature, ValueError, struct.error):  # base64 and codecs raise ValueErrors
            return Mark()
        if version != _VERSION or not at - LIFETIME <= now < at + LIFETIME:
            return Mark()
        return Mark(again=flags & MAX_AGAIN, test=bool(flags & _TEST))
