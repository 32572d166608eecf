"""The form of an encrypted assertion that opens in one way only, and tells nothing by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.signature_shape import check_key_info

if TYPE_CHECKING:
    from lxml import etree


def check_encrypted(sealed: etree._Element) -> None:
    """One EncryptedData, with the one EncryptedKey for it inside, and values in place.

    Raises:
        Refused: ``response-malformed``.
        OddSignature: a KeyInfo in it points elsewhere.
    """
    (data,) = _only(sealed, [names.ENCRYPTED_DATA])
    if data.get("Type") != names.ENCRYPTED_ELEMENT:
        raise _malformed("encrypted content of another kind")
    method, key_info, cipher = _only(
        data, [names.ENCRYPTION_METHOD, names.KEY_INFO, names.CIPHER_DATA]
    )
    if method.get("Algorithm") not in names.CONTENT_ALGORITHMS or len(method):
        raise _malformed("a content encryption that is not allowed")
    _only(cipher, [names.CIPHER_VALUE])
    (key,) = _only(key_info, [names.ENCRYPTED_KEY])
    _check_key(key)


def _check_key(key: etree._Element) -> None:
    """A key may show for which certificate it is; each of ours is tried all the same."""
    method, *key_infos, cipher = _only(
        key,
        [names.ENCRYPTION_METHOD, names.CIPHER_DATA],
        [names.ENCRYPTION_METHOD, names.KEY_INFO, names.CIPHER_DATA],
    )
    for key_info in key_infos:
        check_key_info(key_info)
    if method.get("Algorithm") not in names.KEY_ALGORITHMS:
        raise _malformed("a key encryption that is not allowed")
    parameters = list(method.iterchildren("*"))
    if len(parameters) > 1 or any(not _is_digest(each) for each in parameters):
        raise _malformed("a key encryption with other parameters")
    _only(cipher, [names.CIPHER_VALUE])


def _is_digest(parameter: etree._Element) -> bool:
    """OAEP's own digest. Its mask cannot be another than the default: SAML's schema knows none."""
    allowed = parameter.get("Algorithm") in names.OAEP_DIGESTS
    return parameter.tag == names.DIGEST_METHOD and allowed and not len(parameter)


def _only(parent: etree._Element, *allowed: list[str]) -> list[etree._Element]:
    children = list(parent.iterchildren("*"))
    if [child.tag for child in children] not in allowed:
        raise _malformed("an encrypted part of another form")
    return children


def _malformed(detail: str) -> Refused:
    return Refused("response-malformed", detail)
