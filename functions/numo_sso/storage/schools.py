"""Activations from DynamoDB, kept for a minute: login asks them at every click, support seldom."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from numo_sso.outcomes import Refused
from numo_sso.schools import AcceptedPair, ActiveSchool, MatchRule, PairMode
from numo_sso.storage.reading import Key, read_items, storage_errors
from numo_sso.storage.tables import Brin, School

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pynamodb.models import Model

    from numo_sso.ports import Clock
    from numo_sso.storage.tables import Period, Tables

CACHE_SECONDS = 60
_MAX_CACHED = 5000
_BRANCH = 6
_PARENT = 4


class StoredSchools:
    """:class:`numo_sso.schools.Schools` on the schools table, with a cache.

    Refusals are not kept: a school that support activates this second logs in the next.
    """

    def __init__(self, tables: Tables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock
        self._cache: dict[str, tuple[float, tuple[ActiveSchool, ...]]] = {}

    def activated_for(self, brin: str) -> tuple[ActiveSchool, ...]:
        now = self._clock()
        until, schools = self._cache.get(brin, (0.0, ()))
        if now < until:
            return schools
        schools = self._read(brin, datetime.fromtimestamp(now, UTC).date().isoformat())
        if len(self._cache) >= _MAX_CACHED:
            self._cache.clear()
        self._cache[brin] = (now + CACHE_SECONDS, schools)
        return schools

    def _read(self, brin: str, today: str) -> tuple[ActiveSchool, ...]:
        entrances = self._entrances(brin, today)
        if not entrances:
            raise Refused("brin-unknown", "no entrance has this BRIN today")
        keys: list[Key] = [
            (self._tables.school, School.key(entrance), "school") for entrance in entrances
        ]
        found = [item for item in read_items(self._tables.connection, keys) if _active(item)]
        schools = tuple(self._snapshot(school) for school in found if isinstance(school, School))
        if not schools:
            raise Refused("school-not-active", "the entrances of this BRIN are not active")
        return schools

    def _entrances(self, brin: str, today: str) -> list[str]:
        """Of the BRIN as it came, or else of its first four characters."""
        asked = [brin, brin[:_PARENT]] if len(brin) == _BRANCH else [brin]
        keys: list[Key] = [(self._tables.brin, Brin.key(each), "brin") for each in asked]
        items = {
            item.brin: item
            for item in read_items(self._tables.connection, keys)
            if isinstance(item, Brin)
        }
        for each in asked:
            if each in items and (entrances := _in_force(items[each].entrances, today)):
                return entrances
        return []

    def _snapshot(self, school: School) -> ActiveSchool:
        return ActiveSchool(
            entrance=school.entrance,
            name=school.name,
            match_rule=MatchRule(school.match_rule),
            pair_mode=PairMode(school.pair_mode),
            accepted=frozenset(AcceptedPair(pair.authority, pair.realm) for pair in school.pairs),
            learned=self._learned(school),
        )

    def _learned(self, school: School) -> frozenset[AcceptedPair]:
        if school.pair_mode == PairMode.ENFORCE:
            return frozenset()
        with storage_errors():
            found = self._tables.learned.query(self._tables.learned.key(school.entrance))
            return frozenset(AcceptedPair(pair.authority, pair.realm) for pair in found)


def _active(item: Model) -> bool:
    return isinstance(item, School) and item.state == "active"


def _in_force(periods: Iterable[Period], today: str) -> list[str]:
    return [
        period.value
        for period in periods
        if (period.since or today) <= today < (period.until or "9999")
    ]
