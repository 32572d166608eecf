"""The signature over the whole document, by the one certificate that the deployment names.

xmlsec would follow whatever a signature asks for, so its form is checked first: it can only mean
the root, read in one way, signed by an algorithm that holds. What is then read is what was signed.

Importing this module also ends libxmlsec's own way of opening files and URLs named in a document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import xmlsec
from cryptography.hazmat.primitives.serialization import Encoding

from numo_sso.federation import names
from numo_sso.federation.certificates import read_certificate
from numo_sso.federation.codes import MetadataRefused

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from lxml.etree import _Element

xmlsec.cleanup_callbacks()

_KNOWN = xmlsec.constants
_DIGESTS = (_KNOWN.TransformSha256, _KNOWN.TransformSha384, _KNOWN.TransformSha512)
_REFERENCE_TRANSFORMS = (_KNOWN.TransformEnveloped, _KNOWN.TransformExclC14N, *_DIGESTS)
_SIGNATURE_TRANSFORMS = (
    _KNOWN.TransformExclC14N,
    _KNOWN.TransformRsaSha256,
    _KNOWN.TransformRsaSha384,
    _KNOWN.TransformRsaSha512,
    _KNOWN.TransformEcdsaSha256,
    _KNOWN.TransformEcdsaSha384,
    _KNOWN.TransformEcdsaSha512,
)


def verify(root: _Element, certificate: str) -> None:
    """Accept a document whose root is signed by ``certificate`` (base64 DER).

    The certificate's own dates are not looked at: it is the key that the deployment names.

    Raises:
        MetadataRefused: ``metadata-signature``, or ``metadata-signature-certificate``.
    """
    signer = _signer(certificate)
    signature = _the_signature(root)
    _check_signed_info(signature[0], root.get("ID", ""))
    try:
        _context(root, signer).verify(signature)
    except xmlsec.Error as error:
        raise _refused("is not by the certificate that this deployment names") from error


def remove_signature(root: _Element) -> None:
    """Take the root's signature out: what stands inside it is not signed, and is no metadata."""
    for signature in root.findall(names.SIGNATURE):
        root.remove(signature)


def _signer(certificate: str) -> Certificate:
    try:
        return read_certificate(certificate)
    except ValueError as error:
        message = f"The certificate in IdpMetadataCertificate {error}."
        raise MetadataRefused("metadata-signature-certificate", message) from error


def _context(root: _Element, signer: Certificate) -> xmlsec.SignatureContext:
    """A verification that knows one key, one id and these transforms, and looks for no other."""
    context = xmlsec.SignatureContext()
    # With a key of its own xmlsec never looks into KeyInfo.
    context.key = xmlsec.Key.from_memory(
        signer.public_bytes(Encoding.DER), _KNOWN.KeyDataFormatCertDer
    )
    for transform in _REFERENCE_TRANSFORMS:
        context.enable_reference_transform(transform)
    for transform in _SIGNATURE_TRANSFORMS:
        context.enable_signature_transform(transform)
    if root.get("ID"):
        context.register_id(root, "ID")
    return context


def _the_signature(root: _Element) -> _Element:
    signatures = list(root.iter(names.SIGNATURE))
    if not signatures:
        raise _refused("is missing")
    if len(signatures) > 1 or signatures[0].getparent() is not root:
        raise _refused("is not the only one, or not the root's")
    kinds = [child.tag for child in signatures[0]]
    expected = [names.SIGNED_INFO, names.SIGNATURE_VALUE]
    if kinds not in (expected, [*expected, names.KEY_INFO]):
        raise _refused("has another form")
    return signatures[0]


def _check_signed_info(signed_info: _Element, root_id: str) -> None:
    kinds = [child.tag for child in signed_info]
    if kinds != [names.CANONICALIZATION_METHOD, names.SIGNATURE_METHOD, names.REFERENCE]:
        raise _refused("does not have one reference")
    canonicalization, method, reference = signed_info
    if canonicalization.get("Algorithm") != names.EXCLUSIVE_C14N:
        raise _refused("uses another canonicalization")
    if method.get("Algorithm") not in names.SIGNATURE_ALGORITHMS or len(method):
        raise _refused("uses an algorithm that is not allowed")
    whole = {"", f"#{root_id}"} if root_id else {""}
    if reference.get("URI") not in whole:
        raise _refused("is over something else than the root")
    _check_reference(reference)


def _check_reference(reference: _Element) -> None:
    kinds = [child.tag for child in reference]
    if kinds != [names.TRANSFORMS, names.DIGEST_METHOD, names.DIGEST_VALUE]:
        raise _refused("has a reference of another form")
    transforms, digest, _ = reference
    algorithms = [each.get("Algorithm") for each in transforms]
    if algorithms not in ([names.ENVELOPED], [names.ENVELOPED, names.EXCLUSIVE_C14N]):
        raise _refused("uses transforms that are not allowed")
    if any(each.tag != names.TRANSFORM or not _is_plain(each) for each in transforms):
        raise _refused("uses transforms that are not allowed")
    if digest.get("Algorithm") not in names.DIGEST_ALGORITHMS or len(digest):
        raise _refused("uses a digest that is not allowed")


def _is_plain(transform: _Element) -> bool:
    """No content but the list of prefixes that exclusive canonicalization may have."""
    exclusive = transform.get("Algorithm") == names.EXCLUSIVE_C14N
    allowed = [[], [names.INCLUSIVE_NAMESPACES]] if exclusive else [[]]
    return [child.tag for child in transform] in allowed


def _refused(reason: str) -> MetadataRefused:
    return MetadataRefused("metadata-signature", f"The signature of the metadata {reason}.")
