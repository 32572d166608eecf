"""The Response around the assertion, which need not be signed: where it goes and who speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad, good
from attack.scene import HUB
from attack.signed import A, Spoil, add, put, remove, signed, signed_table, text
from attack.sources import BINDINGS, CORE, PROFILES
from attack.urls import ACS_WRITINGS
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench

_DESTINATION = "Destination is not our ACS"
_ISSUED = "issued by another"
_NO_ENTITY = "an issuer that is no entity"
_SCHEMA = "not valid by the schema"
_MAIL = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"

# A response that was on its way to another service, kept or passed on.
signed_table(
    __name__,
    f"{CORE} 3.2.2; {BINDINGS} 3.5.5.2",
    "response-refused",
    {
        f"destination-{name}": (put(".", "Destination", url), _DESTINATION)
        for name, url in ACS_WRITINGS.items()
    }
    | {
        "destination-missing": (put(".", "Destination", None), _DESTINATION),
        "destination-empty": (put(".", "Destination", ""), _DESTINATION),
    },
)


def _writings(path: str, name: str) -> dict[str, tuple[Spoil, str]]:
    """The hub's name as another would write it, on the Response or on the assertion."""
    return {
        f"{name}-another": (text(path, "https://evil.example/idp"), _ISSUED),
        f"{name}-empty": (text(path, ""), _ISSUED),
        f"{name}-ourselves": (text(path, lambda on: on.entity_id), _ISSUED),
        f"{name}-a-prefix": (text(path, HUB[:-1]), _ISSUED),
        f"{name}-with-a-suffix": (text(path, f"{HUB}/x"), _ISSUED),
        f"{name}-in-capitals": (text(path, HUB.upper()), _ISSUED),
        f"{name}-with-spaces": (text(path, f" {HUB} "), _ISSUED),
        f"{name}-with-a-line-end": (text(path, f"{HUB}\n"), _ISSUED),
        f"{name}-a-look-alike": (text(path, HUB.replace("e", "\u0435")), _ISSUED),
        f"{name}-of-another-format": (put(path, "Format", _MAIL), _NO_ENTITY),
    }


# A key of the hub that signs for others too must not let those others speak as the hub.
signed_table(
    __name__,
    f"{CORE} 2.2.5; {PROFILES} 4.1.4.2",
    "response-refused",
    _writings(names.ISSUER, "response-issuer") | _writings(f"{A}/{names.ISSUER}", "issuer"),
)


@bad(f"{PROFILES} 4.1.4.2", "response-refused", "not exactly one Issuer")
def response_issuer_missing(bench: Bench) -> bytes:
    """The hub names itself on both; half of it is another's work."""
    return signed(bench, remove(names.ISSUER))


@bad(f"{CORE} 2.3.3", "response-malformed", _SCHEMA)
def issuer_missing(bench: Bench) -> bytes:
    """An assertion of nobody."""
    return signed(bench, remove(f"{A}/{names.ISSUER}"))


@bad(f"{CORE} 2.2.5", "response-malformed", _SCHEMA)
def response_issuer_twice(bench: Bench) -> bytes:
    """Who it is from depends on who reads."""
    return signed(bench, add(".", f"<saml:Issuer>{HUB}</saml:Issuer>", 0))


# Another version has other rules, and ours would be held against them.
signed_table(
    __name__,
    f"{CORE} 4.1.2: versions must be processed as such",
    "response-refused",
    {
        "response-of-version-1-1": (put(".", "Version", "1.1"), "another version of SAML"),
        "response-of-version-2-1": (put(".", "Version", "2.1"), "another version of SAML"),
        "response-of-version-2": (put(".", "Version", "2"), "another version of SAML"),
        "response-of-no-version": (put(".", "Version", ""), "another version of SAML"),
        "assertion-of-version-1-1": (put(A, "Version", "1.1"), "another version of SAML"),
        "assertion-of-version-3": (put(A, "Version", "3.0"), "another version of SAML"),
        "assertion-of-version-2-with-space": (put(A, "Version", "2.0 "), "another version of SAML"),
    },
)

signed_table(
    __name__,
    f"{CORE} 2.3.3 and 3.2.2: required attributes",
    "response-malformed",
    {
        "response-version-missing": (put(".", "Version", None), _SCHEMA),
        "assertion-version-missing": (put(A, "Version", None), _SCHEMA),
        "response-id-missing": (put(".", "ID", None), _SCHEMA),
        "response-issue-instant-missing": (put(".", "IssueInstant", None), _SCHEMA),
        "response-issue-instant-in-words": (put(".", "IssueInstant", "today"), _SCHEMA),
    },
)


@bad(f"{CORE} 1.3.3", "response-refused", "IssueInstant is no time in UTC")
def response_issued_in_local_time(bench: Bench) -> bytes:
    """Two hours of validity could be had by leaving out where one is."""
    return signed(bench, put(".", "IssueInstant", "2026-11-24T08:00:00"))


@good(f"{CORE} 3.2.2: Consent is optional")
def a_consent(bench: Bench) -> bytes:
    """Whether the pupil was asked is between them and the hub."""
    return signed(bench, put(".", "Consent", "urn:oasis:names:tc:SAML:2.0:consent:obtained"))


@good(f"{CORE} 8.3.6: the format of an issuer, said")
def issuers_with_their_format(bench: Bench) -> bytes:
    """What goes without saying may be said."""
    form = names.ENTITY_FORMAT
    return signed(
        bench, put(names.ISSUER, "Format", form), put(f"{A}/{names.ISSUER}", "Format", form)
    )


@good(f"{CORE} 3.2.2: Extensions are for whom they concern")
def extensions_of_another(bench: Bench) -> bytes:
    """What a hub adds for others keeps nobody out."""
    extra = '<samlp:Extensions><x xmlns="urn:example">1</x></samlp:Extensions>'
    return signed(bench, add(".", extra, 1))
