"""The gate's bounds: what stands exactly on one passes it, and one more does not."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from attack.bench import Bench
from attack.in_process import InProcess
from numo_sso.outcomes import Refused
from numo_sso.saml import gate, names

if TYPE_CHECKING:
    from collections.abc import Callable

NEXT = "not one Response as root"
"""What meets a document that passed every bound and is no response."""


def refusal(raw: bytes) -> str:
    with pytest.raises(Refused) as refused:
        gate.admit_document(raw)
    assert refused.value.outcome.code == "response-malformed"
    return refused.value.detail


def nested(depth: int) -> bytes:
    return b"<x>" * depth + b"</x>" * depth


def elements(count: int) -> bytes:
    return b"<x>" + b"<y/>" * (count - 1) + b"</x>"


def tags(count: int) -> bytes:
    """So many signs that begin a tag, of no more than 2,000 elements."""
    pairs, single = divmod(count - 2, 2)
    return b"<x>" + b"<y></y>" * pairs + b"<y/>" * single + b"</x>"


def one_with_attributes(count: int) -> bytes:
    return b"<x " + b" ".join(b'a%d=""' % number for number in range(count)) + b"/>"


def attributes(count: int) -> bytes:
    each = [32] * (count // 32) + ([count % 32] if count % 32 else [])
    return b"<x>" + b"".join(one_with_attributes(number) for number in each) + b"</x>"


def namespaces(count: int) -> bytes:
    return b"<x>" + b'<y xmlns="u"/>' * count + b"</x>"


def tag(length: int) -> bytes:
    """A tag with so many signs between its brackets."""
    return b"<x a='" + b"b" * (length - 7) + b"'/>"


def tag_with_an_end_in_a_value(length: int) -> bytes:
    return b"<x a='\">' b=\"'>\" c='" + b"b" * (length - 21) + b"'/>"


BOUNDS: dict[str, tuple[Callable[[int], bytes], int, str]] = {
    "depth": (nested, 32, "too deep"),
    "nodes": (elements, 2000, "too many nodes"),
    "tags": (tags, 4000, "too many tags or namespaces"),
    "attributes-of-one": (one_with_attributes, 32, "too many attributes"),
    "attributes": (attributes, 2000, "too many attributes"),
    "namespaces": (namespaces, 256, "too many tags or namespaces"),
    "tag": (tag, 1023, "a tag beyond all measure"),
    "tag-with-ends": (tag_with_an_end_in_a_value, 1023, "a tag beyond all measure"),
}


@pytest.mark.parametrize("bound", BOUNDS)
def test_a_bound_is_where_it_is(bound: str) -> None:
    """To the one."""
    make, most, reason = BOUNDS[bound]
    assert refusal(make(most)) == NEXT
    assert refusal(make(most + 1)) == reason


def test_a_quote_outside_tags_hides_no_tag() -> None:
    """Neither in a text nor in a comment, and a text may be as long as it likes."""
    text = b"it's \"" + b"b" * 2000
    assert refusal(b"<x>" + text + b"<y/></x>") == NEXT
    for before in (text, b"<!-- ' -->", b'<?a "?>', b"<![CDATA['\"]]>"):
        assert refusal(b"<x>" + before + tag(1024) + b"</x>") == "a tag beyond all measure"


@pytest.mark.parametrize("kind", [b"<!--a-->", b"<?a b?>"])
def test_comments_and_instructions_count_as_nodes(kind: bytes) -> None:
    """They cost what an element costs."""
    assert refusal(b"<x>" + kind * 1999 + b"</x>") == NEXT
    assert refusal(b"<x>" + kind * 2000 + b"</x>") == "too many nodes"


def response(**attributes: str) -> bytes:
    return etree.tostring(etree.Element(names.RESPONSE, attributes))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a" * 256, "not exactly one assertion at its place"),
        ("a" * 257, "an id of another form"),
        ("_", "not exactly one assertion at its place"),
        ("A-.9z_", "not exactly one assertion at its place"),
        ("", "an id of another form"),
        ("1a", "an id of another form"),
        ("-a", "an id of another form"),
        (".a", "an id of another form"),
        ("a b", "an id of another form"),
        ("a:b", "an id of another form"),
        ("\u00e9", "an id of another form"),
        (" a", "an id of another form"),
        ("a\n", "an id of another form"),
        ("\na", "an id of another form"),
    ],
)
def test_an_id_is_a_plain_name(value: str, reason: str) -> None:
    """A letter or an underscore, and 255 more signs of ASCII at most."""
    assert refusal(response(ID=value)) == reason


@pytest.mark.parametrize(
    "kind", ["EncryptedData", "EncryptedKey", "EncryptedID", "EncryptedAttribute"]
)
@pytest.mark.parametrize("space", [names.SAML, names.XENC, "urn:x"])
def test_each_encrypted_part_is_refused_by_itself(kind: str, space: str) -> None:
    """In whatever namespace, with nothing in it."""
    root = Bench(InProcess()).tree()
    etree.SubElement(root, f"{{{space}}}{kind}")
    assert refusal(etree.tostring(root)) == "an encrypted part"


def test_four_prefixes_are_looked_for_and_no_more() -> None:
    """Canonical XML looks for each of them at each element."""
    for count, passes in ((0, True), (4, True), (5, False)):
        root = Bench(InProcess()).tree()
        step = list(root.iter(names.TRANSFORM))[-1]
        inclusive = etree.SubElement(step, names.INCLUSIVE_NAMESPACES)
        inclusive.set("PrefixList", " ".join("x" * count))
        if passes:
            assert gate.admit_document(etree.tostring(root))
        else:
            reason = "a list of prefixes beyond all measure"
            assert refusal(etree.tostring(root)) == reason


@pytest.mark.parametrize(
    "kind",
    [
        "X509Certificate",
        "X509SubjectName",
        "X509IssuerSerial",
        "X509IssuerName",
        "X509SerialNumber",
        "X509SKI",
    ],
)
def test_what_a_key_info_may_show(kind: str) -> None:
    """Each says something of a certificate, and none of it is used."""
    root = Bench(InProcess()).tree()
    shown = next(root.iter(names.X509_DATA))
    etree.SubElement(shown, f"{{{names.DS}}}{kind}")
    assert gate.admit_document(etree.tostring(root))


@pytest.mark.parametrize("kind", ["RetrievalMethod", "KeyValue", "X509CRL", "Object"])
def test_nothing_hides_inside_what_a_key_info_may_show(kind: str) -> None:
    """At any depth: a library that looks for the first of a kind looks there too."""
    root = Bench(InProcess()).tree()
    certificate = next(root.iter(f"{{{names.DS}}}X509Certificate"))
    etree.SubElement(certificate, f"{{{names.DS}}}{kind}")
    assert refusal(etree.tostring(root)) == "a KeyInfo that points elsewhere"


@pytest.mark.parametrize("uri", ["", "#", "#None", "#_x"])
def test_what_has_no_id_is_signed_by_no_reference(uri: str) -> None:
    """Nobody may take the name of nothing for its name."""
    root = etree.fromstring(Bench(InProcess()).good(sign_response=True))
    del root.attrib["ID"]
    next(root.iter(names.REFERENCE)).set("URI", uri)
    assert refusal(etree.tostring(root)) == "a reference to another element"


def test_forty_letters_of_a_status_are_logged_and_no_more() -> None:
    """Nobody has verified them."""
    root = etree.Element(names.RESPONSE, ID="_x")
    code = etree.SubElement(etree.SubElement(root, names.STATUS), names.STATUS_CODE)
    code.set("Value", "urn:" + "a" * 30 + "b" * 30)
    answer = gate.admit_document(etree.tostring(root))
    assert isinstance(answer, gate.Declined)
    assert answer.status == "a" * 30 + "b" * 10


SPACES = [" ", "  ", "\n", "\t\r\n"]
GOOD_DECLARATIONS = [
    *(f'<?xml{space}version="1.0"?>' for space in SPACES),
    *(f'<?xml version{space}={space}"1.0"?>' for space in SPACES),
    *(f'<?xml version="1.0"{space}encoding="UTF-8"?>' for space in SPACES),
    *(f'<?xml version="1.0" encoding{space}={space}"utf-8"?>' for space in SPACES),
    *(f'<?xml version="1.0"{space}standalone="yes"?>' for space in SPACES),
    *(f'<?xml version="1.0" standalone{space}={space}"no"?>' for space in SPACES),
    *(f'<?xml version="1.0"{space}?>' for space in SPACES),
    "<?xml version='1.0' encoding='utf-8' standalone='yes'?>",
    "<?xml version='1.0' encoding='US-ASCII' standalone='no'?>",
    '<?xml version="1.0" encoding="us-ascii" standalone="no" ?>',
    "<?xml version='1.0' encoding=\"UTF-8\"?>",
    "\ufeff<?xml version='1.0'?>",
    "\ufeff",
    "<!-- a --><?b c?>",
    "",
]


@pytest.mark.parametrize("declaration", GOOD_DECLARATIONS)
def test_a_declaration_of_xml_1_0_in_utf_8(declaration: str) -> None:
    """In every spelling that XML has for it, or none."""
    assert refusal(declaration.encode() + b"<x/>") == NEXT


BAD_DECLARATIONS = [
    '<?xml version="1.1"?>',
    "<?xml version='1.1'?>",
    '<?xml version="1X0"?>',
    "<?xml version='1X0'?>",
    '<?xml version="2.0"?>',
    "<?xml version=\"1.0'?>",
    '<?xml version="1.0" encoding="UTF-16"?>',
    "<?xml version='1.0' encoding='ISO-8859-1'?>",
    '<?xml version="1.0" encoding="utf-7"?>',
    '<?xml version="1.0" encoding="xutf-8"?>',
    "<?xml version='1.0' encoding='utf-8x'?>",
    "<?xml version='1.0' encoding='utf-8\"?>",
    '<?xml version="1.0" standalone="maybe"?>',
    "<?xml version='1.0' standalone='maybe'?>",
    '<?xml version="1.0"encoding="utf-8"?>',
    '<?xml version="1.0"standalone="yes"?>',
    '<?xml encoding="utf-8"?>',
    '<?xml standalone="yes" version="1.0"?>',
    '<?xml version="1.0" other="x"?>',
    '<?xml version="1.0">',
    "<?xml ?>",
    "\ufeff<?xml version='1.1'?>",
    "<?xml\nencoding='utf-8'?>",
]


@pytest.mark.parametrize("declaration", BAD_DECLARATIONS)
def test_another_declaration_is_refused(declaration: str) -> None:
    """Another version or encoding, or one that two parsers could read in two ways."""
    assert refusal(declaration.encode() + b"<x/>") == "another XML version or encoding"


@pytest.mark.parametrize("encoded", ["YR==", "YWJ=", "YWFh\nYWJ="])
def test_bits_to_spare_are_refused(encoded: str) -> None:
    """Base64 whose last sign says more than it may: two texts for the same bytes."""
    with pytest.raises(Refused) as refused:
        gate.decode(encoded)
    assert refused.value.detail == "base64 with bits to spare"


def test_the_decoded_size_is_bounded_to_the_byte() -> None:
    """256 KB pass, one byte more does not."""
    most = 256 * 1024
    assert gate.decode(base64.b64encode(b"a" * most).decode()) == b"a" * most
    with pytest.raises(Refused) as refused:
        gate.decode(base64.b64encode(b"a" * (most + 1)).decode())
    assert refused.value.outcome.code == "body-too-large"
