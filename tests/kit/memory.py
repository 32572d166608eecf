"""Storage in memory, for tests of the login's decisions: the same ports, no network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from numo_sso.login.ports import AlreadyConsumed, Consumed, Ending, TraceRecord
from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.login.near_misses import NearMiss
    from numo_sso.matching import RosterKey
    from numo_sso.near_codes import RosterCode
    from numo_sso.schools import Candidate, SchoolUser
    from numo_sso.sessions import SessionRecord


@dataclass
class MemorySchools:
    """Schools by BRIN; a BRIN of no school is unknown, one of an empty tuple not active."""

    by_brin: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def named(self, brin: str) -> tuple[Candidate, ...]:
        return self.by_brin.get(brin, self.by_brin.get(brin[:4], ()))

    def candidates(self, brin: str) -> tuple[Candidate, ...]:
        if not {brin, brin[:4]} & set(self.by_brin):
            raise Refused("brin-unknown", "no such BRIN")
        if not any(each.active for each in self.named(brin)):
            raise Refused("school-not-active", "none is")
        return self.named(brin)


@dataclass
class MemorySessions:
    """Sessions by digest."""

    kept: dict[str, SessionRecord] = field(default_factory=dict)
    refreshes: int = 0

    def find(self, digest: str) -> SessionRecord | None:
        return self.kept.get(digest)

    def refresh(self, session: SessionRecord, now: float) -> None:
        self.refreshes += 1
        self.kept[session.digest] = session._replace(last_seen_at=int(now))

    def end(self, digest: str) -> None:
        self.kept.pop(digest, None)


@dataclass
class MemoryRoster:
    """Users by (entrance, kind, code)."""

    sessions: MemorySessions
    users: dict[RosterKey, SchoolUser] = field(default_factory=dict)
    asked: list[Sequence[RosterKey]] = field(default_factory=list)

    def find(
        self, keys: Sequence[RosterKey], held_session: str
    ) -> tuple[dict[str, SchoolUser], SessionRecord | None]:
        self.asked.append(keys)
        found = {key[0]: self.users[key] for key in keys if key in self.users}
        return found, self.sessions.find(held_session) if held_session else None


@dataclass
class MemoryLogins:
    """Endings and traces; consumes as the transaction does."""

    sessions: MemorySessions
    endings: list[Ending] = field(default_factory=list)
    traces: dict[str, TraceRecord] = field(default_factory=dict)
    fails: bool = False

    def complete(self, ending: Ending) -> None:
        if self.fails:
            raise Refused("storage-failed", "asked to")
        flow = self.consumed(ending.flow.request_id) is not None
        assertion = any(each.assertion_digest == ending.assertion_digest for each in self.endings)
        if flow or assertion:
            raise AlreadyConsumed(flow=flow, assertion=assertion)
        self.endings.append(ending)
        self.traces[ending.trace.reference] = ending.trace
        self.sessions.end(ending.flow.held_session)
        if ending.session is not None:
            self.sessions.kept[ending.session.digest] = ending.session

    def leave_trace(self, trace: TraceRecord) -> None:
        if self.fails:
            raise Refused("storage-failed", "asked to")
        self.traces[trace.reference] = trace

    def consumed(self, request_id: str) -> Consumed | None:
        for ending in self.endings:
            if ending.flow.request_id == request_id:
                session = ending.session.digest if ending.session else ""
                trace = ending.trace
                return Consumed(trace.outcome, trace.reference, session, ending.location)
        return None


@dataclass
class MemoryNearMisses:
    """Near codes in a roster of their own, and what was kept."""

    users: dict[RosterKey, SchoolUser] = field(default_factory=dict)
    kept: list[NearMiss] = field(default_factory=list)
    asked: int = 0

    def find(self, entrance: str, codes: Sequence[RosterCode]) -> dict[RosterCode, SchoolUser]:
        self.asked += 1
        keys = {each: (entrance, each[0].value, each[1]) for each in codes}
        return {each: self.users[key] for each, key in keys.items() if key in self.users}

    def keep(self, miss: NearMiss) -> None:
        self.kept.append(miss)
