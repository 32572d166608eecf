"""Documents whose canonical form is void or moves: what is digested is then not what is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad
from attack.pen import resealed
from attack.surgery import (
    EVIL_PUPIL,
    assertion_of,
    bad_edit,
    cut,
    holding,
    part,
    rewritten,
    value_of,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

JENSEN = "Jensen et al., The Curse of Namespaces in the Domain of XML Signature, SWS 2009"
SCHEMA = "not valid by the schema of SAML"
NO_KEY = "a signature by none of the keys in force"


@bad(JENSEN, "response-malformed", SCHEMA)
def type_prefix_is_redefined_outside_the_signed_part(bench: Bench) -> bytes:
    """A prefix that is used in a value only is not signed by exclusive canonical XML."""
    declared = b'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return rewritten(bench.good(), declared, b'xmlns:xs="urn:x"')


@bad(JENSEN, "response-untrusted", NO_KEY)
def default_namespace_moves_into_the_signed_part(bench: Bench) -> bytes:
    """An element without a prefix in the assertion belongs to whatever surrounds it."""
    document = resealed(bench, _element_in_the_surname)
    return rewritten(document, b"<samlp:Response ", b"<samlp:Response xmlns='urn:evil' ")


@bad_edit(
    "PortSwigger, The Fragile Lock, 2025; CVE-2025-66475, CVE-2025-66568",
    "response-untrusted",
    NO_KEY,
)
def relative_namespace_voids_the_canonical_form(root: etree._Element) -> None:
    """Canonical XML fails on a relative namespace: the digest of nothing would then be right."""
    true = assertion_of(root)
    value_of(true, "nlEduPersonRealId").text = f"{EVIL_PUPIL}@petteflatcollege"
    void = true.makeelement("{1}void", nsmap={"v": "1"})
    part(true, "saml:Conditions").addnext(holding("saml:Advice", void))
    part(true, ".//ds:DigestValue").text = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


@bad("CVE-2025-66475 (xmlseclibs)", "response-untrusted", NO_KEY)
def relative_namespace_on_the_response(bench: Bench) -> bytes:
    """All within is in its scope, and nothing of it has a canonical form any more."""
    return rewritten(bench.good(), b"<samlp:Response ", b"<samlp:Response xmlns:v='1' ")


@bad_edit(
    "PortSwigger, The Fragile Lock, 2025; CVE-2025-66475, CVE-2025-66568",
    "response-untrusted",
    NO_KEY,
)
def relative_namespace_in_the_signed_info(root: etree._Element) -> None:
    """The canonical SignedInfo would be empty, and a signature over nothing is easily had."""
    value_of(root, "nlEduPersonRealId").text = f"{EVIL_PUPIL}@petteflatcollege"
    signed_info = part(root, ".//ds:SignedInfo")
    fresh = signed_info.makeelement(signed_info.tag, nsmap={"v": "1", "ds": names.DS})
    fresh.extend(list(signed_info))
    signed_info.addprevious(fresh)
    cut(signed_info)


def _element_in_the_surname(root: etree._Element) -> None:
    """An element without a prefix, as the value."""
    value = value_of(root, "sn")
    value.attrib.clear()
    inner = value.makeelement("x", {})
    inner.text, value.text = value.text, None
    value.append(inner)
