"""Activations from DynamoDB, kept for a minute: login asks them at every click, support seldom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused
from numo_sso.schools import PARENT_LENGTH, AcceptedPair, Candidate, MatchRule, PairMode
from numo_sso.storage.periods import in_force
from numo_sso.storage.reading import Key, read_items, storage_errors
from numo_sso.storage.tables import Brin, School

if TYPE_CHECKING:
    from numo_sso.ports import Clock
    from numo_sso.storage.tables import Tables

CACHE_SECONDS = 60
_MAX_CACHED = 5000


class StoredSchools:
    """:class:`numo_sso.schools.Schools` on the schools table, with a cache.

    Refusals are not kept, nor a school that is not active beside one that is: whom support
    activates this second logs in the next. Nor one that nobody is known to speak for: the first
    who does decides who may, so each of its logins looks anew.
    """

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock
        self._cache: dict[str, tuple[float, tuple[Candidate, ...]]] = {}

    def candidates(self, brin: str) -> tuple[Candidate, ...]:
        schools = self.named(brin)
        if not schools:
            raise Refused("brin-unknown", "no entrance has this BRIN today")
        if not any(school.active for school in schools):
            raise Refused("school-not-active", "no entrance of this BRIN is active")
        return schools

    def named(self, brin: str) -> tuple[Candidate, ...]:
        now = self._clock()
        until, schools = self._cache.get(brin, (0.0, ()))
        if now < until:
            return schools
        schools = self._read(brin, datetime.fromtimestamp(now, UTC).date().isoformat())
        if schools and all(school.active and school.known for school in schools):
            self._keep(brin, now + CACHE_SECONDS, schools)
        return schools

    def _keep(self, brin: str, until: float, schools: tuple[Candidate, ...]) -> None:
        if len(self._cache) >= _MAX_CACHED:
            self._cache.clear()
        self._cache[brin] = (until, schools)

    def _read(self, brin: str, today: str) -> tuple[Candidate, ...]:
        by_location = self._entrances(brin, today)
        if not by_location:
            return ()
        keys: list[Key] = [
            (self._tables.school, School.key(entrance), "school") for entrance in by_location
        ]
        found = read_items(self._tables.connection, keys)
        return tuple(
            self._snapshot(item, by_location=by_location[item.entrance])
            for item in found
            if isinstance(item, School)
        )

    def _entrances(self, brin: str, today: str) -> dict[str, bool]:
        """Each entrance, and whether only a location of the BRIN leads to it."""
        items = self._brins([brin, brin[:PARENT_LENGTH]])
        own = in_force(items[brin].entrances, today) if brin in items else []
        if len(brin) != PARENT_LENGTH:
            parent = items.get(brin[:PARENT_LENGTH])
            own = own or (in_force(parent.entrances, today) if parent else [])
            return dict.fromkeys(own, False)
        located = in_force(items[brin].locations, today) if brin in items else []
        return {**dict.fromkeys(located, True), **dict.fromkeys(own, False)}

    def _brins(self, asked: list[str]) -> dict[str, Brin]:
        keys: list[Key] = [(self._tables.brin, Brin.key(each), "brin") for each in set(asked)]
        found = read_items(self._tables.connection, keys)
        return {item.brin: item for item in found if isinstance(item, Brin)}

    def _snapshot(self, school: School, *, by_location: bool) -> Candidate:
        return Candidate(
            entrance=school.entrance,
            name=school.name,
            match_rule=MatchRule(school.match_rule),
            pair_mode=PairMode(school.pair_mode),
            accepted=frozenset(AcceptedPair(pair.authority, pair.realm) for pair in school.pairs),
            learned=self._learned(school),
            active=school.state == "active",
            by_location=by_location,
        )

    def _learned(self, school: School) -> frozenset[AcceptedPair]:
        if school.pair_mode == PairMode.ENFORCE or school.state != "active":
            return frozenset()
        with storage_errors():
            key = self._tables.learned.key(school.entrance)
            found = self._tables.learned.query(key, consistent_read=True)
            return frozenset(AcceptedPair(pair.authority, pair.realm) for pair in found)
