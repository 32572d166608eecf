"""One signature against our own list of keys, with nothing allowed that the hub does not use.

Importing this module also ends libxmlsec's own way of opening files and URLs named in a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import xmlsec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

xmlsec.cleanup_callbacks()

_REFERENCE = (
    xmlsec.constants.TransformEnveloped,
    xmlsec.constants.TransformExclC14N,
    xmlsec.constants.TransformSha256,
    xmlsec.constants.TransformSha384,
    xmlsec.constants.TransformSha512,
)
_SIGNATURE = (
    xmlsec.constants.TransformExclC14N,
    xmlsec.constants.TransformRsaSha256,
    xmlsec.constants.TransformRsaSha384,
    xmlsec.constants.TransformRsaSha512,
    xmlsec.constants.TransformEcdsaSha256,
    xmlsec.constants.TransformEcdsaSha384,
    xmlsec.constants.TransformEcdsaSha512,
)
"""The gate's allow-lists once more, in the library that carries the transforms out."""


def verifies(signature: etree._Element, keys: Sequence[xmlsec.Key]) -> bool:
    """Whether one of ``keys`` made this signature; what its KeyInfo shows is never used."""
    return maker(signature, keys) is not None


def maker(signature: etree._Element, keys: Sequence[xmlsec.Key]) -> xmlsec.Key | None:
    """The one of ``keys`` that made this signature."""
    return next((key for key in keys if _made(signature, key)), None)


def _made(signature: etree._Element, key: xmlsec.Key) -> bool:
    context = xmlsec.SignatureContext()
    context.key = key
    for transform in _REFERENCE:
        context.enable_reference_transform(transform)
    for transform in _SIGNATURE:
        context.enable_signature_transform(transform)
    try:
        context.verify(signature)
    except xmlsec.Error:
        return False
    return True
