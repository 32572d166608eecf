"""Who speaks for a school and who waits to: what is stored of it, put together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from numo_sso.schools import AcceptedPair, PairMode
from numo_sso.support.realms.seen import learned, waiting
from numo_sso.support.schools.items import accepted_pairs

if TYPE_CHECKING:
    from numo_sso.storage.tables import School
    from numo_sso.support.realms.seen import Seen
    from numo_sso.support.world import Task


class State(StrEnum):
    """What a login with the pair meets. In the order in which support should look at them."""

    WAITING = "waiting"
    """Refused: nobody has said that it is the school's, and somebody else is known to be."""
    LEARNED = "learned"
    """Passes: a good login taught it, and support has not confirmed it."""
    ACCEPTED = "accepted"
    """Passes: support has said that it speaks for the school."""


@dataclass(frozen=True)
class Realm:
    """One pair, and the logins that showed it while it was not known. A known pair adds none."""

    authority: str
    realm: str
    state: State
    logins: int
    more_logins: bool
    """``logins`` are only those that were counted."""
    first_seen: int | None
    last_seen: int | None

    @property
    def pair(self) -> AcceptedPair:
        return AcceptedPair(self.authority, self.realm)


@dataclass(frozen=True)
class Realms:
    """All that is known of one school's providers, those first that ask for a decision."""

    school: School
    found: tuple[Realm, ...]
    more: bool
    """There are more pairs than were read."""
    forgets: int | None
    """When the first of the learned ones is forgotten."""

    def of(self, state: State) -> list[Realm]:
        return [each for each in self.found if each.state is state]


def read_realms(task: Task, school: School) -> Realms:
    """Read what support accepted, what logins taught and what waits."""
    taught, refused = learned(task, school.entrance), waiting(task, school.entrance)
    accepted = accepted_pairs(school)
    learns = school.pair_mode == PairMode.LEARN
    count = taught.pairs - accepted if learns else frozenset()
    states = (
        dict.fromkeys(refused.pairs | taught.pairs, State.WAITING)
        | dict.fromkeys(count, State.LEARNED)
        | dict.fromkeys(accepted, State.ACCEPTED)
    )
    found = [_realm(pair, state, taught, refused) for pair, state in states.items()]
    ends = [each.forgotten for each in taught.sightings if each.pair in count]
    return Realms(
        school,
        tuple(sorted(found, key=_place)),
        taught.more or refused.more,
        min(ends, default=None),
    )


def _realm(pair: AcceptedPair, state: State, *seen: Seen) -> Realm:
    of_pair = [each for part in seen for each in part.sightings if each.pair == pair]
    return Realm(
        authority=pair.authority,
        realm=pair.realm,
        state=state,
        logins=sum(each.logins for each in of_pair),
        more_logins=any(each.more for each in of_pair),
        first_seen=min((each.first_seen for each in of_pair), default=None),
        last_seen=max((each.last_seen for each in of_pair), default=None),
    )


def _place(realm: Realm) -> tuple[int, int, str, str]:
    """By state, then the one that was seen last."""
    state = list(State).index(realm.state)
    return state, -(realm.last_seen or 0), realm.authority, realm.realm
