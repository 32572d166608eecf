"""Whatever is done to a response: it is admitted and believed, or it ends in a coded outcome."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kit.canonical import covered
from kit.world import Browser, World
from numo_sso.journal import Journal
from numo_sso.login.admission import examine
from numo_sso.outcomes import Refused
from numo_sso.saml import gate, names, policy
from numo_sso.saml.form import read_form
from numo_sso.saml.identity import read_identity
from numo_sso.saml.verify import Verified

if TYPE_CHECKING:
    from numo_sso.saml.gate import Admitted, Declined

WORLD = World()
STARTED = WORLD.start(Browser())
GOOD = WORLD.answer(STARTED)
TWICE = WORLD.answer(STARTED, sign_response=True)
TRUST = WORLD.app.trust.get()

numbers = st.integers(0, 10_000)
texts = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    max_size=40,
)
ATTRIBUTE_NAMES = ("ID", "Id", "InResponseTo", "Version", "IssueInstant", "Name", "URI", "Method",
                   "Algorithm", "Recipient", "Destination", "NotOnOrAfter", "NotBefore", "Value",
                   "{urn:x}ID", "xmlns-like")  # fmt: skip


@st.composite
def edited(draw: st.DrawFn, document: bytes) -> bytes:
    """The document with up to three edits of its tree."""
    root = etree.fromstring(document)
    for _ in range(draw(st.integers(1, 3))):
        elements = list(root.iter("*"))
        element = elements[draw(numbers) % len(elements)]
        other = elements[draw(numbers) % len(elements)]
        match draw(st.sampled_from(("text", "set", "unset", "drop", "copy", "move", "comment"))):
            case "text":
                element.text = draw(texts)
            case "set":
                element.set(draw(st.sampled_from(ATTRIBUTE_NAMES)), draw(texts))
            case "unset" if element.attrib:
                keys = sorted(str(key) for key in element.attrib)
                del element.attrib[keys[draw(numbers) % len(keys)]]
            case "drop" if (parent := element.getparent()) is not None:
                parent.remove(element)
            case "copy":
                other.append(etree.fromstring(etree.tostring(element)))
            case "move" if element not in list(other.iterancestors()) and element is not other:
                other.append(element)
            case "comment":
                element.insert(0, etree.Comment("x"))
    return etree.tostring(root)


def admitted(document: bytes) -> Admitted | Declined:
    return gate.admit(base64.b64encode(document).decode())


def believed(document: bytes) -> Verified:
    journal = Journal(lambda: 0.0)
    return examine(admitted(document), TRUST, STARTED.request_id, WORLD.now, journal)


@pytest.mark.parametrize("document", [GOOD, TWICE], ids=["signed", "signed-twice"])
@settings(max_examples=500)
@given(data=st.data())
def test_an_edited_response_ends_in_an_outcome(document: bytes, data: st.DataObject) -> None:
    """And where it is believed, the assertion is the one that was signed, to the letter."""
    changed = data.draw(edited(document))
    try:
        verified = believed(changed)
    except Refused:
        return
    signed = believed(document).assertion
    assert covered(verified.assertion) == covered(signed)


@given(st.data())
def test_a_changed_signature_never_verifies(data: st.DataObject) -> None:
    """One sign of a digest or a signature value made another one."""
    root = etree.fromstring(GOOD)
    kind = data.draw(st.sampled_from((names.DIGEST_VALUE, names.SIGNATURE_VALUE)))
    element = next(root.iter(kind))
    text = (element.text or "").replace("\n", "")
    at = data.draw(st.integers(0, len(text.rstrip("=")) - 2))
    other = data.draw(st.sampled_from("ABCDabcd0189+/").filter(lambda sign: sign != text[at]))
    element.text = text[:at] + other + text[at + 1 :]
    with pytest.raises(Refused) as refused:
        believed(etree.tostring(root))
    assert refused.value.outcome.code == "response-untrusted"


@given(st.data())
def test_bytes_changed_anywhere_end_in_an_outcome(data: st.DataObject) -> None:
    """A few bytes of the document replaced, added or removed."""
    document = GOOD
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(document) - 1))
        piece = data.draw(st.one_of(st.binary(max_size=4), st.sampled_from(PIECES)))
        document = document[:at] + piece + document[at + data.draw(st.integers(0, 4)) :]
    with suppress(Refused):
        believed(document)


PIECES = (
    b"<!-- -->", b"<![CDATA[x]]>", b"&#0;", b"&#x10FFFF;", b"&lt;", b"<?x?>", b"\x00", b"\xff",
    b'xmlns="u"', b'xml:id="a"', b"<!DOCTYPE x>", b"\xef\xbb\xbf", b"]]>", b"<x/>",
)  # fmt: skip


@given(
    content_type=st.one_of(st.just("application/x-www-form-urlencoded"), texts),
    body=st.one_of(
        st.binary(max_size=200),
        st.builds(
            "&".join,
            st.lists(
                st.from_regex(r"(SAMLResponse|RelayState|x)=[A-Za-z0-9%+/=]{0,20}", fullmatch=True),
                max_size=10,
            ),
        ).map(str.encode),
    ),
)
def test_any_form_is_read_or_refused(content_type: str, body: bytes) -> None:
    """Content type and body of any kind."""
    with suppress(Refused):
        assert isinstance(read_form(content_type, body), str)


@given(st.data())
def test_the_policy_believes_no_other_exception(data: st.DataObject) -> None:
    """The policy and the identity alone, on trees that no signature protects."""
    try:
        passed = admitted(data.draw(edited(GOOD)))
        if isinstance(passed, gate.Admitted):
            policy.enforce(
                Verified(passed.response, passed.content),
                TRUST.expected(STARTED.request_id),
                WORLD.now,
            )
    except Refused:
        return


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                (
                    "nlEduPersonRealId",
                    "nlEduPersonHomeOrganizationId",
                    "eduPersonAffiliation",
                    "sn",
                    "givenName",
                    "nlEduPersonHomeOrganizationBranchId",
                    "x",
                )
            ),
            st.lists(texts, max_size=3),
        ),
        max_size=8,
    )
)
def test_any_attributes_are_an_identity_or_a_refusal(
    attributes: list[tuple[str, list[str]]],
) -> None:
    """What is read is trimmed, short and legible; anything else is refused with a code."""
    assertion = etree.Element(names.ASSERTION)
    statement = etree.SubElement(assertion, names.ATTRIBUTE_STATEMENT)
    for name, values in attributes:
        attribute = etree.SubElement(statement, names.ATTRIBUTE, Name=name)
        for value in values:
            etree.SubElement(attribute, names.ATTRIBUTE_VALUE).text = value
    with suppress(Refused):
        identity = read_identity(assertion)
        assert identity.code == identity.code.strip() != ""
        assert identity.realm == identity.realm.strip() != ""
        assert identity.brin.isascii()
        assert len(identity.brin) in (4, 6)
        assert len(identity.given_name) <= 256 * 3
