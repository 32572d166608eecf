"""Bytes that two programs decode to two texts: charsets, declarations, and signs that are none."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from attack.case import bad
from attack.surgery import rewritten

if TYPE_CHECKING:
    from attack.bench import Bench

DECLARATION = b"<?xml version='1.0' encoding='UTF-8'?>"
ANOTHER = "another XML version or encoding"
SPAETH = "Spaeth et al., SoK: XML Parser Vulnerabilities, WOOT 2016"
APPENDIX_F = "XML 1.0, appendix F: detection of character encodings"
UTF8 = "RFC 3629: UTF-8"
CHARACTERS = "XML 1.0, 2.2: characters"


def _declared(bench: Bench, declaration: bytes) -> bytes:
    return rewritten(bench.good(), DECLARATION, declaration)


@bad("XML 1.1, 2.8", "response-malformed", ANOTHER)
def xml_1_1(bench: Bench) -> bytes:
    """Other line ends, other signs, and other names than in 1.0."""
    return _declared(bench, b"<?xml version='1.1' encoding='UTF-8'?>")


@bad("XML 1.0, 2.8: VersionNum", "response-malformed", ANOTHER)
def xml_2_0(bench: Bench) -> bytes:
    """A version that nobody has written down."""
    return _declared(bench, b"<?xml version='2.0' encoding='UTF-8'?>")


@bad("XML 1.0, 2.8", "response-malformed", ANOTHER)
def declaration_without_a_version(bench: Bench) -> bytes:
    """Some parsers mind, some do not."""
    return _declared(bench, b"<?xml encoding='UTF-8'?>")


@bad("XML 1.0, 2.8", "response-malformed", ANOTHER)
def declaration_with_a_pseudo_attribute_of_its_own(bench: Bench) -> bytes:
    """What stands there may be anything that some parser knows."""
    return _declared(bench, b"<?xml version='1.0' encoding='UTF-8' parse='loose'?>")


@bad(SPAETH, "response-malformed", ANOTHER)
def declared_as_utf_7(bench: Bench) -> bytes:
    """Under UTF-7 a text of plain letters becomes other tags."""
    return _declared(bench, b"<?xml version='1.0' encoding='UTF-7'?>")


@bad(APPENDIX_F, "response-malformed", ANOTHER)
def declared_as_latin_1(bench: Bench) -> bytes:
    """The same bytes are then another name."""
    return _declared(bench, b"<?xml version='1.0' encoding='ISO-8859-1'?>")


@bad(APPENDIX_F, "response-malformed", ANOTHER)
def declared_as_utf_16_and_written_in_utf_8(bench: Bench) -> bytes:
    """Whoever believes the declaration reads another document, or none."""
    return _declared(bench, b"<?xml version='1.0' encoding='UTF-16'?>")


@bad(SPAETH, "response-malformed", ANOTHER)
def declared_as_ebcdic(bench: Bench) -> bytes:
    """Filters that look for '<!DOCTYPE' in ASCII find nothing in such a document."""
    return _declared(bench, b"<?xml version='1.0' encoding='IBM037'?>")


@bad(SPAETH, "response-malformed", "not UTF-8")
def written_in_ebcdic(bench: Bench) -> bytes:
    """The same, in earnest."""
    text = _declared(bench, b"<?xml version='1.0' encoding='IBM037'?>").decode()
    return text.encode("cp037")


@bad(SPAETH, "response-malformed", "not UTF-8")
def written_in_utf_16_with_its_mark(bench: Bench) -> bytes:
    """A parser follows the mark; a filter on bytes sees no tag at all."""
    return _declared(bench, b"<?xml version='1.0' encoding='UTF-16'?>").decode().encode("utf-16")


@bad(SPAETH, "response-malformed", "not XML")
def written_in_utf_16_without_a_mark(bench: Bench) -> bytes:
    """It is valid UTF-8 too, with a NUL in each other byte."""
    text = _declared(bench, b"<?xml version='1.0' encoding='UTF-16'?>").decode()
    return text.encode("utf-16-be")


@bad(SPAETH, "response-malformed", "not UTF-8")
def written_in_utf_32(bench: Bench) -> bytes:
    """Four bytes a sign; some parsers know it."""
    return bench.good().decode().encode("utf-32")


@bad(SPAETH, "response-malformed", "not XML")
def written_in_utf_7(bench: Bench) -> bytes:
    """All of it ASCII, and the first sign is no tag."""
    text = bench.good().decode().replace("<", "+ADw-").replace(">", "+AD4-")
    return text.encode("ascii")


@bad(UTF8, "response-malformed", "not UTF-8")
def name_in_latin_1(bench: Bench) -> bytes:
    """A byte that begins no sign: dropped, kept or replaced, as each reader likes."""
    return rewritten(bench.good(), b">Pietje<", b">Piet\xebtje<")


@bad(f"{UTF8}, 10: overlong forms", "response-malformed", "not UTF-8")
def overlong_sign(bench: Bench) -> bytes:
    """A lax decoder reads '@' where a filter reads none."""
    return rewritten(bench.good(), b"140136@", b"140136\xc1\x80")


@bad(f"{UTF8}, 10: overlong forms", "response-malformed", "not UTF-8")
def overlong_tag(bench: Bench) -> bytes:
    """A lax decoder reads a tag there."""
    return rewritten(bench.good(), b"140136@", b"140136\xc0\xbcx/\xc0\xbe@")


@bad(f"{UTF8}, 3: no surrogates", "response-malformed", "not UTF-8")
def surrogates_in_utf_8(bench: Bench) -> bytes:
    """CESU-8 writes signs beyond the first plane so; two readers, two names."""
    return rewritten(bench.good(), b">Pietje<", b">\xed\xa0\xbd\xed\xb8\x80<")


@bad(f"{UTF8}, 3: the last code point", "response-malformed", "not UTF-8")
def sign_beyond_unicode(bench: Bench) -> bytes:
    """Above U+10FFFF there is nothing."""
    return rewritten(bench.good(), b">Pietje<", b">\xf4\x90\x80\x80<")


@bad(f"{UTF8}, 3", "response-malformed", "not UTF-8")
def sign_that_is_cut_off(bench: Bench) -> bytes:
    """The first byte of two swallows the next tag in a lax decoder."""
    return rewritten(bench.good(), b">Pietje<", b">Pietje\xc3<")


@bad(CHARACTERS, "response-malformed", "not XML")
def nul_byte_in_a_value(bench: Bench) -> bytes:
    """A string of C ends there, another does not."""
    return rewritten(bench.good(), b"140136@", b"140136\0@")


@bad(CHARACTERS, "response-malformed", "not XML")
def nul_byte_behind_the_document(bench: Bench) -> bytes:
    """What stands behind it is unseen by half of the readers."""
    return bench.good() + b"\0<evil/>"


@bad(CHARACTERS, "response-malformed", "not XML")
def nul_as_a_reference(bench: Bench) -> bytes:
    """The same by number."""
    return rewritten(bench.good(), b"140136@", b"140136&#0;@")


@bad(CHARACTERS, "response-malformed", "not XML")
def surrogate_as_a_reference(bench: Bench) -> bytes:
    """Half of a sign is no sign."""
    return rewritten(bench.good(), b"140136@", b"140136&#xD83D;@")


@bad(CHARACTERS, "response-malformed", "not XML")
def control_sign_as_a_reference(bench: Bench) -> bytes:
    """XML 1.1 allows what 1.0 does not."""
    return rewritten(bench.good(), b"140136@", b"140136&#x1;@")


@bad(CHARACTERS, "response-malformed", "not XML")
def no_character_of_unicode(bench: Bench) -> bytes:
    """U+FFFF is reserved for programs that need a sign which is none."""
    return rewritten(bench.good(), b"140136@", "140136\uffff@".encode())


@bad("XML 1.0, 2.8: nothing before the declaration", "response-malformed", "not XML")
def white_space_before_the_declaration(bench: Bench) -> bytes:
    """A check of the declaration at the first byte does not see it."""
    return b"\n" + bench.good()


@bad(APPENDIX_F, "response-malformed", "not XML")
def two_byte_order_marks(bench: Bench) -> bytes:
    """One is dropped by whoever decodes, the other is content before the root."""
    return "\ufeff\ufeff".encode() + bench.good()


@bad("XML 1.0, 2.8", "response-malformed", "not XML")
def declaration_in_capitals(bench: Bench) -> bytes:
    """An instruction by a reserved name, and no declaration."""
    return _declared(bench, b"<?XML version='1.0' encoding='UTF-7'?>")


@bad("XML 1.0, 2.8", "response-malformed", "not XML")
def second_declaration(bench: Bench) -> bytes:
    """The first is checked, the second believed."""
    return _declared(bench, DECLARATION + b"<?xml version='1.0' encoding='UTF-7'?>")


@bad("RFC 4648, 4", "response-malformed", "not XML")
def base64_within_base64(bench: Bench) -> bytes:
    """A library that decodes until it finds XML reads what no filter saw."""
    return base64.b64encode(bench.good())
