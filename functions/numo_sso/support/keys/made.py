"""New keys, in the shapes in which they are stored."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from numo_sso.times import iso_time

_KEY_BITS = 2048
_EXPONENT = 65537
_SECRET_BYTES = 32
_LIFETIME = timedelta(days=3653)
"""Peers pin the certificate itself; its dates serve nobody, so it outlives any key."""
_COMMON_NAME_LENGTH = 64


def new_sp_key(common_name: str, now: float) -> dict[str, str]:
    """A signing key with its self-signed certificate: ``key``, ``certificate`` and ``created``.

    Args:
        common_name: what the certificate is called, the API's host.
        now: seconds since 1970.
    """
    key = rsa.generate_private_key(public_exponent=_EXPONENT, key_size=_KEY_BITS)
    certificate = _self_signed(key, common_name, datetime.fromtimestamp(int(now), UTC))
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    return {
        "key": pem.decode("ascii"),
        "certificate": base64.b64encode(der).decode("ascii"),
        "created": iso_time(now),
    }


def new_secret(now: float) -> dict[str, str]:
    """A symmetric key of 256 bits: ``key`` (urlsafe base64) and ``created``."""
    key = base64.urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES))
    return {"key": key.decode("ascii"), "created": iso_time(now)}


def _self_signed(key: rsa.RSAPrivateKey, common_name: str, created: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:_COMMON_NAME_LENGTH])])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(created)
        .not_valid_after(created + _LIFETIME)
        .sign(key, hashes.SHA256())
    )
