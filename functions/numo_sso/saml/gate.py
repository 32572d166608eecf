"""The gate: bytes and shape of a response, before any library may act on what it says.

A response that passes has exactly the form that the hub sends: one Response, one Assertion at its
place, signatures that can only mean one thing. Whether they are genuine is for the verification.
Each check is a function of its own, and all of them are listed in :func:`admit`, in order.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qsl

from lxml import etree

from numo_sso.outcomes import Refused
from numo_sso.saml import names

MAX_RESPONSE_BYTES = 256 * 1024
MAX_BODY_BYTES = 3 * MAX_RESPONSE_BYTES
"""Base64 makes four of three, percent-encoding three of a few; nothing honest comes near."""
_MAX_DEPTH = 32
_MAX_NODES = 4000
_MAX_ATTRIBUTES = 32
_MAX_SIGNATURES = 2
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True)
class Admitted:
    """A response of the right form. Nothing in it is verified yet."""

    response: etree._Element
    assertion: etree._Element

    @property
    def in_response_to(self) -> str:
        """The request that it claims to answer; empty where it names none."""
        return self.response.get("InResponseTo", "")


def read_form(content_type: str, body: bytes) -> str:
    """The one ``SAMLResponse`` of a form post, still base64.

    RelayState is allowed and ignored: the flow is found by InResponseTo, never by it.

    Raises:
        Refused: ``body-unsupported``, ``body-too-large`` or ``body-malformed``.
    """
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Refused("body-unsupported", "not a form post")
    if len(body) > MAX_BODY_BYTES:
        raise Refused("body-too-large", "the body exceeds its limit")
    try:
        fields = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=8
        )
    except ValueError as error:  # UnicodeError is one
        raise Refused("body-malformed", "not a readable form") from error
    responses = [value for name, value in fields if name == "SAMLResponse"]
    if len(responses) != 1 or sum(name == "RelayState" for name, _ in fields) > 1:
        raise Refused("body-malformed", "not exactly one SAMLResponse and at most one RelayState")
    return responses[0]


def admit(encoded: str) -> Admitted:
    """Decode a ``SAMLResponse`` and check its form.

    Raises:
        Refused: ``body-malformed``, ``body-too-large`` or ``response-malformed``.
    """
    document = parse(decode(encoded))
    check_size(document)
    counts = local_names(document)
    check_root(document, counts)
    assertion = the_assertion(document, counts)
    check_instructions(document, assertion)
    check_ids(document)
    check_signatures(document, assertion)
    return Admitted(document, assertion)


def decode(encoded: str) -> bytes:
    """Strict base64; line breaks are legal, other strange signs are not."""
    folded = encoded.replace("\r", "").replace("\n", "")
    if not _BASE64.fullmatch(folded) or len(folded) % 4:
        raise Refused("body-malformed", "not base64")
    try:
        raw = base64.b64decode(folded, validate=True)
    except binascii.Error as error:
        raise Refused("body-malformed", "not base64") from error
    if len(raw) > MAX_RESPONSE_BYTES:
        raise Refused("body-too-large", "the response exceeds its limit")
    return raw


def parse(raw: bytes) -> etree._Element:
    """UTF-8 XML without DTD; the parser neither resolves entities nor opens anything."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed("not UTF-8") from error
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise _malformed("a DTD")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_blank_text=False,
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed("not XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _malformed("a DTD")
    return root


def check_size(document: etree._Element) -> None:
    """Bounded nodes, depth and attributes, so that no later step can be made to work long."""
    depth = 0
    nodes = 0
    for event, element in etree.iterwalk(document, events=("start", "end", "comment", "pi")):
        if event == "end":
            depth -= 1
            continue
        nodes += 1
        if event == "start":
            depth += 1
            if depth > _MAX_DEPTH or len(element.attrib) > _MAX_ATTRIBUTES:
                raise _malformed("too deep, or too many attributes")
        if nodes > _MAX_NODES:
            raise _malformed("too many nodes")


def local_names(document: etree._Element) -> Counter[str]:
    """How often each local name occurs, in any namespace: a look-alike is as bad as a second."""
    return Counter(etree.QName(node).localname for node in document.iter("*"))


def check_root(document: etree._Element, counts: Counter[str]) -> None:
    if document.tag != names.RESPONSE or counts["Response"] != 1:
        raise _malformed("not one Response as root")


def the_assertion(document: etree._Element, counts: Counter[str]) -> etree._Element:
    """The one assertion, a child of the Response; none may hide elsewhere in the document."""
    assertion = document.find(names.ASSERTION)
    if counts["EncryptedAssertion"]:
        raise _malformed("an encrypted assertion, and no encryption is configured")
    if not counts["Assertion"] and not _succeeded(document):
        raise Refused("hub-refused", f"status {_status(document)}")
    if assertion is None or counts["Assertion"] != 1:
        raise _malformed("not exactly one assertion at its place")
    return assertion


def check_instructions(document: etree._Element, assertion: etree._Element) -> None:
    """No comment or processing instruction where text is read: they split what a reader sees."""
    readable = [assertion, *(child for child in document if child.tag != names.ASSERTION)]
    for element in readable:
        if not isinstance(element.tag, str):
            continue  # between the children of the Response they are harmless, and ignored
        if any(not isinstance(node.tag, str) for node in element.iter()):
            raise _malformed("a comment, entity or processing instruction inside an element")


def check_ids(document: etree._Element) -> None:
    """All ids are unique, under each spelling that a schema or a library may take for one."""
    ids = [
        value
        for element in document.iter("*")
        for name, value in element.attrib.items()
        if etree.QName(name).localname.lower() == "id"
    ]
    if len(ids) != len(set(ids)):
        raise _malformed("an id that occurs twice")


def check_signatures(document: etree._Element, assertion: etree._Element) -> None:
    """At most two signatures, each a direct child of the element that it signs."""
    signatures = list(document.iter(names.SIGNATURE))
    if len(signatures) > _MAX_SIGNATURES:
        raise _malformed("too many signatures")
    holders = [signature.getparent() for signature in signatures]
    if any(holder is not document and holder is not assertion for holder in holders):
        raise _malformed("a signature away from Response and Assertion")
    if len(set(map(id, holders))) != len(holders):
        raise _malformed("two signatures on one element")
    if assertion not in holders:
        raise Refused("response-untrusted", "the assertion is not signed")
    for signature, holder in zip(signatures, holders, strict=True):
        _check_signature(signature, holder)


def _check_signature(signature: etree._Element, holder: etree._Element | None) -> None:
    kinds = [child.tag for child in signature]
    expected = [names.SIGNED_INFO, names.SIGNATURE_VALUE]
    if kinds not in (expected, [*expected, names.KEY_INFO]) or holder is None:
        raise _malformed("a signature of another form")
    _check_signed_info(signature[0], holder.get("ID", ""))
    for key_info in signature.iterchildren(names.KEY_INFO):
        _check_key_info(key_info)


def _check_signed_info(signed_info: etree._Element, holder_id: str) -> None:
    kinds = [child.tag for child in signed_info]
    if kinds != [names.CANONICALIZATION_METHOD, names.SIGNATURE_METHOD, names.REFERENCE]:
        raise _malformed("not one reference in a signature")
    canonicalization, method, reference = signed_info
    if canonicalization.get("Algorithm") != names.EXCLUSIVE_C14N:
        raise _malformed("another canonicalization")
    if method.get("Algorithm") not in names.SIGNATURE_ALGORITHMS or len(method):
        raise _malformed("a signature algorithm that is not allowed")
    if not holder_id or reference.get("URI") != f"#{holder_id}":
        raise _malformed("a reference to another element")
    _check_reference(reference)


def _check_reference(reference: etree._Element) -> None:
    kinds = [child.tag for child in reference]
    if kinds != [names.TRANSFORMS, names.DIGEST_METHOD, names.DIGEST_VALUE]:
        raise _malformed("a reference of another form")
    transforms = [transform.get("Algorithm") for transform in reference[0]]
    if any(transform.tag != names.TRANSFORM for transform in reference[0]) or transforms not in (
        [names.ENVELOPED],
        [names.ENVELOPED, names.EXCLUSIVE_C14N],
    ):
        raise _malformed("transforms that are not allowed")
    for transform in reference[0]:
        _check_transform(transform)
    if reference[1].get("Algorithm") not in names.DIGEST_ALGORITHMS or len(reference[1]):
        raise _malformed("a digest algorithm that is not allowed")


def _check_transform(transform: etree._Element) -> None:
    allowed = {f"{{{names.EXCLUSIVE_C14N}}}InclusiveNamespaces"}
    if transform.get("Algorithm") == names.ENVELOPED:
        allowed = set()
    if any(child.tag not in allowed or len(child) for child in transform) or len(transform) > 1:
        raise _malformed("a transform with content")


def _check_key_info(key_info: etree._Element) -> None:
    """A certificate may be shown, as the hub does; it is never used. Nothing may be fetched."""
    for node in key_info.iterdescendants("*"):
        space = etree.QName(node).namespace
        if space != names.DS or node.tag.endswith(("RetrievalMethod", "}Object", "Reference")):
            raise _malformed("a KeyInfo that points elsewhere")


def _succeeded(document: etree._Element) -> bool:
    code = document.find(f"{names.STATUS}/{names.STATUS_CODE}")
    return code is not None and code.get("Value") == names.STATUS_SUCCESS


def _status(document: etree._Element) -> str:
    """Both levels of the status, for the log: nobody verified them, so only their letters."""
    path = f"{names.STATUS}/{names.STATUS_CODE}"
    codes = [document.find(path), document.find(f"{path}/{names.STATUS_CODE}")]
    values = [code.get("Value", "").rpartition(":")[2] for code in codes if code is not None]
    return "/".join(re.sub(r"[^A-Za-z]", "", value[:40]) for value in values)


def _malformed(detail: str) -> Refused:
    return Refused("response-malformed", detail)
