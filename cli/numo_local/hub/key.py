"""The key with which a hub signs."""

from __future__ import annotations

import time
from dataclasses import dataclass

from numo_sso.support.keys.made import new_sp_key

_DAY = 86_400


@dataclass(frozen=True)
class HubKey:
    """An RSA key and the self-signed certificate that the hub's metadata shows for it."""

    private_key: bytes
    """PEM, PKCS 8, not encrypted."""
    certificate: str
    """Base64 of the DER, on one line."""

    @classmethod
    def generate(cls, common_name: str = "Numo's stand-in for Entree") -> HubKey:
        """Make a fresh key with a certificate that is valid from yesterday on."""
        made = new_sp_key(common_name, time.time() - _DAY)
        return cls(private_key=made["key"].encode(), certificate=made["certificate"])
