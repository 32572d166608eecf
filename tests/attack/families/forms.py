"""The form around a response: its type, its fields and their names."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from attack.bench import form_of
from attack.case import FORM, Post, bad, good, table
from attack.sources import BINDINGS, MAINKA, POLLUTION

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Make

_TYPE = "not a form post"
_COUNT = "not exactly one SAMLResponse and at most one RelayState"
_SECOND = "a second message"
_RELAY = "a RelayState of another spelling"
_FORM = "not a readable form"


def _typed(content_type: str) -> tuple[Make, str]:
    return (lambda bench: Post(form_of(bench.good()).body, content_type)), _TYPE


def _with(*fields: tuple[str, str], first: bool = False) -> Make:
    """The good form with fields added, behind it or in front."""

    def make(bench: Bench) -> Post:
        form = form_of(bench.good()).body
        more = urlencode(fields).encode()
        return Post(more + b"&" + form if first else form + b"&" + more)

    return make


def _named(name: str) -> Make:
    """A form whose one response has another name."""
    return lambda bench: Post(form_of(bench.good()).body.replace(b"SAMLResponse=", name.encode()))


# What is no form of the hub's page is sent by a script, or read otherwise by who stands between.
table(
    __name__,
    f"{BINDINGS} 3.5.4; WHATWG HTML, 4.10.21.8: application/x-www-form-urlencoded",
    "body-unsupported",
    {
        "type-missing": _typed(""),
        "type-json": _typed("application/json"),
        "type-plain": _typed("text/plain"),
        "type-xml": _typed("application/samlassertion+xml"),
        "type-multipart": _typed("multipart/form-data; boundary=x"),
        "type-any": _typed("*/*"),
        "type-twice": _typed(f"{FORM}, {FORM}"),
        "type-form-and-multipart": _typed(f"{FORM}, multipart/form-data; boundary=x"),
        "type-with-a-boundary": _typed(f"{FORM}; boundary=x"),
        "type-with-two-charsets": _typed(f"{FORM}; charset=utf-8; charset=utf-16"),
        "type-with-a-longer-name": _typed(f"{FORM}x"),
        "charset-utf-16": _typed(f"{FORM}; charset=utf-16"),
        "charset-utf-7": _typed(f"{FORM}; charset=utf-7"),
        "charset-latin-1": _typed(f"{FORM}; charset=iso-8859-1"),
        "charset-of-a-mainframe": _typed(f"{FORM}; charset=ibm037"),
        "charset-empty": _typed(f"{FORM}; charset="),
    },
)


@bad("RFC 7578", "body-unsupported", _TYPE)
def a_real_multipart_form(bench: Bench) -> Post:
    """A form that is well made, of the kind that carries files."""
    encoded = base64.b64encode(bench.good())
    part = b'--x\r\nContent-Disposition: form-data; name="SAMLResponse"\r\n\r\n'
    return Post(part + encoded + b"\r\n--x--\r\n", "multipart/form-data; boundary=x")


_JUNK = base64.b64encode(b"<evil/>").decode()

# A firewall or a proxy that takes the first, where we take the last, sees another response.
table(
    __name__,
    f"{POLLUTION}; CVE-2021-23336: Python, a second separator of fields",
    "body-malformed",
    {
        "two-responses": (_with(("SAMLResponse", _JUNK)), _COUNT),
        "two-responses-the-other-first": (_with(("SAMLResponse", _JUNK), first=True), _COUNT),
        "two-responses-one-empty": (_with(("SAMLResponse", "")), _COUNT),
        "two-relay-states": (_with(("RelayState", "/other")), _COUNT),
        "a-second-name-by-escapes": (
            lambda bench: Post(form_of(bench.good()).body + b"&SAML%52esponse=" + _JUNK.encode()),
            _COUNT,
        ),
        "no-response": (lambda _: Post(b"RelayState=any"), _COUNT),
        "nothing": (lambda _: Post(b""), _COUNT),
        "only-separators": (lambda _: Post(b"&&&&"), _COUNT),
        "an-array-of-one": (_named("SAMLResponse%5B%5D="), _COUNT),
        "another-case": (_named("samlresponse="), _COUNT),
        "a-space-behind-the-name": (_named("SAMLResponse+="), _COUNT),
        "an-array-beside": (_with(("SAMLResponse[]", _JUNK)), _SECOND),
        "an-index-beside": (_with(("SAMLResponse[0]", _JUNK)), _SECOND),
        "a-member-beside": (_with((".SAMLResponse", _JUNK)), _SECOND),
        "another-case-beside": (_with(("samlResponse", _JUNK)), _SECOND),
        "a-space-beside": (_with((" SAMLResponse", _JUNK), first=True), _SECOND),
        "an-underscore-beside": (_with(("SAML_Response", _JUNK)), _SECOND),
        "a-nul-beside": (_with(("SAMLResponse\0", _JUNK)), _SECOND),
        "an-artifact-beside": (_with(("SAMLart", "AAQAAA==")), _SECOND),
        "a-request-beside": (_with(("SAMLRequest", _JUNK)), _SECOND),
        "a-relay-state-of-another-case": (_with(("relaystate", "/other")), _RELAY),
        "an-array-of-relay-states": (_with(("RelayState[]", "/other")), _RELAY),
        "too-many-fields": (_with(*((f"x{at}", "") for at in range(7))), _FORM),
        "a-name-of-no-utf-8": (
            lambda bench: Post(form_of(bench.good()).body + b"&%ff%fe=1"),
            _FORM,
        ),
        "a-relay-state-of-no-utf-8": (
            lambda bench: Post(form_of(bench.good(), None).body + b"&RelayState=%c0%af"),
            _FORM,
        ),
        "bytes-beyond-ascii": (
            lambda bench: Post(form_of(bench.good()).body + b"&x=\xc3\xa9"),
            _FORM,
        ),
        "utf-16-without-saying-so": (
            lambda bench: Post(form_of(bench.good()).body.decode().encode("utf-16")),
            _FORM,
        ),
        "json-that-says-it-is-a-form": (
            lambda bench: Post(
                b'{"SAMLResponse": "' + base64.b64encode(bench.good()) + b'"}',
            ),
            _COUNT,
        ),
    },
)


@bad(f"{POLLUTION}; {MAINKA}", "body-malformed", _COUNT)
def a_response_in_the_query_only(bench: Bench) -> Post:
    """Queries are logged and sent on in Referer headers; a response is neither's business."""
    query = urlencode({"SAMLResponse": base64.b64encode(bench.good()).decode()})
    return Post(b"RelayState=any", query=f"?{query[:8000]}")


