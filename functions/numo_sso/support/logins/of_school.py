"""What the traces of the last two weeks say of one school, read page by page through an index.

A trace that could not be told to be an entrance's lies under its BRIN: all logins of a school
before its activation, and later those whose attributes were refused. Both are read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import merge
from typing import TYPE_CHECKING

from numo_sso.outcomes import CATALOGUE
from numo_sso.schools import PARENT_LENGTH, AcceptedPair
from numo_sso.storage.lifetimes import DAY, TRACE_SECONDS
from numo_sso.storage.tables import TracesByEntrance, TracesByUnplacedBrin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numo_sso.storage.tables import School, Trace
    from numo_sso.support.world import Task

WINDOW_DAYS = TRACE_SECONDS // DAY
MAX_TRACES = 50_000
"""Of one entrance in one answer: some 15 MB of index. A school of 2,000 leaves about 40,000."""
MAX_UNPLACED = 5_000
MAX_USERS = 150_000
"""Pseudonyms kept apart; beyond them no more are counted, which is told."""
MAX_PAIRS = 100
MAX_TESTS = 20
TESTED = "connection-tested"
"""A test of the connection: no login, good or failed."""


@dataclass
class PairLogins:
    """The logins of one (authority, realm) pair."""

    good: int = 0
    failed: int = 0
    last: int = 0


@dataclass
class Logins:
    """The logins of one school since a moment, or the newest of them where there are too many."""

    since: int
    days: int = WINDOW_DAYS
    """How far back was looked."""
    outcomes: Counter[str] = field(default_factory=Counter)
    last: dict[str, int] = field(default_factory=dict)
    """When each outcome was met last."""
    pairs: dict[AcceptedPair, PairLogins] = field(default_factory=dict)
    users: set[str] = field(default_factory=set)
    """Pseudonyms of those who came in."""
    shapes: Counter[str] = field(default_factory=Counter)
    """Of the codes that came in."""
    shapes_refused: Counter[str] = field(default_factory=Counter)
    tests: list[str] = field(default_factory=list)
    """References of the newest tests of the connection, the newest first."""
    first_good: int | None = None
    last_good: int | None = None
    last_failed: int | None = None
    more: bool = False
    """There are older logins than ``since``, which by then is the oldest that was read."""
    more_users: bool = False
    more_pairs: bool = False
    max_users: int = MAX_USERS

    @property
    def total(self) -> int:
        return sum(self.outcomes.values())

    @property
    def good(self) -> int:
        return sum(count for code, count in self.outcomes.items() if is_good(code))

    @property
    def failed(self) -> int:
        return self.total - self.good

    @property
    def failures(self) -> list[tuple[str, int]]:
        """Outcomes that nobody wanted, the most frequent first."""
        return [each for each in self.outcomes.most_common() if not is_good(each[0])]

    def count(self, trace: Trace) -> None:
        if trace.outcome == TESTED:
            if len(self.tests) < MAX_TESTS:
                self.tests.append(trace.pk.removeprefix(trace.key("")))
            return
        at, good = int(trace.at), is_good(trace.outcome)
        self.outcomes[trace.outcome] += 1
        self.last[trace.outcome] = max(at, self.last.get(trace.outcome, at))
        if trace.code_shape:
            (self.shapes if good else self.shapes_refused)[trace.code_shape] += 1
        if good:
            self.first_good = min(at, self.first_good or at)
            self.last_good = max(at, self.last_good or at)
            self._came_in(trace.user)
        else:
            self.last_failed = max(at, self.last_failed or at)
        if trace.realm:
            self._met(AcceptedPair(trace.authority or "", trace.realm), at, good=good)

    def _came_in(self, user: str | None) -> None:
        if user and len(self.users) < self.max_users:
            self.users.add(user)
        elif user and user not in self.users:
            self.more_users = True

    def _met(self, pair: AcceptedPair, at: int, *, good: bool) -> None:
        if pair not in self.pairs and len(self.pairs) >= MAX_PAIRS:
            self.more_pairs = True
            return
        seen = self.pairs.setdefault(pair, PairLogins())
        seen.last = max(seen.last, at)
        seen.good += good
        seen.failed += not good


def is_good(outcome: str) -> bool:
    """Whether it is a login as people wanted it. An outcome that this version does not know is a
    failure, and a test is no login."""
    known = CATALOGUE.get(outcome)
    return known is not None and known.good and outcome != TESTED


def read_logins(
    task: Task, entrance: str, *, days: int = WINDOW_DAYS, limit: int = MAX_TRACES
) -> Logins:
    """The logins that belong to ``entrance``, newest first, ``limit`` at most."""
    since = int(task.now) - days * DAY
    traces = task.world.tables.trace.by_entrance.query(
        entrance, TracesByEntrance.at >= since, scan_index_forward=False
    )
    return _counted(traces, Logins(since, days), limit)


def read_unplaced(
    task: Task, school: School, *, days: int = WINDOW_DAYS, limit: int = MAX_UNPLACED
) -> Logins:
    """The logins that name a BRIN of ``school`` and were told to be no entrance's.

    Where the BRIN, or its first four characters, is another school's too, some may be theirs.
    """
    numbers, since = brins_of(school), int(task.now) - days * DAY
    by_brin = task.world.tables.trace.by_unplaced_brin
    queries = [
        by_brin.query(parent, TracesByUnplacedBrin.at >= since, scan_index_forward=False)
        for parent in sorted({each[:PARENT_LENGTH] for each in numbers})
    ]
    newest_first = merge(*queries, key=lambda trace: -int(trace.at))
    return _counted(newest_first, Logins(since, days), limit, numbers)


def brins_of(school: School) -> frozenset[str]:
    """Every BRIN that leads to ``school``, led or will lead there, and the one it asked with."""
    asked = [school.requested_brin] if school.requested_brin else []
    return frozenset([*(each.value for each in school.brins), *asked])


def _is_of(carried: str, numbers: Collection[str]) -> bool:
    """Four characters stand for each location, and a location for its school."""
    return any(carried.startswith(each) or each.startswith(carried) for each in numbers)


def _counted(
    traces: Iterable[Trace], logins: Logins, limit: int, numbers: Collection[str] | None = None
) -> Logins:
    """Count ``traces`` in ``logins``, newest first; of ``numbers`` only, where BRINs are given."""
    oldest = logins.since
    for read, trace in enumerate(traces):
        if read == limit:
            logins.more, logins.since = True, oldest
            break
        if numbers is None or _is_of(trace.brin or "", numbers):
            logins.count(trace)
        oldest = int(trace.at)
    return logins
