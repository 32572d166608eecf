"""The certificates with which an identity provider signs."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from numo_sso.federation import names
from numo_sso.federation.codes import MetadataRefused, Sayable

if TYPE_CHECKING:
    from lxml.etree import _Element

_MIN_RSA_BITS = 2048


def signing_certificates(provider: _Element, now: float) -> list[dict[str, Any]]:
    """Every signing certificate that has not expired, in order, each once.

    Returns:
        ``certificate`` (base64 DER), ``not_before`` and ``not_after`` (seconds since 1970) of each.

    Raises:
        MetadataRefused: one cannot be read, or none is valid now.
    """
    found: dict[str, dict[str, Any]] = {}
    for descriptor in provider.iterchildren(names.KEY_DESCRIPTOR):
        if descriptor.get("use", "signing") != "signing":
            continue
        shown = list(descriptor.iter(names.X509_CERTIFICATE))
        if len(shown) > 1:  # a chain, whose authorities would become the hub's own keys
            raise MetadataRefused(
                "metadata-certificate",
                "A key in the metadata has {number} certificates.",
                number=len(shown),
            )
        for element in shown:
            item = _described(element.text or "")
            if now < item["not_after"]:
                found.setdefault(item["certificate"], item)
    check_in_force(list(found.values()), now)
    return list(found.values())


def check_in_force(certificates: list[dict[str, Any]], now: float) -> None:
    """At least one is valid now, or no login would be.

    Raises:
        MetadataRefused: ``metadata-no-certificate``.
    """
    if not any(valid_now(each, now) for each in certificates):
        raise MetadataRefused("metadata-no-certificate", "No signing certificate is valid now.")


def valid_now(certificate: dict[str, Any], now: float) -> bool:
    """Whether a certificate of a digest is in the time for which it was made."""
    return bool(certificate["not_before"] <= now < certificate["not_after"])


def read_certificate(text: str) -> x509.Certificate:
    """A certificate from base64 DER, with a key that may sign: RSA of 2048 bits or more, or EC.

    Raises:
        ValueError: it is something else; the text continues "the certificate ...".
    """
    try:
        certificate = x509.load_der_x509_certificate(_der(text))
        key = certificate.public_key()
    except (ValueError, binascii.Error) as error:
        raise ValueError(Sayable("cannot be read")) from error
    if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ValueError(Sayable("is neither RSA nor ECDSA"))  # noqa: TRY004  # of the text
    if isinstance(key, rsa.RSAPublicKey) and key.key_size < _MIN_RSA_BITS:
        raise ValueError(Sayable("has an RSA key below 2048 bits"))
    return certificate


def fingerprint(base64_der: str) -> str:
    """SHA-256 of a certificate, as ``openssl x509 -fingerprint`` computes it."""
    return hashlib.sha256(base64.b64decode(base64_der)).hexdigest()


def _described(text: str) -> dict[str, Any]:
    try:
        certificate = read_certificate(text)
    except ValueError as error:
        raise MetadataRefused(
            "metadata-certificate",
            "A signing certificate in the metadata {flaw}.",
            flaw=Sayable(error),
        ) from error
    return {
        "certificate": base64.b64encode(_der(text)).decode("ascii"),
        "not_before": int(certificate.not_valid_before_utc.timestamp()),
        "not_after": int(certificate.not_valid_after_utc.timestamp()),
    }


def _der(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)
