"""Who may deliver an assertion, where, when, and in answer to what: the subject's confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad, good
from attack.signed import (
    CONFIRMATION,
    DATA,
    SUBJECT,
    add,
    instant,
    moment,
    put,
    remove,
    signed,
    signed_table,
)
from attack.sources import CORE, KEYCLOAK_END, MAINKA, PROFILES, SSP_BINDING
from attack.urls import ACS_WRITINGS
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench

_METHODS = "urn:oasis:names:tc:SAML:2.0:cm"
_NOT_BEARER = "a confirmation that is not bearer"
_RECIPIENT = "Recipient is not our ACS"
_ANSWERS = "the assertion answers another request"
_NO_END = "NotOnOrAfter is no time in UTC"


@bad(f"{PROFILES} 4.1.4.2", "response-refused", "no subject confirmation")
def confirmation_missing(bench: Bench) -> bytes:
    """Nobody said that whoever brings this may log in with it."""
    return signed(bench, remove(CONFIRMATION))


@bad(f"{PROFILES} 4.1.4.2", "response-refused", "not exactly one Subject")
def subject_missing(bench: Bench) -> bytes:
    """A statement about nobody."""
    return signed(bench, remove(SUBJECT))


@bad(f"{PROFILES} 4.1.4.2", "response-refused", "not exactly one SubjectConfirmationData")
def confirmation_data_missing(bench: Bench) -> bytes:
    """A bearer of no place, no time and no request is a bearer anywhere, for ever."""
    return signed(bench, remove(DATA))


@bad(f"{CORE} 2.4.1.1", "response-malformed", "not valid by the schema")
def confirmation_data_twice(bench: Bench) -> bytes:
    """One for the check and one for show."""
    return signed(bench, add(CONFIRMATION, "<saml:SubjectConfirmationData/>"))


@bad(f"{CORE} 2.4.1.1", "response-malformed", "not valid by the schema")
def method_missing(bench: Bench) -> bytes:
    """How the subject is confirmed is for the hub to say."""
    return signed(bench, put(CONFIRMATION, "Method", None))


# The hub means a proof that nobody here asks for, so the bearer alone must not do.
signed_table(
    __name__,
    f"SAML 2.0 Profiles 3; {PROFILES} 4.1.4.2",
    "response-refused",
    {
        "holder-of-key": (put(CONFIRMATION, "Method", f"{_METHODS}:holder-of-key"), _NOT_BEARER),
        "sender-vouches": (put(CONFIRMATION, "Method", f"{_METHODS}:sender-vouches"), _NOT_BEARER),
        "bearer-of-saml-1": (
            put(CONFIRMATION, "Method", "urn:oasis:names:tc:SAML:1.0:cm:bearer"),
            _NOT_BEARER,
        ),
        "bearer-in-capitals": (put(CONFIRMATION, "Method", names.BEARER.upper()), _NOT_BEARER),
        "bearer-with-a-suffix": (put(CONFIRMATION, "Method", f"{names.BEARER}2"), _NOT_BEARER),
        "method-empty": (put(CONFIRMATION, "Method", ""), _NOT_BEARER),
        "bearer-and-sender-vouches": (
            add(SUBJECT, f'<saml:SubjectConfirmation Method="{_METHODS}:sender-vouches"/>'),
            _NOT_BEARER,
        ),
        "holder-of-key-and-bearer": (
            add(SUBJECT, f'<saml:SubjectConfirmation Method="{_METHODS}:holder-of-key"/>', 1),
            _NOT_BEARER,
        ),
    },
)

# An assertion that another service was sent, passed on to us.
signed_table(
    __name__,
    f"{MAINKA}, recipient confusion; {PROFILES} 4.1.4.3",
    "response-refused",
    {
        f"recipient-{name}": (put(DATA, "Recipient", url), _RECIPIENT)
        for name, url in ACS_WRITINGS.items()
    }
    | {
        "recipient-missing": (put(DATA, "Recipient", None), _RECIPIENT),
        "recipient-empty": (put(DATA, "Recipient", ""), _RECIPIENT),
    },
)

# The signed part must name the request: what names it outside the signature, anybody can write.
signed_table(
    __name__,
    f"{SSP_BINDING}; {PROFILES} 4.1.4.3",
    "response-refused",
    {
        "in-response-to-missing": (put(DATA, "InResponseTo", None), _ANSWERS),
        "in-response-to-another": (put(DATA, "InResponseTo", "_another"), _ANSWERS),
        "in-response-to-longer": (
            put(DATA, "InResponseTo", lambda on: f"{on.request_id}x"),
            _ANSWERS,
        ),
        "in-response-to-in-other-case": (
            put(DATA, "InResponseTo", lambda on: on.request_id.swapcase()),
            _ANSWERS,
        ),
    },
)


@bad(f"{CORE} 2.4.1.2", "response-malformed", "not valid by the schema")
def in_response_to_empty(bench: Bench) -> bytes:
    """Empty is neither missing nor ours."""
    return signed(bench, put(DATA, "InResponseTo", ""))


# Without an end of its own a confirmation would live as long as whoever kept it.
signed_table(
    __name__,
    f"{KEYCLOAK_END}; {PROFILES} 4.1.4.2",
    "response-refused",
    {
        "end-missing": (put(DATA, "NotOnOrAfter", None), _NO_END),
        "end-in-local-time": (
            put(DATA, "NotOnOrAfter", lambda on: instant(on.now + 300, "%Y-%m-%dT%H:%M:%S")),
            _NO_END,
        ),
        "end-far-away": (put(DATA, "NotOnOrAfter", moment(920)), "a lifetime beyond all measure"),
        "with-not-before": (
            put(DATA, "NotBefore", moment(-60)),
            "a bearer confirmation with NotBefore",
        ),
    },
)


@bad(KEYCLOAK_END, "response-expired", "NotOnOrAfter has passed")
def end_has_passed(bench: Bench) -> bytes:
    """The conditions hold on, and the bearer's time is over."""
    return bench.made(confirmation_not_on_or_after=bench.now - 61)


