"""Responses and requests that are made to cost: the worst of each kind that fits in 256 KB.

Whoever starts a login may post any of these: none needs the hub's key. Each is a good response
with one thing blown up, in a place where the schema lets anything stand.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kit.world import HUB, SSO_URL, Browser, World, hub_key, parameters
from numo_sso.saml import names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kit.world import Started

ROOM = 250_000
"""Bytes to fill: a good response and this stay below the gate's limit."""
_TAG = 1_450
"""Signs of a namespace in a tag that is as long as the gate lets it be."""
FORM = "application/x-www-form-urlencoded"


def _rolling_over() -> dict[str, str]:
    """A deployment while the hub changes its key: each signature is tried with both."""
    keys = [hub_key("hub-to-be"), hub_key()]
    certificates = [
        {"certificate": key.certificate, "not_before": 0, "not_after": 4e9} for key in keys
    ]
    return parameters(idp={"entity_id": HUB, "sso_url": SSO_URL, "certificates": certificates})


WORLD = World(parameters=_rolling_over())
BROWSER = Browser()
STARTED: Started = WORLD.start(BROWSER)
GOOD = WORLD.answer(STARTED)
TWICE = WORLD.answer(STARTED, sign_response=True)
"""Signed in both places: every digest is taken twice, the outer one over all."""
_VALUE = b' xsi:type="xs:string">Petteflat College<'
_LAST = b"</saml:AttributeStatement>"


def _form(document: bytes) -> bytes:
    return urlencode({"SAMLResponse": base64.b64encode(document).decode()}).encode()


def _in_value(content: bytes, opening: bytes = b"") -> bytes:
    """Put ``content`` into an attribute's value, and ``opening`` into the Assertion's own tag."""
    document = GOOD.replace(_VALUE, b">" + content + b"<")
    return document.replace(b"<saml:Assertion ", b"<saml:Assertion " + opening, 1)


def _at_root(content: bytes, document: bytes = GOOD) -> bytes:
    """Put ``content`` into the Response's own tag."""
    return document.replace(b"<samlp:Response ", b"<samlp:Response " + content, 1)


def _filled(piece: Callable[[int], bytes], room: int = ROOM) -> bytes:
    """As many pieces as there is room for."""
    pieces, size = [], 0
    for number in range(room):
        each = piece(number)
        size += len(each)
        if size > room:
            break
        pieces.append(each)
    return b"".join(pieces)


def _namespaces(room: int = ROOM) -> bytes:
    return _filled(lambda n: b'xmlns:n%x="u:%x" ' % (n, n), room)


def _attributes(room: int = ROOM) -> bytes:
    return _filled(lambda n: b'a%x="" ' % n, room)


def _prefixes(room: int) -> bytes:
    return _filled(lambda n: b"n%x " % n, room)


def _with_prefix_list(document: bytes, prefixes: bytes) -> bytes:
    """An InclusiveNamespaces of these prefixes, in the signature's own exclusive c14n."""
    bare = b'<ds:Transform Algorithm="%s"/>' % names.EXCLUSIVE_C14N.encode()
    inclusive = b'<x:InclusiveNamespaces xmlns:x="%s" PrefixList="%s"/></ds:Transform>'
    full = bare[:-2] + b">" + inclusive % (names.EXCLUSIVE_C14N.encode(), prefixes)
    return document.replace(bare, full, 1)


