"""Certificates that nobody should trust, and those of unusual keys that one may."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from numo_local.hub.key import HubKey

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def chained_to(parent: HubKey, name: str) -> HubKey:
    """A fresh RSA key, and a certificate for it that ``parent`` signed."""
    issuer = serialization.load_pem_private_key(parent.private_key, None)
    assert isinstance(issuer, rsa.RSAPrivateKey)
    shown = x509.load_der_x509_certificate(base64.b64decode(parent.certificate))
    key = rsa.generate_private_key(65537, 2048)
    return HubKey(_pem(key), _certificate(key, name, issuer, shown.subject))


def elliptic(name: str) -> HubKey:
    """A fresh key on P-256 with its self-signed certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    return HubKey(_pem(key), _certificate(key, name, key, _called(name)))


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(key: PrivateKey, name: str, issuer: PrivateKey, issued_by: x509.Name) -> str:
    made = (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(issued_by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=36_500))
        .sign(issuer, hashes.SHA256())
    )
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


def _pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
