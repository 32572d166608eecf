"""Enveloped signatures as the hub makes them: RSA-SHA256 over exclusive canonical XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xmlsec

from numo_local.hub.names import SAML

if TYPE_CHECKING:
    from lxml import etree

    from numo_local.hub.key import HubKey


def sign(element: etree._Element, key: HubKey) -> None:
    """Put a signature over ``element`` (found by its ``ID``) right behind its Issuer."""
    signature = xmlsec.template.create(
        element,
        xmlsec.constants.TransformExclC14N,
        xmlsec.constants.TransformRsaSha256,
        ns="ds",
    )
    _refer(signature, element.attrib["ID"])
    issuer = element.find(f"{{{SAML}}}Issuer")
    element.insert(0 if issuer is None else element.index(issuer) + 1, signature)
    xmlsec.tree.add_ids(element, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(key.private_key, xmlsec.constants.KeyDataFormatPem)
    context.key.load_cert_from_memory(_pem(key.certificate), xmlsec.constants.KeyDataFormatPem)
    context.sign(signature)


def _refer(signature: etree._Element, element_id: str | bytes) -> None:
    reference = xmlsec.template.add_reference(
        signature, xmlsec.constants.TransformSha256, uri=f"#{element_id!s}"
    )
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    key_info = xmlsec.template.ensure_key_info(signature)
    xmlsec.template.x509_data_add_certificate(xmlsec.template.add_x509_data(key_info))


def _pem(certificate: str) -> bytes:
    return f"-----BEGIN CERTIFICATE-----\n{certificate}\n-----END CERTIFICATE-----\n".encode()
