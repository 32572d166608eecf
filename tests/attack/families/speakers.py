"""Who speaks for whom: a provider for its own school, and a user for their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import Seen, bad, bad_story, good, table
from attack.in_process import world_of
from attack.scene import AUTHORITY, PUPIL, REALM
from attack.signed import A, add, signed
from attack.sources import CORE
from numo_sso.saml import names

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Make

COUPS = "IdP Hijacking: SAML Binding Flaws in Multi-Tenant Apps, security.coups.me 2025"
_OTHER = "another authority or realm than is known"
_SCHEMA = "not valid by the schema"
_CONTROL = "a value with control signs"
_PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"


def _by(*authorities: str, realm: str = REALM, brin: str = scene.BRIN) -> Make:
    attributes = scene.attributes(
        nlEduPersonRealId=[f"{PUPIL}@{realm}"], nlEduPersonHomeOrganizationId=[brin]
    )
    return lambda bench: bench.made(
        attributes=attributes, authenticating_authority=list(authorities)
    )


# The hub tells who vouched for a pupil. One that is not this school's may name its BRIN all the
# same, by malice or by a mistake in its attributes.
table(
    __name__,
    f"{COUPS}; {CORE} 2.7.2.2",
    "idp-not-known-for-school",
    {
        "another-authority": (_by("https://evil.example/idp"), _OTHER),
        "no-authority": (_by(), _OTHER),
        "an-empty-authority": (_by(""), _OTHER),
        "another-realm": (_by(AUTHORITY, realm="evilcollege"), _OTHER),
        "a-longer-realm": (_by(AUTHORITY, realm=f"{REALM}.evil.example"), _OTHER),
        "a-look-alike-realm": (_by(AUTHORITY, realm=REALM.replace("e", "\u0435")), _OTHER),
        "a-shorter-realm": (_by(AUTHORITY, realm=REALM[:-1]), _OTHER),
        "an-authority-in-capitals": (_by(AUTHORITY.upper()), _OTHER),
        "a-longer-authority": (_by(f"{AUTHORITY}/x"), _OTHER),
        "a-shorter-authority": (_by(AUTHORITY[:-1]), _OTHER),
        "ours-first-and-another-last": (_by(AUTHORITY, "https://evil.example/idp"), _OTHER),
        "ours-first-and-nobody-last": (_by(AUTHORITY, ""), _OTHER),
        "the-neighbours-authority": (_by(scene.NEIGHBOUR_AUTHORITY), _OTHER),
        "the-neighbours-realm": (_by(AUTHORITY, realm=scene.NEIGHBOUR_REALM), _OTHER),
        "the-neighbours-provider-with-our-brin": (
            _by(scene.NEIGHBOUR_AUTHORITY, realm=scene.NEIGHBOUR_REALM),
            _OTHER,
        ),
        "our-provider-with-the-neighbours-brin": (
            _by(AUTHORITY, brin=scene.NEIGHBOUR_BRIN),
            _OTHER,
        ),
        "our-authority-with-the-neighbours-realm-and-brin": (
            _by(AUTHORITY, realm=scene.NEIGHBOUR_REALM, brin=scene.NEIGHBOUR_BRIN),
            _OTHER,
        ),
    },
)

table(
    __name__,
    f"{CORE} 2.7.2.2",
    "identity-refused",
    {
        "an-authority-with-a-line-within": (_by("https://magister.example\n/idp"), _CONTROL),
        "an-authority-with-a-zero-width-space": (_by(f"{AUTHORITY}\u200b"), _CONTROL),
        "an-authority-beyond-measure": (
            _by(f"{AUTHORITY}/{'x' * 300}"),
            "a value that is too long",
        ),
    },
)

table(
    __name__,
    f"{CORE} 2.7.2.2: an authority is a URI",
    "response-malformed",
    {
        "a-list-in-one-authority": (_by(f"https://evil.example {AUTHORITY}"), _SCHEMA),
        "a-no-break-space-before": (_by(f"\u00a0{AUTHORITY}"), _SCHEMA),
        "an-authority-that-writes-backwards": (_by(f"\u202e{AUTHORITY}"), _SCHEMA),
    },
)


def _statement(authority: str) -> str:
    return (
        '<saml:AuthnStatement AuthnInstant="2026-01-01T00:00:00Z"><saml:AuthnContext>'
        f"<saml:AuthnContextClassRef>{_PASSWORD}</saml:AuthnContextClassRef>"
        f"<saml:AuthenticatingAuthority>{authority}</saml:AuthenticatingAuthority>"
        "</saml:AuthnContext></saml:AuthnStatement>"
    )


@bad(f"{COUPS}; {CORE} 2.7.2", "idp-not-known-for-school", _OTHER)
def another_authority_in_a_second_statement(bench: Bench) -> bytes:
    """Two statements, and the source that the hub added last is the one that spoke."""
    return signed(bench, add(A, _statement("https://evil.example/idp")))


@bad(f"{CORE} 2.7.2.2", "response-malformed", _SCHEMA)
def an_element_in_an_authority(bench: Bench) -> bytes:
    """The text before it is our authority's, and the whole is not."""
    path = f"{A}/{names.AUTHN_STATEMENT}/{names.AUTHN_CONTEXT}/{names.AUTHENTICATING_AUTHORITY}"
    return signed(bench, add(path, "<saml:Advice/>"))


