"""Encrypts an assertion as a hub does that has our certificate."""

from __future__ import annotations

import base64

import xmlsec
from lxml import etree

from numo_local.hub.names import SAML


def seal(response: bytes, certificate: str) -> bytes:
    """The response with its assertion encrypted: AES-256-GCM, its key by RSA-OAEP.

    Args:
        response: XML with one plain assertion.
        certificate: of whoever is to open it, base64 DER.
    """
    root = etree.fromstring(response)
    assertion = root.find(f"{{{SAML}}}Assertion")
    assert assertion is not None
    place = etree.Element(f"{{{SAML}}}EncryptedAssertion")
    root.replace(assertion, place)
    place.append(_encrypted(assertion, certificate))
    return etree.tostring(root)


def _encrypted(assertion: etree._Element, certificate: str) -> etree._Element:
    alone = etree.fromstring(etree.tostring(assertion))
    element = xmlsec.constants.TypeEncElement
    template = xmlsec.template.encrypted_data_create(
        alone, xmlsec.constants.TransformAes256Gcm, type=element, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(template)
    info = xmlsec.template.encrypted_data_ensure_key_info(template, ns="dsig")
    key = xmlsec.template.add_encrypted_key(info, xmlsec.constants.TransformRsaOaep)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    manager = xmlsec.KeysManager()
    der = base64.b64decode(certificate)
    manager.add_key(xmlsec.Key.from_memory(der, xmlsec.constants.KeyDataFormatCertDer))
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(
        xmlsec.constants.KeyDataAes, 256, xmlsec.constants.KeyDataTypeSession
    )
    return context.encrypt_xml(template, alone)
