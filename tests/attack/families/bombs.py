"""Documents that cost: each bound holds before the work that it bounds is done."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from attack.case import bad
from attack.surgery import part, rewritten

if TYPE_CHECKING:
    from attack.bench import Bench

JENSEN = "Jensen et al., SOA and Web Services: New Technologies, New Standards, New Attacks, 2007"
FALKENBERG = (
    "Falkenberg et al., A New Approach towards DoS Penetration Testing on Web Services, 2013"
)
NODES = "too many nodes"
TAGS = "too many tags or namespaces"
MEASURE = "a tag beyond all measure"
LIMIT = 256 * 1024


def _extended(bench: Bench, content: bytes) -> bytes:
    """Anything at all within Extensions, where a schema lets it stand."""
    extensions = b"<samlp:Extensions>" + content + b"</samlp:Extensions><samlp:Status>"
    return rewritten(bench.good(), b"<samlp:Status>", extensions)


@bad(f"{JENSEN}: oversize payload", "body-too-large", "the response exceeds its limit")
def one_byte_more_than_256_kb(bench: Bench) -> bytes:
    """The bound is on what is decoded, to the byte."""
    document = bench.good()
    return document + b" " * (LIMIT + 1 - len(document))


@bad(f"{JENSEN}: coercive parsing", "response-malformed", "too deep")
def thirty_three_deep(bench: Bench) -> bytes:
    """Each level is a frame on somebody's stack; the Response and Extensions are two of them."""
    return _extended(bench, b"<x>" * 31 + b"</x>" * 31)


@bad(f"{JENSEN}: coercive parsing", "response-malformed", "too deep")
def two_hundred_and_fifty_deep(bench: Bench) -> bytes:
    """Far below the depth at which libxml2 itself gives up."""
    return _extended(bench, b"<x>" * 250 + b"</x>" * 250)


@bad(f"{JENSEN}: coercive parsing", "response-malformed", TAGS)
def tags_that_are_never_closed(bench: Bench) -> bytes:
    """Counted before they are parsed."""
    return bench.good() + b"<x>" * 12_000


@bad(f"{FALKENBERG}: XML element count", "response-malformed", NODES)
def two_thousand_elements(bench: Bench) -> bytes:
    """Each one costs at each step: survey, schema, canonical form."""
    return _extended(bench, b"<x/>" * 2000)


@bad(f"{FALKENBERG}: XML element count", "response-malformed", TAGS)
def sixty_thousand_elements(bench: Bench) -> bytes:
    """Counted before they are parsed."""
    return _extended(bench, b"<x/>" * 60_000)


@bad(f"{FALKENBERG}: XML element count", "response-malformed", NODES)
def two_thousand_comments(bench: Bench) -> bytes:
    """A comment is a node too."""
    return _extended(bench, b"<!---->" * 2000)


@bad(f"{FALKENBERG}: XML element count", "response-malformed", NODES)
def two_thousand_comments_before_the_assertion(bench: Bench) -> bytes:
    """Outside the assertion comments are ignored, and counted."""
    document = bench.good()
    return rewritten(document, b"<samlp:Status>", b"<!-- -->" * 2000 + b"<samlp:Status>")


@bad(f"{FALKENBERG}: XML element count", "response-malformed", TAGS)
def thirty_thousand_comments(bench: Bench) -> bytes:
    """Counted before they are parsed."""
    return _extended(bench, b"<!---->" * 30_000)


@bad(f"{FALKENBERG}: XML element count", "response-malformed", TAGS)
def eight_thousand_instructions_behind_the_root(bench: Bench) -> bytes:
    """Whoever counts within the root does not see them."""
    return bench.good() + b"<?x?>" * 8000


@bad(f"{FALKENBERG}: XML attribute count", "response-malformed", "too many attributes")
def forty_attributes_on_one_element(bench: Bench) -> bytes:
    """Canonical XML sorts them, a schema looks each one up."""
    many = b" ".join(b"a%d='x'" % at for at in range(40))
    return _extended(bench, b"<x " + many + b"/>")


