"""The form of a post: its type, its size and its names, to the letter and to the byte."""

from __future__ import annotations

import pytest

from numo_sso.outcomes import Refused
from numo_sso.saml.form import read_form, read_relay_state

FORM = "application/x-www-form-urlencoded"
FIELD = b"SAMLResponse="


def refusal(content_type: str, body: bytes) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        read_form(content_type, body)
    return refused.value.outcome.code, refused.value.detail


@pytest.mark.parametrize(
    "content_type",
    [
        FORM,
        FORM.upper(),
        f" {FORM} ",
        f"\t{FORM}\t",
        f"{FORM};charset=utf-8",
        f"{FORM}; charset=UTF-8",
        f"{FORM};\tcharset=utf-8",
        f"{FORM} ; charset=utf-8",
        f"{FORM}\t; charset=utf-8",
        f"{FORM} \t ; \t charset=utf-8",
        f"{FORM}; charset=utf-8 \t",
        f'{FORM}; charset="utf-8"',
        f'{FORM}; Charset="US-ASCII"',
        f"{FORM}; charset=us-ascii",
    ],
)
def test_a_form_in_ascii_or_utf_8(content_type: str) -> None:
    """What browsers send, and what HTTP allows them to write around it."""
    assert read_form(content_type, FIELD + b"aaaa") == "aaaa"


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "application/x-www-form-urlencode",
        f"x{FORM}",
        f"{FORM}x",
        f"{FORM}~",
        f"{FORM},{FORM}",
        f"{FORM}, text/plain",
        f"{FORM};",
        f"{FORM}; charset=utf-16",
        f"{FORM}; charset=utf-7",
        f"{FORM}; charset=utf-8; charset=utf-8",
        f"{FORM}; charset=utf-8 x",
        f"{FORM}; charset=xutf-8",
        f"{FORM}; boundary=x",
        f"{FORM} charset=utf-8",
        f"{FORM};charset",
        f"{FORM};charset=",
        f"{FORM}\n; charset=utf-8",
        f"{FORM};\ncharset=utf-8",
        f"{FORM}; charset=utf-8\n;",
        f"{FORM}\x0b; charset=utf-8",
        f"{FORM}\n",
        f"\u00a0{FORM}",
    ],
)
def test_another_type_is_no_form(content_type: str) -> None:
    """Two types, another charset or another parameter: somebody would read it otherwise."""
    assert refusal(content_type, FIELD + b"aaaa") == ("body-unsupported", "not a form post")


def test_a_body_of_768_kb_is_read_and_no_more() -> None:
    """To the byte."""
    most = 768 * 1024
    assert len(read_form(FORM, FIELD.ljust(most, b"a"))) == most - len(FIELD)
    too_large = ("body-too-large", "the body exceeds its limit")
    assert refusal(FORM, FIELD.ljust(most + 1, b"a")) == too_large


def test_so_many_escapes_are_read_and_no_more() -> None:
    """To the sign: each of them costs."""
    assert read_form(FORM, FIELD + b"%61" * 24_000) == "a" * 24_000
    too_large = ("body-too-large", "the body exceeds its limit")
    assert refusal(FORM, FIELD + b"%61" * 24_001) == too_large


def test_eight_fields_are_read_and_no_more() -> None:
    """An elo or a proxy may add some."""
    assert read_form(FORM, FIELD + b"aaaa" + b"&x=1" * 7) == "aaaa"
    unreadable = ("body-malformed", "not a readable form")
    assert refusal(FORM, FIELD + b"aaaa" + b"&x=1" * 8) == unreadable


@pytest.mark.parametrize("body", [b"\xff", b"%ff", b"%c3%28", "\u00e9".encode()])
def test_what_is_no_text_is_no_form(body: bytes) -> None:
    """Bytes that are no ASCII, or escapes that are no UTF-8."""
    assert refusal(FORM, FIELD + body) == ("body-malformed", "not a readable form")


NOT_ONE = "not exactly one SAMLResponse and at most one RelayState"


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", NOT_ONE),
        (b"RelayState=a", NOT_ONE),
        (b"SAMLResponse=a&SAMLResponse=a", NOT_ONE),
        (b"SAMLResponse=a&RelayState=a&RelayState=a", NOT_ONE),
        (b"SAMLResponse=a&RelayState=&RelayState=", NOT_ONE),
        (b"SAMLResponse=a&samlresponse=b", "a second message"),
        (b"SAMLResponse=a&SAMLResponse[]=b", "a second message"),
        (b"SAMLResponse=a&SAMLResponse%00=b", "a second message"),
        (b"SAMLResponse=a&SAMLRequest=b", "a second message"),
        (b"SAMLResponse=a&samlart=b", "a second message"),
        (b"SAMLResponse=a&SAMLart=", "a second message"),
        (b"SAMLResponse=a&relaystate=b", "a RelayState of another spelling"),
        (b"SAMLResponse=a&Relay_State=b", "a RelayState of another spelling"),
    ],
)
def test_there_is_one_message(body: bytes, detail: str) -> None:
    """Under its very name, and no other that something in between could take for it."""
    assert refusal(FORM, body) == ("body-malformed", detail)


@pytest.mark.parametrize(
    "body",
    [
        b"SAMLResponse=a",
        b"RelayState=&SAMLResponse=a",
        b"SAMLResponse=a&RelayState=x",
        b"SAMLResponse=a&Response=b&State=c&Relay=d",
        b"SAMLResponse=a&SAMLResponses=b",
        b"SAMLResponse=a&&",
    ],
)
def test_other_fields_are_passed_over(body: bytes) -> None:
    """Whatever else is in the form, the message is what its name says."""
    assert read_form(FORM, body) == "a"


@pytest.mark.parametrize(
    ("body", "relay_state"),
    [
        (b"SAMLResponse=a", ""),
        (b"SAMLResponse=a&RelayState=", ""),
        (b"SAMLResponse=a&RelayState=a.b%2Bc", "a.b+c"),
        (b"RelayState=x&SAMLResponse=a", "x"),
    ],
)
def test_the_relay_state_beside_it(body: bytes, relay_state: str) -> None:
    """As it came, decoded once; empty where there is none."""
    assert read_relay_state(body) == relay_state
