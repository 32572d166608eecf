"""Metadata signed as a federation signs it, or nearly so."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from kit.support import NOW

if TYPE_CHECKING:
    from collections.abc import Sequence

    SigningKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

KNOWN = xmlsec.constants


def self_signed(key: SigningKey) -> str:
    """A certificate of this key that is valid today, as base64 DER."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    today = datetime.fromtimestamp(NOW, UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=365))
        .sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode("ascii")


@dataclass(frozen=True)
class Signer:
    """Who signs metadata."""

    key: SigningKey
    certificate: str

    @classmethod
    def of(cls, key: SigningKey) -> Signer:
        return cls(key, self_signed(key))

    def sign(
        self,
        document: bytes,
        *,
        uri: str = "#_metadata",
        method: Any = KNOWN.TransformRsaSha256,
        digest: Any = KNOWN.TransformSha256,
        transforms: Sequence[Any] = (KNOWN.TransformEnveloped, KNOWN.TransformExclC14N),
    ) -> bytes:
        """The document with a signature as the root's first child. Its root gets an ID."""
        root = etree.fromstring(document)
        root.set("ID", "_metadata")
        signature = xmlsec.template.create(root, KNOWN.TransformExclC14N, method, ns="ds")
        root.insert(0, signature)
        reference = xmlsec.template.add_reference(signature, digest, uri=uri)
        for transform in transforms:
            xmlsec.template.add_transform(reference, transform)
        info = xmlsec.template.ensure_key_info(signature)
        xmlsec.template.x509_data_add_certificate(xmlsec.template.add_x509_data(info))
        xmlsec.tree.add_ids(root, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(self._pem(), KNOWN.KeyDataFormatPem)
        context.key.load_cert_from_memory(
            base64.b64decode(self.certificate), KNOWN.KeyDataFormatCertDer
        )
        context.sign(signature)
        return etree.tostring(root)

    def _pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