@good(f"{BINDINGS} 3.5.3: RelayState is optional")
def relay_state_missing(bench: Bench) -> Post:
    """The flow is found without it."""
    return form_of(bench.good(), None)


@good(f"{BINDINGS} 3.5.3: RelayState is opaque")
def relay_state_empty(bench: Bench) -> Post:
    """Some hubs send the field and nothing in it."""
    return form_of(bench.good(), "")


@good(f"{BINDINGS} 3.5.3: RelayState has 80 bytes at the most")
def relay_state_of_80_bytes(bench: Bench) -> Post:
    """All that is allowed."""
    return form_of(bench.good(), "\u00e9/" * 26 + "xy")


@good("RFC 2045 5.1: types and their parameters in any case, quoted or not")
def a_type_with_a_charset(bench: Bench) -> Post:
    """Some programs say what forms are in."""
    typed = 'Application/X-WWW-Form-URLEncoded ; Charset="UTF-8"'
    return Post(form_of(bench.good()).body, typed)


@good("WHATWG URL, 5.1: names are percent-decoded too")
def a_name_by_escapes(bench: Bench) -> Post:
    """It is one field of this name, however it is written."""
    return Post(form_of(bench.good()).body.replace(b"SAMLResponse", b"%53AMLR%65sponse"))


@good("HTML: a button has a name as well")
def other_fields(bench: Bench) -> Post:
    """The button that the hub's page has for browsers without scripts."""
    return Post(form_of(bench.good()).body + b"&submit=Continue&lang=nl&=&x")


@good(POLLUTION)
def another_response_in_the_query(bench: Bench) -> Post:
    """The body alone is read; what a link adds to our address has no say."""
    return Post(form_of(bench.good()).body, query=f"?SAMLResponse={quote(_JUNK)}&RelayState=x")
