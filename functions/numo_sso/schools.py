"""Schools as login sees them, and the choice of the entrance that a login belongs to."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.saml.identity import Identity


PARENT_LENGTH = 4
"""Characters of a BRIN that name the school, before those of its location."""


class MatchRule(StrEnum):
    """The number space in which a school's logins are looked up; the two overlap."""

    PERSOONSCODE = "persoonscode"
    IDGEBR = "idgebr"


class PairMode(StrEnum):
    """What an (authority, realm) pair meets that support has not accepted for the school."""

    LEARN = "learn"
    """The first that a good login shows is learned; any other waits for support."""
    ENFORCE = "enforce"
    """It waits for support, the first one too."""


class AcceptedPair(NamedTuple):
    """An identity provider and a realm that may speak for a school."""

    authority: str
    realm: str


class Candidate(NamedTuple):
    """An entrance to which the BRIN of a login may lead."""

    entrance: str
    name: str
    match_rule: MatchRule
    pair_mode: PairMode
    accepted: frozenset[AcceptedPair]
    learned: frozenset[AcceptedPair]
    """Pairs seen in good logins, which support has not confirmed."""
    active: bool = True
    """Whether support has activated it. One that is not still claims the users that are its own."""
    by_location: bool = False
    """Whether only a location of the BRIN leads here: a login may name the school without it."""

    @property
    def known(self) -> frozenset[AcceptedPair]:
        """Who speaks for this school."""
        return self.accepted if self.pair_mode is PairMode.ENFORCE else self.accepted | self.learned


class SchoolUser(NamedTuple):
    """A user of one entrance, as its roster has them."""

    entrance: str
    persoonscode: str
    role: str
    given_name: str
    infix: str
    surname: str
    active: bool

    @property
    def full_surname(self) -> str:
        return f"{self.infix} {self.surname}".strip()


class Schools(Protocol):
    """Where activations are found."""

    def named(self, brin: str) -> tuple[Candidate, ...]:
        """The entrances of this BRIN today, active or not; none where no school has it.

        Six characters lead to the entrances of that location, or else to those of the first four;
        four lead to those of the school and of all its locations.
        """
        ...

    def candidates(self, brin: str) -> tuple[Candidate, ...]:
        """Those that are :meth:`named`, where one of them is active at least.

        Raises:
            Refused: ``brin-unknown`` or ``school-not-active``.
        """
        ...


def new_pair(school: Candidate, identity: Identity) -> AcceptedPair | None:
    """Who vouches, and in which realm, where that is not known to speak for ``school``."""
    pair = AcceptedPair(identity.authority, identity.realm)
    return None if pair in school.known else pair


def check_pair(school: Candidate, pair: AcceptedPair | None) -> None:
    """Let one identity provider not speak for another's school.

    The hub tells who vouched; that it lets each speak for its own BRIN only, nobody promises. So
    once anybody is known to speak for a school, whoever is new waits until support has looked.

    Args:
        school: the one that this login belongs to.
        pair: as :func:`new_pair` gives it.

    Raises:
        Refused: ``idp-not-known-for-school``.
    """
    if pair is not None and (school.known or school.pair_mode is PairMode.ENFORCE):
        raise Refused("idp-not-known-for-school", "another authority or realm than is known")


def only_school(candidates: tuple[Candidate, ...]) -> Candidate | None:
    """The one entrance there is no doubt about, before anything of persons is read; else None."""
    certain = len(candidates) == 1 and not candidates[0].by_location
    return candidates[0] if certain else None


def choose_school(
    candidates: tuple[Candidate, ...],
    identity: Identity,
    found: Mapping[str, SchoolUser],
) -> Candidate:
    """The entrance to which this login belongs, where :func:`only_school` leaves a doubt.

    That a code exists somewhere says nothing, for codes are unique within one entrance only. The
    realm must point to one entrance, or the names must agree at one; else nothing is guessed.
    An entrance that is not active takes part: its users must not land in another's accounts.

    Args:
        candidates: the entrances of the BRIN (the branch has narrowed them already).
        identity: who logs in.
        found: per entrance the user whose code this is there.

    Raises:
        Refused: ``user-unknown``, ``entrance-ambiguous`` or ``school-not-active``.
    """
    chosen = point_out(candidates, identity, found)
    if not chosen.active:
        raise Refused("school-not-active", "the entrance that this login belongs to")
    return chosen


def point_out(
    candidates: tuple[Candidate, ...], identity: Identity, found: Mapping[str, SchoolUser]
) -> Candidate:
    """:func:`choose_school`, of one that is not active too.

    Raises:
        Refused: ``user-unknown`` or ``entrance-ambiguous``.
    """
    pair = AcceptedPair(identity.authority, identity.realm)
    by_realm = [school for school in candidates if pair in school.accepted]
    if len(by_realm) == 1:
        return by_realm[0]
    if not found:
        raise Refused("user-unknown", "at none of the entrances of this BRIN")
    by_name = [
        school
        for school in candidates
        if school.entrance in found and names_agree(identity, found[school.entrance])
    ]
    if len(by_name) != 1:
        raise Refused("entrance-ambiguous", f"{len(candidates)} entrances share this BRIN")
    return by_name[0]


def names_agree(identity: Identity, user: SchoolUser) -> bool:
    """Given name and surname both, with the infix in either place; empty names never agree."""
    given, surname = _fold(identity.given_name), _fold(f"{identity.infix} {identity.surname}")
    return (
        bool(given and _fold(identity.surname))
        and given == _fold(user.given_name)
        and surname in {_fold(user.full_surname), _fold(f"{identity.infix} {user.surname}")}
    )


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
