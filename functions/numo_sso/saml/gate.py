"""The gate: bytes and shape of a response, before any library may act on what it says.

A response that passes has exactly the form that the hub sends: one Response, one Assertion at its
place, signatures that can only mean one thing. Whether they are genuine is for the verification.
Each check is a function of its own, and all of them are listed in :func:`admit_document`, in order.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from numo_sso.outcomes import Refused
from numo_sso.saml import names
from numo_sso.saml.apart import apart
from numo_sso.saml.encryption_shape import check_encrypted
from numo_sso.saml.form import MAX_RESPONSE_BYTES
from numo_sso.saml.ids import ids_in
from numo_sso.saml.signature_places import check_signatures
from numo_sso.saml.signature_shape import OddSignature

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_DEPTH = 32
_MAX_NODES = 2000
_MAX_ATTRIBUTES = 32
_MAX_ATTRIBUTES_IN_ALL = 2000
_MAX_NAMESPACES = 256
"""Declarations in the whole document: canonical XML looks at all of them at each node."""
_MAX_TAG = 1024
"""Bytes up to its end. A namespace is copied at each name in it, and in each error of it."""
_TAG = re.compile(rb"""<(?:[^<>"']++|"[^<"]*+"|'[^<']*+'|["'])*+""")
"""A tag without its end, which a value may hold as well; outside tags a quote means nothing. What
was read once is not gone back to: else a post of quotes costs what it would save."""
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (_MAX_DEPTH + 1)})")
_TOO_MANY_AT_ONE = etree.XPath(f"boolean(descendant-or-self::*/@*[{_MAX_ATTRIBUTES + 1}])")
_ATTRIBUTES: Callable[[etree._Element], Any] = etree.XPath("count(descendant-or-self::*/@*)")
"""Asked of libxml2 in one go: at each node from Python they were a tenth of a verification."""
_ENCRYPTED = ("EncryptedData", "EncryptedKey", "EncryptedID", "EncryptedAttribute")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_DECLARATION = re.compile(
    r"""<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')"""
    r"""(?:\s+encoding\s*=\s*(?:"(?:utf-8|us-ascii)"|'(?:utf-8|us-ascii)'))?"""
    r"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>""",
    re.IGNORECASE,
)
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,255}")
"""An NCName without a sign that two programs could read differently."""


@dataclass(frozen=True)
class Answer:
    """A response of the right form. Nothing in it is verified yet."""

    response: etree._Element

    @property
    def in_response_to(self) -> str:
        """The request that it claims to answer; empty where it names none."""
        return self.response.get("InResponseTo", "")


@dataclass(frozen=True)
class Declined(Answer):
    """The hub says no: a status other than Success, and no assertion."""

    status: str
    """Both levels of it, for the log."""


@dataclass(frozen=True)
class Admitted(Answer):
    """A response with an assertion in it."""

    content: etree._Element
    """The one assertion; or, where encryption is configured, the EncryptedAssertion."""

    @property
    def encrypted(self) -> bool:
        return self.content.tag == names.ENCRYPTED_ASSERTION


class Survey(NamedTuple):
    """What is in a document."""

    kinds: Counter[str]
    """How often each local name occurs, in any namespace: a look-alike is as bad as a second."""
    ids: list[str]
    """See :func:`numo_sso.saml.ids.ids_in`."""


def admit(encoded: str, *, encryption: bool = False) -> Admitted | Declined:
    """Decode a ``SAMLResponse`` and check its form.

    Args:
        encoded: base64, as it was posted.
        encryption: whether this deployment takes an encrypted assertion in an assertion's place.

    Raises:
        Refused: ``body-malformed``, ``body-too-large``, ``response-malformed`` or
            ``response-untrusted``.
    """
    return admit_document(decode(encoded), encryption=encryption)


def admit_document(raw: bytes, *, encryption: bool = False) -> Admitted | Declined:
    """Check the form of a response. What was encrypted passes here again, once it is opened."""
    check_bytes(raw)
    document = parse(raw)
    survey = survey_of(document)
    check_root(document, survey)
    check_ids(survey)
    check_encryption(survey, encryption=encryption)
    if not survey.kinds["Assertion"] and not survey.kinds["EncryptedAssertion"]:
        return declined(document)
    try:
        return admitted(document, survey)
    except OddSignature as odd:
        raise _malformed(str(odd)) from odd


def decode(encoded: str) -> bytes:
    """Strict base64; line breaks are legal, other strange signs are not."""
    folded = encoded.replace("\r", "").replace("\n", "")
    if not _BASE64.fullmatch(folded) or len(folded) % 4:
        raise Refused("body-malformed", "not base64")
    raw = base64.b64decode(folded)
    if len(raw) > MAX_RESPONSE_BYTES:
        raise Refused("body-too-large", "the response exceeds its limit")
    spare = len(raw) % 3
    if spare and base64.b64encode(raw[-spare:]).decode() != folded[-4:]:
        raise Refused("body-malformed", "base64 with bits to spare")
    return raw