def _small_tags(room: int = 60_000) -> bytes:
    return b"<y/>" * min(3_800, room // 4)


def _staircase(depth: int, opening: Callable[[int], bytes], inner: bytes = b"") -> bytes:
    opened = b"".join(b"<y " + opening(n) + b">" for n in range(depth))
    return opened + inner + b"</y>" * depth


def _declared(inner: bytes) -> bytes:
    """Within as many declarations as the gate allows, on a few elements around it."""
    each = [
        b" ".join(b'xmlns:n%x="u:%x"' % (n, n) for n in range(at, at + 60))
        for at in range(0, 240, 60)
    ]
    return _staircase(4, lambda n: each[n], inner)


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "good": lambda: GOOD,
    "empty-elements": lambda: _in_value(_small_tags()),
    "too-many-elements": lambda: _in_value(b"<y/>" * (ROOM // 4)),
    "elements-with-attributes": lambda: _in_value(b'<y a="" b="" c="" d="" e="" f=""/>' * 3_800),
    "thirty-attributes-each": lambda: _in_value(
        (b"<y " + b" ".join(b'%c=""' % n for n in range(97, 123)) + b"/>") * 1_800
    ),
    "attributes-with-ids": lambda: _in_value(_filled(lambda n: b'<y ID="i%x"/>' % n, 70_000)),
    "attributes-of-one-element": lambda: _in_value(b"<y " + _attributes() + b"/>"),
    "attributes-of-the-root": lambda: _at_root(_attributes()),
    "namespaces-of-the-root": lambda: _at_root(_namespaces()),
    "namespaces-of-the-root-and-elements": lambda: _at_root(
        _namespaces(190_000), _in_value(_small_tags())
    ),
    "namespaces-of-the-root-used-by-elements": lambda: _at_root(
        _namespaces(170_000), _in_value(b"<n1:y/>" * 3_800)
    ),
    "last-namespace-used-by-elements": lambda: _at_root(
        b'xmlns:z="z" ' + _namespaces(170_000), _in_value(b"<z:y/>" * 3_800)
    ),
    "namespaces-of-the-assertion-and-elements": lambda: _in_value(
        _small_tags(), _namespaces(190_000)
    ),
    "a-namespace-an-element": lambda: _in_value(
        _filled(lambda n: b'<y xmlns:n%x="u"/>' % n, 80_000)
    ),
    "a-namespace-an-element-used": lambda: _in_value(
        _filled(lambda n: b'<n%x:y xmlns:n%x="u%x"/>' % (n, n, n), 100_000)
    ),
    "default-namespaces": lambda: _in_value(_filled(lambda n: b'<y xmlns="u%x"/>' % n, 80_000)),
    "many-namespaces-each": lambda: _in_value(
        _filled(lambda _: b"<y " + b" ".join(b'xmlns:n%x="u"' % k for k in range(9)) + b"/>")
    ),
    "deep": lambda: _in_value(_staircase(25, lambda n: b'a%d=""' % n)),
    "deeper-than-allowed": lambda: _in_value(b"<y>" * 250 + b"</y>" * 250),
    "deepest": lambda: b"<y>" * 80_000,
    "stairs-of-namespaces": lambda: _in_value(
        _staircase(
            24,
            lambda n: _filled(lambda k: b'xmlns:n%xx%x="u" ' % (n, k), 7_000),
            b"<y/>" * 3_500,
        )
    ),
    "stairs-of-namespaces-redeclared": lambda: _in_value(
        _staircase(
            24,
            lambda n: _filled(lambda k: b'xmlns:n%x="u%x" ' % (k, n), 7_000),
            b'<y xmlns:n0="v"/>' * 3_000,
        )
    ),
    "prefix-list": lambda: _with_prefix_list(GOOD, _prefixes(ROOM)),
    "prefix-list-and-elements": lambda: _with_prefix_list(
        _in_value(_small_tags()), _prefixes(200_000)
    ),
    "prefix-list-namespaces-and-elements": lambda: _with_prefix_list(
        _in_value(b"<y/>" * 500, _namespaces(120_000)), _prefixes(40_000)
    ),
    "short-prefix-list-and-namespaces": lambda: _with_prefix_list(
        _in_value(_small_tags(), _namespaces(190_000)), _prefixes(60)
    ),
    "prefix-list-of-one-prefix": lambda: _with_prefix_list(
        _in_value(b"<y/>" * 500, b'xmlns:a="u" ' + _namespaces(100_000)), b"a " * 30_000
    ),
    "long-text": lambda: _in_value(b"x" * ROOM),
    "escaped-text": lambda: _in_value(b"&lt;" * (ROOM // 4)),
    "returns-in-text": lambda: _in_value(b"&#13;" * (ROOM // 5)),
    "numbered-signs": lambda: _in_value(b"&#9;" * (ROOM // 4)),
    "cdata": lambda: _in_value(b"<![CDATA[]]>x" * (ROOM // 13)),
    "long-attribute": lambda: _in_value(b'<y a="' + b"x" * ROOM + b'"/>'),
    "escaped-attribute": lambda: _in_value(b'<y a="' + b"&quot;" * (ROOM // 6) + b'"/>'),
    "long-name": lambda: _in_value(b"<" + b"y" * 40_000 + b"/>"),
    "long-namespace": lambda: _in_value(b'<y xmlns="u:' + b"u" * 200_000 + b'"/>'),
    "long-namespaces": lambda: _in_value(
        (b'<a:y xmlns:a="u:' + b"u" * 10_000 + b'"><a:z/></a:y>') * 20
    ),
    "long-namespace-of-many-elements": lambda: _in_value(
        b'<y xmlns="u:' + b"u" * 220_000 + b'">' + b"<y/>" * 3_800 + b"</y>"
    ),
    "long-namespace-of-many-attributes": lambda: _in_value(
        b'<y xmlns:a="u:'
        + b"u" * 60_000
        + b'">'
        + b'<y a:b="" a:c="" a:d="" a:e="" a:f="" a:g="" a:h="" a:i="" a:j="" a:k=""/>' * 2_000
        + b"</y>"
    ),
    "long-name-of-many-elements": lambda: _in_value((b"<" + b"y" * 120 + b"/>") * 1_900),
    "wrong-attributes": lambda: GOOD.replace(
        b"<saml:AttributeValue",
        b'<saml:AttributeValue x="" y="" z=""/>' * 3_000 + b"<saml:AttributeValue",
        1,
    ),
    "wrong-attributes-of-attributes": lambda: GOOD.replace(
        _LAST, b'<saml:Attribute a="" b="" c="" d="" e="" f=""/>' * 3_800 + _LAST, 1
    ),
    "wrong-elements-of-a-long-namespace": lambda: GOOD.replace(
        _LAST,
        b'<saml:Attribute Name="x" xmlns:a="u:'
        + b"u" * 130_000
        + b'">'
        + b'<saml:AttributeValue xsi:type="a:x"/>' * 2_500
        + b"</saml:Attribute>"
        + _LAST,
        1,
    ),
    "wrong-attributes-of-a-long-namespace": lambda: GOOD.replace(
        _LAST,
        b'<saml:AttributeValue xmlns:a="u:'
        + b"u" * 130_000
        + b'">'
        + b'<saml:Attribute a:x="" NameFormat="" Name=""/>' * 2_500
        + b"</saml:AttributeValue>"
        + _LAST,
        1,
    ).replace(b"</saml:AttributeStatement>", b"</saml:AttributeStatement>"),
    "values-of-a-wrong-long-type": lambda: _in_value(
        (b'<y xsi:type="xs:integer">' + b"x" * 60 + b"</y>") * 2_500
    ),
    # The same again, each as large as the gate's own limits let it be.
    "tags-at-their-limit": lambda: _in_value(
        (b'<a:y xmlns:a="u:' + b"u" * _TAG + b'">' + b"<a:z/>" * 1_500 + b"</a:y>"), b""
    ),
    "attributes-at-their-limit": lambda: _in_value(
        b'<y xmlns:a="u:'
        + b"u" * _TAG
        + b'">'
        + (b"<y " + b" ".join(b'a:%c=""' % n for n in range(97, 123)) + b"/>") * 70
        + b"</y>"
    ),
    "wrong-attributes-at-their-limit": lambda: GOOD.replace(
        _LAST,
        b'<saml:Attribute Name="x" xmlns:a="u:'
        + b"u" * _TAG
        + b'">'
        + (b"<saml:AttributeValue " + b" ".join(b'a:%c=""' % n for n in range(97, 123)) + b"/>")
        * 70
        + b"</saml:Attribute>"
        + _LAST,
        1,
    ),
    "wrong-types-at-their-limit": lambda: GOOD.replace(
        _LAST,
        b'<saml:Attribute Name="x" xmlns:a="u:'
        + b"u" * _TAG
        + b'">'
        + b'<saml:AttributeValue xsi:type="a:x"/>' * 1_700
        + b"</saml:Attribute>"
        + _LAST,
        1,
    ),
    "wrong-types-of-long-names-at-their-limit": lambda: _in_value(
        b'<y xmlns:a="u:' + b"u" * _TAG + b'">' + b'<a:y xsi:type="a:x"/>' * 1_800 + b"</y>"
    ),
    "wrong-types-of-long-names-in-long-names": lambda: _in_value(
        b'<y xmlns:a="u:'
        + b"u" * _TAG
        + b'">'
        + (b'<a:y xsi:type="a:' + b"x" * 90 + b'"/>') * 1_800
        + b"</y>"
    ),
    "wrong-values-at-their-limit": lambda: _in_value(
        (b'<y xsi:type="xs:integer">' + b"x" * 80 + b"</y>") * 1_800
    ),
    "wrong-statuses": lambda: GOOD.replace(
        b"<samlp:StatusCode ", b"<samlp:StatusCode/>" * 1_800 + b"<samlp:StatusCode ", 1
    ),
    "wrong-names-of-attributes": lambda: GOOD.replace(
        _LAST, b'<saml:Attribute a="" b="" c=""/>' * 600 + _LAST, 1
    ),
    "namespaces-at-their-limit": lambda: _in_value(_declared(b"<y/>" * 1_850)),
    "namespaces-on-stairs-at-their-limit": lambda: _in_value(
        _staircase(
            20,
            lambda n: b" ".join(b'xmlns:n%xx%x="u"' % (n, k) for k in range(11)),
            b"<y/>" * 1_800,
        )
    ),
    "prefix-list-at-its-limit": lambda: _with_prefix_list(
        _in_value(_declared(b"<y/>" * 1_850)),
        b" ".join(b"n%x" % n for n in range(16)),
    ),
    "list-of-short-prefixes-at-its-limit": lambda: _with_prefix_list(
        _in_value(_declared(b"<y/>" * 1_850)), b" ".join(b"%c" % n for n in range(97, 123))
    ),
    "list-of-short-prefixes-twice": lambda: _with_prefix_list(
        _with_prefix_list(
            TWICE.replace(_VALUE, b">" + _declared(b"<y/>" * 1_850) + b"<"),
            b" ".join(b"%c" % n for n in range(97, 123)),
        ),
        b" ".join(b"%c" % n for n in range(65, 91)),
    ),
    "longer-prefix-list": lambda: _with_prefix_list(
        _in_value(_declared(b"<y/>" * 1_850)),
        b" ".join(b"n%x" % n for n in range(64)),
    ),
    "prefixes-used-at-their-limit": lambda: _in_value(
        _declared(b"".join(b"<n%x:y/>" % (n % 200) for n in range(1_850)))
    ),
    "types-at-their-limit": lambda: _in_value(_declared(b'<y xsi:type="n0:x"/>' * 1_850)),
    "signed-twice-at-the-limit": lambda: TWICE.replace(
        _VALUE, b">" + b'<y a="b" c=""/>' * 900 + b"<y>" + b"&lt;" * 55_000 + b"</y><", 1
    ),
    "certificates-of-large-numbers": lambda: GOOD.replace(
        b"<ds:X509Certificate>",
        b"<ds:X509IssuerSerial><ds:X509IssuerName>x</ds:X509IssuerName><ds:X509SerialNumber>"
        + b"9" * 200_000
        + b"</ds:X509SerialNumber></ds:X509IssuerSerial><ds:X509Certificate>",
        1,
    ),
    "comments-outside": lambda: GOOD.replace(
        b"<saml:Assertion", b"<!---->" * 3_800 + b"<saml:Assertion", 1
    ),
    "too-many-comments-outside": lambda: GOOD.replace(
        b"<saml:Assertion", b"<!---->" * (ROOM // 7) + b"<saml:Assertion", 1
    ),
    "instructions-outside": lambda: GOOD.replace(
        b"<saml:Assertion", b"<?x?>" * (ROOM // 5) + b"<saml:Assertion", 1
    ),
    "comments-behind-the-root": lambda: GOOD + b"<!---->" * (ROOM // 7),
    "comments-before-the-root": lambda: GOOD.replace(
        b"<samlp:Response ", b"<!---->" * (ROOM // 7) + b"<samlp:Response ", 1
    ),
    "blanks-behind-the-root": lambda: GOOD + b"\n" * ROOM,
    "blanks-in-the-tag": lambda: _at_root(b"\n" * ROOM),
    "long-signature-value": lambda: GOOD.replace(
        b"<ds:SignatureValue>", b"<ds:SignatureValue>" + b"AAAA" * (ROOM // 4), 1
    ),
    "long-digest-value": lambda: GOOD.replace(
        b"<ds:DigestValue>", b"<ds:DigestValue>" + b"AAAA" * (ROOM // 4), 1
    ),
    "long-certificate": lambda: GOOD.replace(
        b"<ds:X509Certificate>", b"<ds:X509Certificate>" + b"MIIB" * (ROOM // 4), 1
    ),
    "many-certificates": lambda: GOOD.replace(
        b"<ds:X509Data>", b"<ds:X509Certificate>MIIB</ds:X509Certificate>" * 3_000, 1
    ).replace(b"</ds:X509Data>", b"", 1),
    "certificates-in-one-data": lambda: GOOD.replace(
        b"<ds:X509Data>",
        b"<ds:X509Data>" + b"<ds:X509Certificate>MIIB</ds:X509Certificate>" * 3_000,
        1,
    ),
    "long-issuer": lambda: GOOD.replace(b"</saml:Issuer>", b"x" * ROOM + b"</saml:Issuer>", 1),
    "long-in-response-to": lambda: GOOD.replace(
        b' InResponseTo="', b' Consent="' + b"x" * ROOM + b'" InResponseTo="', 1
    ),
    "long-instant": lambda: GOOD.replace(b'IssueInstant="', b'IssueInstant="' + b"2" * ROOM, 1),
    "long-destination": lambda: GOOD.replace(b'Destination="', b'Destination="' + b"x" * ROOM, 1),
    "long-id": lambda: GOOD.replace(b' ID="', b' ID="' + b"x" * (ROOM // 2), 1),
    "many-audiences": lambda: GOOD.replace(
        b"<saml:Audience>", b"<saml:Audience>x</saml:Audience>" * 3_500 + b"<saml:Audience>", 1
    ),
    "many-restrictions": lambda: GOOD.replace(
        b"<saml:AudienceRestriction>",
        b"<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction>"
        * 1_700
        + b"<saml:AudienceRestriction>",
        1,
    ),
    "many-confirmations": lambda: GOOD.replace(
        b"<saml:SubjectConfirmation ",
        b'<saml:SubjectConfirmation Method="x"/>' * 3_500 + b"<saml:SubjectConfirmation ",
        1,
    ),
    "many-statements": lambda: GOOD.replace(
        b"<saml:AuthnStatement ",
        b'<saml:AuthnStatement AuthnInstant="2026-11-24T06:00:00Z"><saml:AuthnContext>'
        b"<saml:AuthnContextDeclRef>x</saml:AuthnContextDeclRef></saml:AuthnContext>"
        b"</saml:AuthnStatement>" * 1_250 + b"<saml:AuthnStatement ",
        1,
    ),
    "many-attributes": lambda: GOOD.replace(
        _LAST, _filled(lambda n: b'<saml:Attribute Name="n%x"/>' % n, 100_000) + _LAST, 1
    ),
    "many-values": lambda: GOOD.replace(
        b"<saml:AttributeValue", b"<saml:AttributeValue/>" * 3_800 + b"<saml:AttributeValue", 1
    ),
    "typed-values": lambda: GOOD.replace(
        b"<saml:AttributeValue",
        b'<saml:AttributeValue xsi:type="xs:integer">' + b"9" * ROOM + b"</saml:AttributeValue>"
        b"<saml:AttributeValue",
        1,
    ),
    "typed-decimal": lambda: _in_value(b'<y xsi:type="xs:decimal">' + b"9" * 200_000 + b".9</y>"),
    "typed-base64": lambda: _in_value(
        b'<y xsi:type="xs:base64Binary">' + b"A " * 120_000 + b"</y>"
    ),
    "typed-duration": lambda: _in_value(b'<y xsi:type="xs:duration">P' + b"9" * 200_000 + b"D</y>"),
    "typed-ids": lambda: _in_value(_filled(lambda n: b'<y xsi:type="xs:ID">i%x</y>' % n, 200_000)),
    "typed-idrefs": lambda: _in_value(b'<y xsi:type="xs:IDREFS">' + b"i " * 120_000 + b"</y>"),
    "typed-nmtokens": lambda: _in_value(b'<y xsi:type="xs:NMTOKENS">' + b"i " * 120_000 + b"</y>"),
    "typed-qnames": lambda: _at_root(
        _namespaces(60_000),
        _in_value(b'<y xsi:type="xs:QName">n1:x</y>' * 3_500),
    ),
    "types-by-prefix": lambda: _at_root(
        _namespaces(100_000), _in_value(b'<y xsi:type="n1:x"/>' * 3_800)
    ),
    "schema-locations": lambda: _in_value(b'<y xsi:schemaLocation="a b"/>' * 3_800),
    "long-schema-location": lambda: _in_value(
        b'<y xsi:schemaLocation="' + b"a b " * 60_000 + b'"/>'
    ),
    "saml-inside-a-value": lambda: _in_value(
        b'<saml:Attribute Name="x"><saml:AttributeValue/></saml:Attribute>' * 1_900
    ),
    "hub-says-no": lambda: GOOD.replace(b"<saml:Assertion", b"<samlp:Gone", 1).replace(
        b"</saml:Assertion>", b"</samlp:Gone>", 1
    ),
    "nested-status": lambda: GOOD.replace(
        b"</samlp:Status>",
        b"<samlp:StatusDetail>" + b"<y/>" * 3_800 + b"</samlp:StatusDetail></samlp:Status>",
        1,
    ),
    "junk": lambda: b"\x00" * ROOM,
    "utf-16": lambda: GOOD.decode().encode("utf-16"),
    "dtd": lambda: GOOD.replace(
        b"<samlp:Response ",
        b"<!DOCTYPE x [" + b'<!ENTITY a "b">' * 9_000 + b"]><samlp:Response ",
        1,
    ),
    "long-encoding-name": lambda: b'<?xml version="1.0" encoding="' + b"u" * ROOM + b'"?><x/>',
    "two-byte-signs": lambda: _in_value("\u00e9".encode() * (ROOM // 2)),
    "combining-signs": lambda: GOOD.replace(
        b"140136@", b"a" + "\u0301\u0327".encode() * (ROOM // 5) + b"@", 1
    ),
    "combining-signs-in-a-name": lambda: GOOD.replace(
        b">Pietje<", b">a" + "\u0301\u0327".encode() * (ROOM // 5) + b"<", 1
    ),
}
"""Each kind of response by its name; built when it is asked for."""

BODIES: dict[str, Callable[[], bytes]] = {
    "percent-signs": lambda: b"SAMLResponse=" + b"%41" * 262_000,
    "plus-signs": lambda: b"SAMLResponse=" + b"+" * 786_000,
    "fields": lambda: b"a&" * 393_000,
    "semicolons": lambda: b"a;" * 393_000,
    "equals": lambda: b"SAMLResponse=" + b"=" * 786_000,
    "base64-signs": lambda: b"SAMLResponse=" + b"A" * 786_000,
    "folded": lambda: b"SAMLResponse=" + b"%0A" * 262_000,
    "escaped-beyond-ascii": lambda: b"SAMLResponse=" + b"%C3%A9" * 131_000,
    "padding-late": lambda: b"SAMLResponse=" + b"A" * 349_000 + b"=A",
}
"""Bodies of posts that never become XML."""


def body_of(name: str) -> bytes:
    """One post by its name."""
    return _form(DOCUMENTS[name]()) if name in DOCUMENTS else BODIES[name]()


def bodies() -> Iterator[tuple[str, bytes]]:
    """Every post with its name."""
    for name in (*DOCUMENTS, *BODIES):
        yield name, body_of(name)