def _second(**changes: str) -> str:
    """A second bearer, written with what is wrong about it."""
    attributes = " ".join(f'{name}="{value}"' for name, value in changes.items())
    return (
        f'<saml:SubjectConfirmation Method="{names.BEARER}">'
        f"<saml:SubjectConfirmationData {attributes}/></saml:SubjectConfirmation>"
    )


@bad(f"{PROFILES} 4.1.4.3", "response-refused", _RECIPIENT)
def a_second_confirmation_for_another(bench: Bench) -> bytes:
    """To choose the one that fits is to let an assertion be for two services."""
    end, request = instant(bench.now + 300), bench.request_id
    second = _second(Recipient="https://another.example", NotOnOrAfter=end, InResponseTo=request)
    return signed(bench, add(SUBJECT, second))


@bad(f"{PROFILES} 4.1.4.3", "response-refused", _ANSWERS)
def a_first_confirmation_of_another_request(bench: Bench) -> bytes:
    """The same before ours, for a reader who takes the last."""
    end = instant(bench.now + 300)
    first = _second(Recipient=bench.acs, NotOnOrAfter=end, InResponseTo="_another")
    return signed(bench, add(SUBJECT, first, 1))


@good(f"{CORE} 2.4.1.2: Address is optional, and pupils sit behind proxies")
def an_address_of_another_network(bench: Bench) -> bytes:
    """The school's proxy hides what address the hub saw."""
    return signed(bench, put(DATA, "Address", "192.0.2.7"))


@good(f"{PROFILES} 4.1.4.2: one bearer at least")
def two_confirmations_that_hold(bench: Bench) -> bytes:
    """The same bearer twice."""
    end, request = instant(bench.now + 300), bench.request_id
    second = _second(Recipient=bench.acs, NotOnOrAfter=end, InResponseTo=request)
    return signed(bench, add(SUBJECT, second))
