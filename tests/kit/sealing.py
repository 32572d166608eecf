"""Encrypts an assertion as a hub does that has our certificate."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import xmlsec
from lxml import etree

from numo_local.hub.names import SAML
from numo_sso.saml.names import DIGEST_METHOD, ENCRYPTION_METHOD


@dataclass(frozen=True)
class Seal:
    """How to encrypt: content by an algorithm with a key of so many bits, that key by another."""

    content: Any = xmlsec.constants.TransformAes256Gcm
    bits: int = 256
    kind: Any = xmlsec.constants.KeyDataAes
    transport: Any = xmlsec.constants.TransformRsaOaep
    oaep: str = ""
    """The name of another OAEP, which the binding has no constant for."""
    digest: str = ""
    """OAEP's own digest; SHA-1 where it is not said."""


def seal(
    response: bytes, certificate: str, how: Seal = Seal(), inner: bytes = b""
) -> bytes:  # it is frozen
    """The response with its assertion encrypted.

    Args:
        response: XML with one plain assertion.
        certificate: of whoever is to open it, base64 DER.
        how: the algorithms; AES-256-GCM and RSA-OAEP where it is not said.
        inner: what is encrypted in the assertion's place.
    """
    root = etree.fromstring(response)
    assertion = root.find(f"{{{SAML}}}Assertion")
    assert assertion is not None
    place = etree.Element(f"{{{SAML}}}EncryptedAssertion")
    root.replace(assertion, place)
    place.append(_encrypted(inner or etree.tostring(assertion), certificate, how))
    return etree.tostring(root)


def _encrypted(inner: bytes, certificate: str, how: Seal) -> etree._Element:
    holder = etree.Element("holder")
    template = xmlsec.template.encrypted_data_create(
        holder, how.content, type=xmlsec.constants.TypeEncElement, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(template)
    info = xmlsec.template.encrypted_data_ensure_key_info(template, ns="dsig")
    key = xmlsec.template.add_encrypted_key(info, how.transport)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    method = key.find(ENCRYPTION_METHOD)
    assert method is not None
    if how.oaep:
        method.set("Algorithm", how.oaep)
    if how.digest:
        etree.SubElement(method, DIGEST_METHOD).set("Algorithm", how.digest)
    manager = xmlsec.KeysManager()
    der = base64.b64decode(certificate)
    manager.add_key(xmlsec.Key.from_memory(der, xmlsec.constants.KeyDataFormatCertDer))
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(how.kind, how.bits, xmlsec.constants.KeyDataTypeSession)
    return context.encrypt_binary(template, inner)
