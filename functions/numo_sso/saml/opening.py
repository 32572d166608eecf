"""Opens an encrypted assertion, and lets the gate look at what was inside."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import xmlsec
from lxml import etree

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.gate import Admitted, admit_document, check_bytes, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

Opened = Admitted
"""A response whose assertion was encrypted and is not any more; it has passed the gate twice."""


def open_assertion(admitted: Admitted, keys: Sequence[xmlsec.Key]) -> Opened:
    """Decrypt the assertion with whichever of our keys fits, and pass the result by the gate.

    Args:
        admitted: a response whose ``content`` is an EncryptedAssertion.
        keys: our private keys; during a rollover the hub may use either.

    Raises:
        Refused: ``response-untrusted`` where none fits; as the gate, for what was inside. From
            outside all of them look alike, so none is an oracle.
    """
    for key in keys:
        inside = _decrypted(admitted.content, key)
        if inside is not None:
            return _admitted(admitted, inside)
    raise Refused("response-untrusted", "encrypted for none of our keys")


def _decrypted(sealed: etree._Element, key: xmlsec.Key) -> bytes | None:
    """What was encrypted, as bytes: told of no type, xmlsec does not parse it.

    Where it does, libxml2 prints what it cannot parse to the function's log.
    """
    (data,) = deepcopy(sealed).iterchildren(names.ENCRYPTED_DATA)
    del data.attrib["Type"]
    manager = xmlsec.KeysManager()
    manager.add_key(key)
    try:
        inside: Any = xmlsec.EncryptionContext(manager).decrypt(data)
    except xmlsec.Error:
        return None
    return bytes(inside)


def _admitted(admitted: Admitted, inside: bytes) -> Opened:
    """The response as if the assertion had come plain, by the same gate.

    Parsed anew, so that gate, library and policy read what these bytes say and nothing else.
    """
    response = deepcopy(admitted.response)
    (sealed,) = response.iterchildren(names.ENCRYPTED_ASSERTION)
    response.replace(sealed, _element(inside, sealed))
    raw = etree.tostring(response, encoding="UTF-8", xml_declaration=True)
    opened = admit_document(raw)
    if not isinstance(opened, Admitted):
        raise _odd()
    return opened


def _element(inside: bytes, sealed: etree._Element) -> etree._Element:
    """The one element inside, by the namespaces that were in force where it stood."""
    spaces: Any = sealed.nsmap  # lxml's stubs know no default namespace
    start = etree.tostring(etree.Element("opened", nsmap=spaces))
    document = start.removesuffix(b"/>") + b">" + inside + b"</opened>"
    check_bytes(document)
    opened = parse(document)
    if len(opened) != 1 or (opened.text or "").strip() or (opened[0].tail or "").strip():
        raise _odd()
    opened[0].tail = None
    return opened[0]


def _odd() -> Refused:
    return Refused("response-malformed", "something else than an assertion was encrypted")
