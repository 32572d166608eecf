"""The key with which a hub signs."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_LIFETIME = timedelta(days=3650)


@dataclass(frozen=True)
class HubKey:
    """An RSA key and the self-signed certificate that the hub's metadata shows for it."""

    private_key: bytes
    """PEM, PKCS 8, not encrypted."""
    certificate: str
    """Base64 of the DER, on one line."""

    @classmethod
    def generate(cls, common_name: str = "Numo's stand-in for Entree") -> HubKey:
        """Make a fresh RSA 2048 key with a certificate that is valid from yesterday on."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return cls(
            private_key=key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
            certificate=_self_signed(key, common_name),
        )


def _self_signed(key: rsa.RSAPrivateKey, common_name: str) -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
    since = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + _LIFETIME)
        .sign(key, hashes.SHA256())
    )
    return base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode("ascii")
