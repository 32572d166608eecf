"""The certificates with which an identity provider signs."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from numo_sso.support.refusal import SupportRefusal

if TYPE_CHECKING:
    from lxml.etree import _Element

_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_MIN_RSA_BITS = 2048


def signing_certificates(provider: _Element, now: float) -> list[dict[str, Any]]:
    """Every signing certificate that has not expired, in order, each once.

    Raises:
        SupportRefusal: one cannot be read, or none is valid now.
    """
    found: dict[str, dict[str, Any]] = {}
    for descriptor in provider.iterchildren(f"{_MD}KeyDescriptor"):
        if descriptor.get("use", "signing") != "signing":
            continue
        for element in descriptor.iter(f"{_DS}X509Certificate"):
            item = _read(element.text or "")
            if now < item["not_after"]:
                found.setdefault(item["certificate"], item)
    if not any(item["not_before"] <= now for item in found.values()):
        raise SupportRefusal(
            "metadata-no-certificate",
            "No signing certificate in the metadata is valid now.",
            "Check this machine's clock; then ask Kennisnet. The last good metadata stays in use.",
        )
    return list(found.values())


def fingerprint(base64_der: str) -> str:
    """SHA-256 of a certificate, as ``openssl x509 -fingerprint`` computes it."""
    return hashlib.sha256(base64.b64decode(base64_der)).hexdigest()


def _read(text: str) -> dict[str, Any]:
    try:
        der = base64.b64decode("".join(text.split()), validate=True)
        certificate = x509.load_der_x509_certificate(der)
        key = certificate.public_key()
    except (ValueError, binascii.Error) as error:
        raise _refusal("cannot be read") from error
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise _refusal("is neither RSA nor ECDSA")
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _MIN_RSA_BITS:
        raise _refusal(f"has an RSA key below {_MIN_RSA_BITS} bits")
    return {
        "certificate": base64.b64encode(der).decode("ascii"),
        "not_before": int(certificate.not_valid_before_utc.timestamp()),
        "not_after": int(certificate.not_valid_after_utc.timestamp()),
    }


def _refusal(reason: str) -> SupportRefusal:
    return SupportRefusal(
        "metadata-certificate",
        f"A signing certificate in the metadata {reason}.",
        "Compare the document with the one that Kennisnet publishes.",
    )