@bad_story(COUPS, "user-elsewhere", "at another entrance of the same BRIN", only="process")
def a_pupil_of_another_location(bench: Bench) -> Seen:
    """One BRIN, two entrances: the realm says which, and there they are nobody."""
    world = world_of(bench)
    (ours,) = world.schools.by_brin[scene.BRIN]
    (theirs,) = world.schools.by_brin[scene.NEIGHBOUR_BRIN]
    world.schools.by_brin[scene.BRIN] = (ours, theirs)
    del world.roster.users[(scene.ENTRANCE, "persoonscode", PUPIL)]
    return bench.post(bench.good())


@bad_story(COUPS, "entrance-ambiguous", "2 entrances share this BRIN", only="process")
def a_pupil_who_could_be_at_two_locations(bench: Bench) -> Seen:
    """The realm is of neither, and the same code and names are at both."""
    world = world_of(bench)
    (ours,) = world.schools.by_brin[scene.BRIN]
    (theirs,) = world.schools.by_brin[scene.NEIGHBOUR_BRIN]
    world.schools.by_brin[scene.BRIN] = (ours, theirs)
    key = (scene.NEIGHBOUR, "persoonscode", PUPIL)
    world.roster.users[key] = world.roster.users[key]._replace(given_name="Pietje")
    return bench.post(_by("https://new.example/idp")(bench))


@bad_story(COUPS, "idp-not-known-for-school", _OTHER, only="process")
def the_first_word_at_a_school_that_waits_for_support(bench: Bench) -> Seen:
    """Where support says who may speak, nobody learns it from a login, not even from the first."""
    world = world_of(bench)
    (ours,) = world.schools.by_brin[scene.BRIN]
    enforcing = ours._replace(accepted=frozenset(), pair_mode=type(ours.pair_mode)("enforce"))
    world.schools.by_brin[scene.BRIN] = (enforcing,)
    return bench.post(bench.good())


@good(f"{CORE} 2.7.2.2: a list of those involved; the hub adds its source at the end")
def several_authorities(bench: Bench) -> bytes:
    """A provider behind a provider, and ours last."""
    return _document(bench, "https://first.example/idp", AUTHORITY)


@good("XML 1.0 2.10: white space that a program prints around a value")
def an_authority_on_a_line_of_its_own(bench: Bench) -> bytes:
    """A hub that indents its XML signs the indentation with it."""
    return _document(bench, f"\n          {AUTHORITY}\n        ")


@good(f"{CORE} 2.7.2: several statements")
def a_second_statement_by_the_same_authority(bench: Bench) -> bytes:
    """Two logins there, of which one is older."""
    return signed(bench, add(A, _statement(AUTHORITY)))


def _document(bench: Bench, *authorities: str) -> bytes:
    return bench.made(authenticating_authority=list(authorities))
