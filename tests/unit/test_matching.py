"""From an identity to one account. Nothing is ever guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.world import AUTHORITY, PAIR, PETTEFLAT, PUPIL, TEACHER
from numo_sso.codes import normalise_code
from numo_sso.matching import match_user, roster_keys
from numo_sso.outcomes import Refused
from numo_sso.saml.identity import Identity
from numo_sso.schools import (
    AcceptedPair,
    Candidate,
    MatchRule,
    PairMode,
    SchoolUser,
    check_pair,
    choose_school,
    new_pair,
    only_school,
)

IDENTITY = Identity(
    brin="11ZZ",
    code="140136",
    realm="petteflatcollege",
    affiliations=frozenset({"student"}),
    given_name="Pietje",
    infix="van",
    surname="Puk",
    authority=AUTHORITY,
    attributes=frozenset(),
)
NORTH = PETTEFLAT._replace(entrance="north", accepted=frozenset())
SOUTH = PETTEFLAT._replace(entrance="south", accepted=frozenset(), match_rule=MatchRule.IDGEBR)
BOTH = (NORTH, SOUTH)
AT_NORTH = PUPIL._replace(entrance="north")
AT_SOUTH = PUPIL._replace(entrance="south", given_name="Aagje", surname="Aal")


def refusal(school: Candidate, identity: Identity, found: dict[str, SchoolUser]) -> str:
    with pytest.raises(Refused) as refused:
        match_user(school, identity, found)
    return refused.value.outcome.code


def choice(identity: Identity, found: dict[str, SchoolUser]) -> str:
    try:
        return choose_school(BOTH, identity, found).entrance
    except Refused as refused:
        return refused.outcome.code


def test_each_entrance_is_asked_by_its_own_rule() -> None:
    """A persoonscode here and an IDGebr there: the two number spaces never mix."""
    keys = roster_keys(BOTH, IDENTITY._replace(code=" AbC "))
    assert keys == [("north", "persoonscode", "abc"), ("south", "idgebr", "abc")]


def test_the_pupil_is_found() -> None:
    """One user with the code, of a role that agrees: that is the account."""
    assert match_user(PETTEFLAT, IDENTITY, {"petteflat": PUPIL}) is PUPIL


def test_no_user_is_unknown() -> None:
    """A code that the roster lacks opens nothing."""
    assert refusal(PETTEFLAT, IDENTITY, {}) == "user-unknown"


def test_a_user_at_the_other_entrance_is_said_to_be_elsewhere() -> None:
    """The realm pointed here, the code exists there: neither is taken."""
    assert refusal(NORTH, IDENTITY, {"south": AT_SOUTH}) == "user-elsewhere"


def test_a_disabled_user_stays_out() -> None:
    """A user whom the school switched off does not come in by SSO either."""
    assert refusal(PETTEFLAT, IDENTITY, {"petteflat": PUPIL._replace(active=False)}) == (
        "user-disabled"
    )


@pytest.mark.parametrize(
    ("user", "affiliations", "opens"),
    [
        (PUPIL, {"student"}, True),
        (PUPIL, {"student", "employee"}, True),
        (PUPIL, {"affiliate"}, True),
        (PUPIL, set(), True),
        (PUPIL, {"employee"}, False),
        (PUPIL, {"staff", "affiliate"}, False),
        (TEACHER, {"employee"}, True),
        (TEACHER, {"staff"}, True),
        (TEACHER, {"student", "employee"}, True),
        (TEACHER, {"student"}, False),
        (TEACHER, {"affiliate"}, False),
        (TEACHER, set(), False),
        (TEACHER._replace(role="staff"), {"student"}, False),
    ],
)
def test_the_role_is_the_rosters(user: SchoolUser, affiliations: set[str], *, opens: bool) -> None:
    """Only staff open staff accounts, and a login of staff alone opens no pupil's."""
    identity = IDENTITY._replace(affiliations=frozenset(affiliations))
    found = {"petteflat": user}
    if opens:
        assert match_user(PETTEFLAT, identity, found) is user
    else:
        assert refusal(PETTEFLAT, identity, found) == "role-differs"


def test_a_code_alone_chooses_no_entrance() -> None:
    """Of two entrances that share a BRIN, having the code is not enough, even if only one does."""
    stranger = IDENTITY._replace(given_name="", surname="")
    assert choice(stranger, {"north": AT_NORTH}) == "entrance-ambiguous"
    assert choice(stranger, {"north": AT_NORTH, "south": AT_SOUTH}) == "entrance-ambiguous"
    assert choice(stranger, {}) == "user-unknown"