def check_bytes(raw: bytes) -> None:
    """UTF-8 that says so or says nothing, and nothing that a parser would have to work through."""
    try:
        text = raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _malformed("not UTF-8") from error
    if re.match(r"<\?xml\s", text) and not _DECLARATION.match(text):
        raise _malformed("another XML version or encoding")
    if "<!DOCTYPE" in text:  # without one there is no entity either
        raise _malformed("a DTD")
    if raw.count(b"<") > 2 * _MAX_NODES or raw.count(b"xmlns") > _MAX_NAMESPACES:
        raise _malformed("too many tags or namespaces")
    if any(len(tag) > _MAX_TAG for tag in _TAG.findall(raw)):
        raise _malformed("a tag beyond all measure")


def parse(raw: bytes) -> etree._Element:
    """XML; the parser neither resolves entities nor opens anything."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        return apart(lambda: etree.fromstring(raw, parser))
    except etree.XMLSyntaxError as error:
        raise _malformed("not XML") from error


def survey_of(document: etree._Element) -> Survey:
    """Go over the document once, and refuse what is larger than anything honest.

    Raises:
        Refused: ``response-malformed``; bounds here keep every later step short.
    """
    tags = [node.tag for node in document.iter()]  # comments and instructions have one as well
    if len(tags) > _MAX_NODES:
        raise _malformed("too many nodes")
    if _TOO_DEEP(document):
        raise _malformed("too deep")
    if _TOO_MANY_AT_ONE(document) or _ATTRIBUTES(document) > _MAX_ATTRIBUTES_IN_ALL:
        raise _malformed("too many attributes")
    kinds = Counter(tag.rpartition("}")[2] for tag in tags if isinstance(tag, str))
    return Survey(kinds, ids_in(document))


def check_root(document: etree._Element, survey: Survey) -> None:
    if document.tag != names.RESPONSE or survey.kinds["Response"] != 1:
        raise _malformed("not one Response as root")


def check_encryption(survey: Survey, *, encryption: bool) -> None:
    """Nothing is encrypted but the assertion, and that only where it is configured."""
    sealed = survey.kinds["EncryptedAssertion"]
    if sealed and not encryption:
        raise _malformed("an encrypted assertion, and no encryption is configured")
    if not sealed and any(survey.kinds[kind] for kind in _ENCRYPTED):
        raise _malformed("an encrypted part")


def declined(document: etree._Element) -> Declined:
    """A response without an assertion, which must then say why.

    Signed or not, it logs nobody in, so its signatures are not looked at.
    """
    code = document.find(f"{names.STATUS}/{names.STATUS_CODE}")
    if code is None or code.get("Value") == names.STATUS_SUCCESS:
        raise _malformed("not exactly one assertion at its place")
    return Declined(document, _status(document))


def admitted(document: etree._Element, survey: Survey) -> Admitted:
    """A response with an assertion, plain or encrypted, and with signatures in their places."""
    content = the_content(document, survey)
    check_instructions(content)
    if content.tag == names.ENCRYPTED_ASSERTION:
        check_encrypted(content)
        check_signatures(document, None, survey.kinds)
    else:
        check_signatures(document, content, survey.kinds)
    return Admitted(document, content)


def the_content(document: etree._Element, survey: Survey) -> etree._Element:
    """The one assertion, a child of the Response; none may hide elsewhere in the document."""
    plain, sealed = survey.kinds["Assertion"], survey.kinds["EncryptedAssertion"]
    content = document.find(names.ENCRYPTED_ASSERTION if sealed else names.ASSERTION)
    if content is None or plain + sealed != 1:
        raise _malformed("not exactly one assertion at its place")
    return content


def check_instructions(content: etree._Element) -> None:
    """No comment or processing instruction in the assertion: they split what a reader sees.

    Outside it they are ignored: whoever reads there reads past them.
    """
    if (
        next(content.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity), None)
        is not None
    ):
        raise _malformed("a comment, entity or processing instruction inside the assertion")


def check_ids(survey: Survey) -> None:
    if len(survey.ids) != len(set(survey.ids)):
        raise _malformed("an id that occurs twice")
    if any(not _ID.fullmatch(each) for each in survey.ids):
        raise _malformed("an id of another form")


def _status(document: etree._Element) -> str:
    """Both levels of the status, for the log: nobody verified them, so only their letters."""
    path = f"{names.STATUS}/{names.STATUS_CODE}"
    codes = [document.find(path), document.find(f"{path}/{names.STATUS_CODE}")]
    values = [code.get("Value", "").rpartition(":")[2] for code in codes if code is not None]
    return "/".join(re.sub(r"[^A-Za-z]", "", value[:40]) for value in values)


def _malformed(detail: str) -> Refused:
    return Refused("response-malformed", detail)
