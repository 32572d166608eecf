"""Comments and instructions: canonical XML drops what splits a text for its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from attack.case import bad, good
from attack.pen import Pen
from attack.surgery import assertion_of, bad_edit, bad_table, part, value_of, without_signature

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench
    from attack.case import Edit

DUO = "CVE-2017-11427 to 11430, CVE-2018-0489, CVE-2018-5387 (Duo, 2018)"
INSIDE = "a comment, entity or processing instruction inside the assertion"


def split(element: etree._Element, node: etree._Element, at: int) -> None:
    """Put ``node`` into an element's text."""
    text = element.text or ""
    node.tail = text[at:]
    element.text = text[:at]
    element.insert(0, node)


def _splits(make: Callable[[], etree._Element], at: int, path: str) -> Edit:
    def edit(root: etree._Element) -> None:
        split(part(root, path), make(), at)

    return edit


def _attribute(name: str) -> str:
    return f".//saml:Attribute[@Name='{name}']/saml:AttributeValue"


_READ = {
    "real-id": (_attribute("nlEduPersonRealId"), 3),
    "brin": (_attribute("nlEduPersonHomeOrganizationId"), 2),
    "affiliation": (_attribute("eduPersonAffiliation"), 7),
    "name-id": (".//saml:NameID", 5),
    "issuer": ("saml:Assertion/saml:Issuer", 30),
    "audience": (".//saml:Audience", 20),
    "authenticating-authority": (".//saml:AuthenticatingAuthority", 10),
    "digest-value": ("saml:Assertion//ds:DigestValue", 8),
    "signature-value": ("saml:Assertion//ds:SignatureValue", 8),
    "certificate": ("saml:Assertion//ds:X509Certificate", 8),
}

bad_table(
    __name__,
    f"{DUO}: the text up to the comment is read",
    "response-malformed",
    {
        f"a-comment-in-the-{place}": (_splits(lambda: etree.Comment("x"), at, path), INSIDE)
        for place, (path, at) in _READ.items()
    },
)
bad_table(
    __name__,
    f"{DUO}, by a processing instruction: canonical XML keeps it, readers stop at it",
    "response-malformed",
    {
        f"an-instruction-in-the-{place}": (_splits(lambda: etree.PI("x", "y"), at, path), INSIDE)
        for place, (path, at) in _READ.items()
    },
)


@bad_edit(DUO, "response-malformed", INSIDE)
def an_empty_comment_before_the_real_id(root: etree._Element) -> None:
    """The text of an element then begins empty."""
    split(value_of(root, "nlEduPersonRealId"), etree.Comment(""), 0)


@bad_edit(DUO, "response-malformed", INSIDE)
def a_comment_behind_the_real_id(root: etree._Element) -> None:
    """Harmless where it stands, and no hub of ours writes one."""
    split(value_of(root, "nlEduPersonRealId"), etree.Comment("x"), 99)


@bad_edit(DUO, "response-malformed", INSIDE)
def a_comment_between_two_attributes(root: etree._Element) -> None:
    """It changes no text; yet a parser that drops it and one that does not differ in nodes."""
    part(root, ".//saml:Attribute").addnext(etree.Comment("x"))


@bad_edit("CVE-2025-29775 (xml-crypto)", "response-malformed", INSIDE)
def a_forged_digest_in_front_of_a_comment(root: etree._Element) -> None:
    """One reader takes the text before the comment, another all of it."""
    value = part(root, ".//ds:DigestValue")
    forged = "A" * 43 + "="
    value.text = forged + (value.text or "")
    split(value, etree.Comment("x"), len(forged))


@bad("CVE-2018-0489 (Shibboleth XMLTooling)", "response-malformed", INSIDE)
def a_comment_that_the_hub_itself_signs(bench: Bench) -> bytes:
    """A pupil whose name holds a comment at the school's own provider: genuine all the same."""
    root = bench.tree()
    true = without_signature(assertion_of(root))
    split(value_of(true, "nlEduPersonRealId"), etree.Comment("x"), 3)
    Pen(bench.hub).sign(true)
    return bench.written(root)


@bad("CVE-2018-7340 (Duo Network Gateway)", "response-malformed", INSIDE)
def an_instruction_that_the_hub_itself_signs(bench: Bench) -> bytes:
    """The same with an instruction, which canonical XML keeps."""
    root = bench.tree()
    true = without_signature(assertion_of(root))
    split(value_of(true, "nlEduPersonRealId"), etree.PI("x", "y"), 3)
    Pen(bench.hub).sign(true)
    return bench.written(root)


@bad_edit(DUO, "response-refused", "issued by another")
def an_issuer_of_the_response_that_is_right_up_to_a_comment(root: etree._Element) -> None:
    """Nobody signed this Issuer: all of its text counts, not what is before the comment."""
    issuer = part(root, "saml:Issuer")
    comment = etree.Comment("x")
    comment.tail = ".evil.example"
    issuer.append(comment)


@good("XML 1.0, 2.5: comments are no part of the text")
def an_issuer_of_the_response_with_a_comment_in_it(bench: Bench) -> bytes:
    """Its text is all there, and right."""
    root = bench.tree()
    split(part(root, "saml:Issuer"), etree.Comment("x"), 8)
    return bench.written(root)
