"""The signature over the whole document, by the one certificate that the deployment names.

It is held to the form that a response's is: it can only mean the root, read in one way, signed by
an algorithm that holds. What is then read is what was signed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding

from numo_sso.federation.certificates import read_certificate
from numo_sso.federation.codes import MetadataRefused, Sayable
from numo_sso.saml import names
from numo_sso.saml.signature import verifies
from numo_sso.saml.signature_shape import OddSignature, check_signature

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import _Element

_CODE = "metadata-signature"


def verify(root: _Element, certificate: str) -> None:
    """Accept a document whose root is signed by ``certificate`` (base64 DER).

    The certificate's own dates are not looked at: it is the key that the deployment names.

    Raises:
        MetadataRefused: ``metadata-signature``, or ``metadata-signature-certificate``.
    """
    signer = _signer(certificate)
    signature = _the_signature(root)
    root_id = root.get("ID")
    try:
        check_signature(signature, {"", f"#{root_id}"} if root_id else {""})
    except OddSignature as odd:
        raise MetadataRefused(
            _CODE, "The signature of the metadata has another form: {form}.", form=Sayable(odd)
        ) from odd
    if root_id:
        xmlsec.tree.add_ids(root, ["ID"])
    if not verifies(signature, [_key(signer)]):
        raise MetadataRefused(
            _CODE,
            "The signature of the metadata is not by the certificate that this deployment names.",
        )


def remove_signature(root: _Element) -> None:
    """Take the root's signature out: what stands inside it is not signed, and is no metadata."""
    for signature in root.findall(names.SIGNATURE):
        root.remove(signature)


def _signer(certificate: str) -> Certificate:
    try:
        return read_certificate(certificate)
    except ValueError as error:
        raise MetadataRefused(
            "metadata-signature-certificate",
            "The certificate in IdpMetadataCertificate {flaw}.",
            flaw=Sayable(error),
        ) from error


def _key(signer: Certificate) -> xmlsec.Key:
    der = signer.public_bytes(Encoding.DER)
    return xmlsec.Key.from_memory(der, xmlsec.constants.KeyDataFormatCertDer)


def _the_signature(root: _Element) -> _Element:
    signatures = list(root.iter(names.SIGNATURE))
    if not signatures:
        raise MetadataRefused(_CODE, "The signature of the metadata is missing.")
    if len(signatures) > 1 or signatures[0].getparent() is not root:
        raise MetadataRefused(
            _CODE, "The signature of the metadata is not the only one, or not the root's."
        )
    return signatures[0]
