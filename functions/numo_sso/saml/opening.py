"""Opens an encrypted assertion, and lets the gate look at what was inside."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import xmlsec
from lxml import etree

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.gate import Admitted, admit_document

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
        opened = _opened_with(admitted, key)
        if opened is not None:
            return _admitted(opened)
    raise Refused("response-untrusted", "encrypted for none of our keys")


def _admitted(opened: bytes) -> Opened:
    inside = admit_document(opened)
    if not isinstance(inside, Admitted):
        raise Refused("response-malformed", "something else than an assertion was encrypted")
    return inside


def _opened_with(admitted: Admitted, key: xmlsec.Key) -> bytes | None:
    response = deepcopy(admitted.response)
    sealed = response.find(names.ENCRYPTED_ASSERTION)
    data = sealed.find(names.ENCRYPTED_DATA) if sealed is not None else None
    manager = xmlsec.KeysManager()
    manager.add_key(key)
    if sealed is None or data is None:
        return None
    try:
        assertion = xmlsec.EncryptionContext(manager).decrypt(data)
    except (xmlsec.Error, etree.LxmlError):
        return None
    if not isinstance(assertion, etree._Element):  # noqa: SLF001  # lxml has no other name for it
        return None
    assertion.tail = None
    response.replace(sealed, assertion)
    # Parsed anew, so that gate, library and policy read what these bytes say and nothing else.
    return etree.tostring(response, encoding="UTF-8", xml_declaration=True)
