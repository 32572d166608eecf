"""Between a form's field and the XML: base64 that is no base64, or more than one would think."""

from __future__ import annotations

import base64
import gzip
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from attack.bench import form_of
from attack.case import Post, good, table
from attack.sources import BINDINGS
from numo_sso.saml.form import MAX_BODY_BYTES, MAX_RESPONSE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench
    from attack.case import Make

_BASE64 = "not base64"
_UTF_8 = "not UTF-8"


def _field(write: Callable[[str], str]) -> Make:
    """A form whose response is what ``write`` makes of good base64."""
    return lambda bench: _posted(write(base64.b64encode(bench.good()).decode()))


def _posted(encoded: str) -> Post:
    return Post(urlencode({"SAMLResponse": encoded}).encode())


def _raw(write: Callable[[bytes], bytes]) -> Make:
    """A form of good base64, changed before it is sent."""
    return lambda bench: Post(write(form_of(bench.good(), None).body))


def _padded(bench: Bench, spare: int) -> str:
    """Base64 whose end has padding: white space behind the root makes the length fit."""
    document = bench.good()
    while len(document) % 3 != spare:
        document += b"\n"
    return base64.b64encode(document).decode()


def _spare_bits(bench: Bench) -> Post:
    encoded = _padded(bench, 1)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = letters[letters.index(encoded[-3]) + 1]
    return _posted(f"{encoded[:-3]}{last}==")


# Decoders differ in what they pass over; what one reads and another does not is a hiding place.
table(
    __name__,
    "RFC 4648 3.1-3.5 and 12: signs outside the alphabet, padding, spare bits",
    "body-malformed",
    {
        "empty": (lambda _: _posted(""), _BASE64),
        "xml-as-it-is": (lambda bench: _posted(bench.good().decode()), _BASE64),
        "of-the-url-alphabet": (
            _field(lambda text: text.replace("+", "-").replace("/", "_") + "-_--"),
            _BASE64,
        ),
        "padding-missing": (lambda bench: _posted(_padded(bench, 1).rstrip("=")), _BASE64),
        "padding-too-long": (lambda bench: _posted(_padded(bench, 2) + "="), _BASE64),
        "padding-within": (_field(lambda text: f"{text[:40]}=={text[40:]}"), _BASE64),
        "two-ends": (lambda bench: _posted(_padded(bench, 1) + "PGV2aWwvPg=="), _BASE64),
        "spare-bits": (_spare_bits, "base64 with bits to spare"),
        "a-space-within": (_field(lambda text: f"{text[:40]} {text[40:]}"), _BASE64),
        "a-tab-within": (_field(lambda text: f"{text[:40]}\t{text[40:]}"), _BASE64),
        "a-nul-within": (_field(lambda text: f"{text[:40]}\0{text[40:]}"), _BASE64),
        "a-nul-behind": (_field(lambda text: f"{text}\0"), _BASE64),
        "a-form-feed-within": (_field(lambda text: f"{text[:40]}\f{text[40:]}"), _BASE64),
        "a-line-separator-within": (_field(lambda text: f"{text[:40]}\u2028{text[40:]}"), _BASE64),
        "fullwidth-letters": (_field(lambda text: text.replace("P", "\uff30", 1)), _BASE64),
        "a-dot-within": (_field(lambda text: f"{text[:40]}.{text[40:]}"), _BASE64),
        "a-url-of-data": (_field(lambda text: f"data:text/xml;base64,{text}"), _BASE64),
        "in-quotes": (_field(lambda text: f'"{text}"'), _BASE64),
        "a-comma-list": (_field(lambda text: f"{text},{text}"), _BASE64),
        "cut-short": (_field(lambda text: text.rstrip("=")[:-1]), _BASE64),
        "encoded-twice-as-a-field": (_field(lambda text: quote(text, safe="") + "%"), _BASE64),
        "plus-as-a-blank": (_raw(lambda body: body[:61] + b"+" + body[61:]), _BASE64),
        "an-escape-that-is-none": (_raw(lambda body: body + b"%zz"), _BASE64),
        "half-an-escape": (_raw(lambda body: body + b"%4"), _BASE64),
        "an-escape-of-unicode": (_raw(lambda body: body + b"%u0041"), _BASE64),
        "a-semicolon-and-another": (_raw(lambda body: body + b";SAMLResponse=PGV2aWwvPg"), _BASE64),
    },
)

table(
    __name__,
    f"{BINDINGS} 3.5.4: base64 of the message, and of nothing else",
    "response-malformed",
    {
        "base64-of-base64": (
            _field(lambda text: base64.b64encode(text.encode()).decode()),
            "not XML",
        ),
        "deflated-as-in-a-redirect": (
            lambda bench: form_of(zlib.compress(bench.good(), wbits=-15)),
            _UTF_8,
        ),
        "deflated-with-its-head": (lambda bench: form_of(zlib.compress(bench.good())), _UTF_8),
        "zipped": (lambda bench: form_of(gzip.compress(bench.good())), _UTF_8),
        "a-bomb-that-is-zipped": (lambda _: form_of(gzip.compress(bytes(10**7))), _UTF_8),
        "nothing-but-blanks": (lambda _: form_of(b"    "), "not XML"),
        "a-json-document": (lambda _: form_of(b'{"Response": 1}'), "not XML"),
        "a-page": (lambda _: form_of(b"<!doctype html><p>hi"), "not XML"),
        "a-url": (lambda _: form_of(b"https://evil.example/response.xml"), "not XML"),
        "a-serialised-object-of-java": (lambda _: form_of(b"\xac\xed\x00\x05sr"), _UTF_8),
        "a-pickle": (lambda _: form_of(b"\x80\x04\x95\x05\x00\x00\x00\x00\x00\x00\x00."), _UTF_8),
    },
)

# Size is refused before it costs.
table(
    __name__,
    "OWASP, Denial of Service Cheat Sheet: bounds on input",
    "body-too-large",
    {
        "a-body-beyond-measure": (
            _raw(lambda body: body + b"&x=" + b"x" * MAX_BODY_BYTES),
            "the body exceeds its limit",
        ),
        "a-response-beyond-measure": (
            lambda bench: form_of(bench.good() + b"\n" * MAX_RESPONSE_BYTES),
            "the response exceeds its limit",
        ),
        "too-many-escapes": (
            _raw(lambda body: body + b"&x=" + b"%41" * 24_001),
            "the body exceeds its limit",
        ),
    },
)


@good("RFC 2045 6.8: lines of 76 signs at the most")
def folded(bench: Bench) -> Post:
    """Encoders for mail break lines, and hubs use them."""
    return _posted(base64.encodebytes(bench.good()).decode().replace("\n", "\r\n"))


@good("RFC 3986 2.1: any sign may be escaped")
def all_escaped(bench: Bench) -> Post:
    """A careful program escapes letters too."""
    encoded = base64.b64encode(bench.good())
    return Post(b"SAMLResponse=" + b"".join(b"%%%02X" % sign for sign in encoded))