def test_the_names_choose_when_both_agree_at_one_entrance() -> None:
    """Given name and surname, whatever their case; the infix counts."""
    found = {"north": AT_NORTH, "south": AT_SOUTH}
    assert choice(IDENTITY, found) == "north"
    assert choice(IDENTITY._replace(given_name="PIETJE", surname=" puk "), found) == "north"
    assert choice(IDENTITY._replace(infix="", surname="van Puk"), found) == "north"
    assert choice(IDENTITY._replace(given_name="Piet"), found) == "entrance-ambiguous"
    assert choice(IDENTITY._replace(surname="Pluk"), found) == "entrance-ambiguous"
    twins = {"north": AT_NORTH, "south": AT_NORTH._replace(entrance="south")}
    assert choice(IDENTITY, twins) == "entrance-ambiguous"


def test_a_realm_that_one_entrance_accepts_chooses_it() -> None:
    """Also against the names: support confirmed the realm, a name can be anybody's."""
    south = SOUTH._replace(accepted=frozenset({PAIR}))
    chosen = choose_school((NORTH, south), IDENTITY, {"north": AT_NORTH})
    assert chosen.entrance == "south"


def test_a_realm_of_another_authority_chooses_nothing() -> None:
    """One school's identity provider cannot speak for another's realm."""
    south = SOUTH._replace(accepted=frozenset({AcceptedPair("https://evil", PAIR.realm)}))
    with pytest.raises(Refused) as refused:
        choose_school((NORTH, south), IDENTITY._replace(given_name=""), {"south": AT_SOUTH})
    assert refused.value.outcome.code == "entrance-ambiguous"


def test_a_known_pair_is_nothing_new() -> None:
    """One that support accepted, and in a school that learns one that it learned."""
    learned = PETTEFLAT._replace(accepted=frozenset(), learned=frozenset({PAIR}))
    assert new_pair(PETTEFLAT, IDENTITY) is None
    assert new_pair(learned, IDENTITY) is None
    assert new_pair(learned._replace(pair_mode=PairMode.ENFORCE), IDENTITY) == PAIR


def test_the_first_pair_of_a_school_that_learns_passes() -> None:
    """Somebody has to be the first, and support is told."""
    assert new_pair(NORTH, IDENTITY) == PAIR
    check_pair(NORTH, PAIR)
    check_pair(PETTEFLAT, None)


@pytest.mark.parametrize(("authority", "realm"), [("", PAIR.realm), (AUTHORITY, "other")])
@pytest.mark.parametrize(
    "school", [PETTEFLAT, NORTH._replace(learned=frozenset({PAIR}))], ids=["accepted", "learned"]
)
def test_every_further_pair_waits(authority: str, realm: str, school: Candidate) -> None:
    """Another realm, another authority or none at all, once anybody speaks for the school."""
    pair = new_pair(school, IDENTITY._replace(authority=authority, realm=realm))
    assert pair == AcceptedPair(authority, realm)
    with pytest.raises(Refused) as refused:
        check_pair(school, pair)
    assert refused.value.outcome.code == "idp-not-known-for-school"


def test_a_school_that_enforces_learns_nothing() -> None:
    """Its first pair waits for support too."""
    with pytest.raises(Refused):
        check_pair(NORTH._replace(pair_mode=PairMode.ENFORCE), PAIR)


@given(st.text())
def test_normalising_twice_changes_nothing(code: str) -> None:
    """A code that was stored is looked up as it stands."""
    assert normalise_code(normalise_code(code)) == normalise_code(code)


def test_zeros_survive() -> None:
    """A leading zero is part of a code."""
    assert normalise_code(" 0140136 ") == "0140136"


def test_an_entrance_that_is_not_active_still_claims_its_users() -> None:
    """Its pupil must not land in the account of another pupil with the same code next door."""
    closed = SOUTH._replace(active=False, accepted=frozenset({PAIR}))
    assert refusing((NORTH, closed), IDENTITY, {"north": AT_NORTH}) == "school-not-active"
    closed = closed._replace(accepted=frozenset())
    stranger = IDENTITY._replace(given_name="Aagje", infix="", surname="Aal")
    both = {"north": AT_NORTH, "south": AT_SOUTH._replace(infix="")}
    assert refusing((NORTH, closed), stranger, both) == "school-not-active"
    assert refusing((NORTH, closed), stranger._replace(surname="x"), both) == "entrance-ambiguous"
    assert choose_school((NORTH, closed), IDENTITY, both).entrance == "north"


def test_a_school_reached_by_a_location_alone_needs_a_pointer_too() -> None:
    """A login that names no location may come from another one of the same BRIN."""
    located = NORTH._replace(by_location=True)
    assert only_school((NORTH,)) is NORTH
    assert only_school((located,)) is None
    stranger = IDENTITY._replace(given_name="")
    assert refusing((located,), stranger, {"north": AT_NORTH}) == "entrance-ambiguous"
    assert choose_school((located,), IDENTITY, {"north": AT_NORTH}) is located


def refusing(
    candidates: tuple[Candidate, ...], identity: Identity, found: dict[str, SchoolUser]
) -> str:
    with pytest.raises(Refused) as refused:
        choose_school(candidates, identity, found)
    return refused.value.outcome.code