@bad(f"{FALKENBERG}: XML attribute count", "response-malformed", "too many attributes")
def twenty_four_hundred_attributes_in_all(bench: Bench) -> bytes:
    """No element has many, and all together do."""
    each = b"<x " + b" ".join(b"a%d=''" % at for at in range(30)) + b"/>"
    return _extended(bench, each * 80)


@bad(f"{FALKENBERG}: XML attribute count", "response-malformed", MEASURE)
def ten_thousand_attributes_on_one_element(bench: Bench) -> bytes:
    """A parser compares each with each where it does not hash them."""
    many = b" ".join(b"a%d=''" % at for at in range(10_000))
    return _extended(bench, b"<x " + many + b"/>")


@bad(
    "CVE-2012-0841 (libxml2): hash collisions; CVE-2012-0876 (expat)", "response-malformed", MEASURE
)
def attributes_of_one_hash(bench: Bench) -> bytes:
    """Names that fall into one slot make of a lookup a walk."""
    pairs = [b"".join(two) for two in _words(10)]
    many = b" ".join(word + b"=''" for word in pairs)
    return _extended(bench, b"<x " + many + b"/>")


def _words(length: int) -> list[list[bytes]]:
    """Words of two parts that a simple hash (times 31) does not tell apart."""
    words: list[list[bytes]] = [[]]
    for _ in range(length):
        words = [[*word, two] for word in words for two in (b"Aa", b"BB")]
    return words


@bad(f"{FALKENBERG}: XML element name length", "response-malformed", MEASURE)
def long_name_of_an_element(bench: Bench) -> bytes:
    """Kept, compared and written again at each step."""
    return _extended(bench, b"<" + b"x" * 100_000 + b"/>")


@bad(f"{FALKENBERG}: XML attribute value length", "response-malformed", MEASURE)
def long_value_of_an_attribute(bench: Bench) -> bytes:
    """A text is long at times, an attribute never."""
    return _extended(bench, b"<x a='" + b"x" * 200_000 + b"'/>")


@bad(f"{FALKENBERG}: XML namespace length", "response-malformed", MEASURE)
def long_namespace(bench: Bench) -> bytes:
    """Copied at each name that is in it."""
    return _extended(bench, b"<x xmlns='urn:" + b"x" * 100_000 + b"'>" + b"<y/>" * 1000 + b"</x>")


@bad(f"{FALKENBERG}: XML namespace count", "response-malformed", TAGS)
def three_hundred_namespaces(bench: Bench) -> bytes:
    """Canonical XML looks at all that are in scope, at each node."""
    declared = b"".join(b"<x%d xmlns='urn:%d'/>" % (at, at) for at in range(300))
    return _extended(bench, declared)


@bad(f"{FALKENBERG}: XML namespace count", "response-malformed", TAGS)
def three_hundred_namespaces_in_scope(bench: Bench) -> bytes:
    """The same, all in scope of the assertion."""
    names = [b"xmlns:n%d='urn:u' " % at for at in range(300)]
    document = rewritten(
        bench.good(), b"<samlp:Response ", b"<samlp:Response " + b"".join(names[:150])
    )
    return rewritten(document, b"<saml:Assertion ", b"<saml:Assertion " + b"".join(names[150:]))


@bad("XML 1.0, 2.1: one root", "response-malformed", "not XML")
def large_text_behind_the_root(bench: Bench) -> bytes:
    """Text where none belongs."""
    return bench.good() + b"x" * 100_000


@bad(
    "Jensen et al., 2007: oversized cryptography",
    "response-untrusted",
    "a signature by none of the keys in force",
)
def large_signature_value(bench: Bench) -> bytes:
    """Megabits of signature for a key of two thousand."""
    root = bench.tree()
    part(root, ".//ds:SignatureValue").text = base64.b64encode(bytes(100_000)).decode()
    return bench.written(root)
