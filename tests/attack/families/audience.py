"""Whom an assertion is meant for: the hub signs these too, for others or in another writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.case import bad, good
from attack.signed import AUDIENCE, CONDITIONS, RESTRICTION, add, remove, signed, signed_table, text
from attack.sources import ARMANDO, CORE, MAINKA

if TYPE_CHECKING:
    from attack.bench import Bench

_OTHER = "meant for another audience"
_RESTRICTED = (
    "<saml:AudienceRestriction><saml:Audience>{}</saml:Audience></saml:AudienceRestriction>"
)


@bad(ARMANDO, "response-refused", _OTHER)
def audience_of_another_service(bench: Bench) -> bytes:
    """A service that the pupil trusts less could log in here with what it was sent."""
    return bench.made(audience="https://another.example/v1/sso/metadata")


@bad(f"{CORE} 2.5.1.4", "response-refused", "no audience restriction")
def audience_restriction_missing(bench: Bench) -> bytes:
    """An assertion for nobody in particular would be one for everybody."""
    return bench.made(audience="")


@bad(f"{CORE} 2.5.1.4", "response-refused", _OTHER)
def a_second_restriction_without_us(bench: Bench) -> bytes:
    """Restrictions add up: looking for one that fits would widen what the hub narrowed."""
    return signed(bench, add(CONDITIONS, _RESTRICTED.format("https://another.example")))


@bad(f"{CORE} 2.5.1.4", "response-refused", _OTHER)
def a_first_restriction_without_us(bench: Bench) -> bytes:
    """The same, for a reader who takes the last."""
    return signed(bench, add(CONDITIONS, _RESTRICTED.format("https://another.example"), 0))


@bad(f"{CORE} 2.5.1.6", "response-refused", "no audience restriction")
def a_proxy_restriction_only(bench: Bench) -> bytes:
    """Its Audience says who may be told of the login, and not who this is for."""
    return signed(
        bench,
        remove(RESTRICTION),
        lambda root, on: add(
            CONDITIONS,
            f"<saml:ProxyRestriction><saml:Audience>{on.entity_id}</saml:Audience>"
            "</saml:ProxyRestriction>",
        )(root, on),
    )


@bad(f"{CORE} 2.5.1.4", "response-malformed", "not valid by the schema")
def an_audience_restriction_without_audience(bench: Bench) -> bytes:
    """An empty list is met by nobody; a loop over nothing would let everybody in."""
    return signed(bench, remove(AUDIENCE))


@bad(f"{CORE} 2.5.1.4", "response-malformed", "not valid by the schema")
def an_element_inside_the_audience(bench: Bench) -> bytes:
    """Text that is put together from pieces differs from reader to reader."""
    return signed(bench, add(AUDIENCE, "<saml:Audience>x</saml:Audience>"))


@bad(f"{CORE} 1.3.2: a URI holds no space", "response-malformed", "not valid by the schema")
def audiences_in_one_element(bench: Bench) -> bytes:
    """A reader that splits or searches a text would find us in it."""
    return signed(bench, text(AUDIENCE, lambda on: f"https://a.example {on.entity_id}"))


signed_table(
    __name__,
    f"{MAINKA}; {CORE} 1.3.2: URIs are compared to the letter",
    "response-refused",
    {
        "audience-empty": (text(AUDIENCE, ""), _OTHER),
        "audience-our-prefix": (text(AUDIENCE, lambda on: on.entity_id[:-1]), _OTHER),
        "audience-our-origin": (text(AUDIENCE, lambda on: on.arena.urls.public_url), _OTHER),
        "audience-with-a-suffix": (text(AUDIENCE, lambda on: on.entity_id + "/x"), _OTHER),
        "audience-with-a-slash": (text(AUDIENCE, lambda on: on.entity_id + "/"), _OTHER),
        "audience-with-a-query": (text(AUDIENCE, lambda on: on.entity_id + "?x=1"), _OTHER),
        "audience-with-a-fragment": (text(AUDIENCE, lambda on: on.entity_id + "#x"), _OTHER),
        "audience-in-capitals": (text(AUDIENCE, lambda on: on.entity_id.upper()), _OTHER),
        "audience-as-a-path-behind-another": (
            text(AUDIENCE, lambda on: f"https://another.example/{on.entity_id}"),
            _OTHER,
        ),
        "audience-of-the-acs": (text(AUDIENCE, lambda on: on.acs), _OTHER),
        "audience-in-a-list": (
            text(AUDIENCE, lambda on: f"urn:example,{on.entity_id}"),
            _OTHER,
        ),
        "audience-with-space-before": (text(AUDIENCE, lambda on: f" {on.entity_id}"), _OTHER),
        "audience-with-a-line-end": (text(AUDIENCE, lambda on: f"{on.entity_id}\n"), _OTHER),
        "audience-a-pattern": (text(AUDIENCE, "*"), _OTHER),
        "audience-with-a-zero-width-space": (
            text(AUDIENCE, lambda on: f"{on.entity_id}\u200b"),
            _OTHER,
        ),
    },
)


@good(f"{CORE} 2.5.1.4: one of a restriction's audiences suffices")
def one_audience_of_several(bench: Bench) -> bytes:
    """The hub may name its other services beside us."""
    return signed(
        bench, add(RESTRICTION, "<saml:Audience>https://another.example</saml:Audience>", 0)
    )


@good(f"{CORE} 2.5.1.4: each restriction must be met, and is")
def two_restrictions_that_name_us(bench: Bench) -> bytes:
    """The same said twice is no contradiction."""
    return signed(
        bench, lambda root, on: add(CONDITIONS, _RESTRICTED.format(on.entity_id))(root, on)
    )
