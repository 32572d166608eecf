"""Transforms: programs that come with the message and run before anything is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import algorithms as uri
from attack.case import bad
from attack.pen import signed_through, transform, transforms_put, written_with
from attack.surgery import (
    bad_table,
)
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench

REFUSED = "transforms that are not allowed"
ANOTHER_FORM = "a reference of another form"
HILL = "Hill, Command Injection in XML Signatures and Encryption, 2007"
XPATH = "XML Signature 1.1, 6.6.3: XPath filtering"


@bad("CVE-2022-47966 (ManageEngine): XSLT in a transform", "response-malformed", REFUSED)
def stylesheet_that_gives_the_same_for_all(bench: Bench) -> bytes:
    """The digest is of what the stylesheet writes, and so never changes: sign once, log in ever."""
    return signed_through(bench, transform(names.ENVELOPED), uri.stylesheet("<same/>"))


_LOOP = "".join(f"<xsl:for-each select='//*'>{'' if at < 7 else '<x/>'}" for at in range(8))
_SHEETS = {
    "exponential": _LOOP + "</xsl:for-each>" * 8,
    "that-reads-a-file": "<xsl:copy-of select=\"document('file:///etc/passwd')\"/>",
    "that-fetches": "<xsl:copy-of select=\"document('http://127.0.0.1:9/')\"/>",
    "that-writes-a-file": (
        "<exsl:document xmlns:exsl='http://exslt.org/common' href='/tmp/numo-attack'/>"
    ),
    "that-calls-java": (
        "<xsl:value-of xmlns:rt='http://xml.apache.org/xalan/java/java.lang.Runtime'"
        " select='rt:getRuntime()'/>"
    ),
}


bad_table(
    __name__,
    f"{HILL}; CVE-2011-1425 (xmlsec1: files), CVE-2022-47966 (ManageEngine: Java)",
    "response-malformed",
    {
        f"stylesheet-{name}": (transforms_put(uri.stylesheet(body)), REFUSED)
        for name, body in _SHEETS.items()
    },
)


@bad(XPATH, "response-malformed", REFUSED)
def xpath_that_leaves_the_attributes_out(bench: Bench) -> bytes:
    """Genuine, over an assertion without its attributes: those can be changed at will."""
    step = uri.xpath("not(ancestor-or-self::*[local-name() = 'AttributeStatement'])")
    return signed_through(bench, transform(names.ENVELOPED), step)


@bad(XPATH, "response-malformed", REFUSED)
def xpath_for_the_enveloped_signature(bench: Bench) -> bytes:
    """The standard's own way to write the enveloped signature, and a program all the same."""
    return signed_through(bench, uri.xpath("not(ancestor-or-self::ds:Signature)"))


@bad("XML Signature 1.1, 6.6.3: here()", "response-malformed", REFUSED)
def xpath_with_here(bench: Bench) -> bytes:
    """What is signed depends on where the expression stands."""
    return signed_through(
        bench,
        uri.xpath(
            "count(ancestor-or-self::ds:Signature | here()/ancestor::ds:Signature[1])"
            " > count(ancestor-or-self::ds:Signature)"
        ),
    )


@bad("XML Signature XPath Filter 2.0", "response-malformed", REFUSED)
def filter_that_signs_the_issuer_alone(bench: Bench) -> bytes:
    """An intersection with the Issuer signs nothing else."""
    return signed_through(bench, uri.xpath_filter("intersect", "//*[local-name() = 'Issuer']"))


@bad("XML Signature XPath Filter 2.0", "response-malformed", REFUSED)
def filter_that_subtracts_the_signature(bench: Bench) -> bytes:
    """Harmless as it stands; the next one subtracts more."""
    return signed_through(bench, uri.xpath_filter("subtract", "//ds:Signature"))


bad_table(
    __name__,
    f"{HILL}: work without end",
    "response-malformed",
    {
        "xpath-without-end": (
            transforms_put(uri.xpath("count(//. | //@*) + " * 50 + "1 > 0")),
            REFUSED,
        ),
        "filters-in-a-row": (
            transforms_put(*[uri.xpath_filter("union", "//. | //@*") for _ in range(20)]),
            REFUSED,
        ),
    },
)


@bad("XML Signature 1.1, 6.6.2: base64", "response-malformed", REFUSED)
def base64_of_all_text(bench: Bench) -> bytes:
    """Only the text is digested, decoded: tags and attributes may be changed."""
    return written_with(bench, transform(names.ENVELOPED), transform(uri.BASE64))


@bad("Decryption Transform for XML Signature", "response-malformed", REFUSED)
def decryption(bench: Bench) -> bytes:
    """The verifier decrypts what it is handed, with its own key."""
    return written_with(bench, transform(names.ENVELOPED), transform(uri.DECRYPTION))
