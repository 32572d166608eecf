"""A morning, event by event: each pupil's start, trip to the hub, response, and looks.

:meth:`Morning.run` is a loop over events in the order of time. What answers a request is a
:class:`bell.pools.Server`, asked in that same order.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from bell.buckets import Bucket
from bell.gateway import Gateway
from bell.pools import REFUSED_BY, Kind, Pool, lambda_pools
from bell.storage import Writes
from bell.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bell.chance import Chance
    from bell.outcome import Outcome
    from bell.pools import Server
    from bell.world import World

_START, _RESPOND, _WRITE, _LOOK = range(4)
_SSM_PATIENCE = 2.0
"""Seconds: two readings of two tries each, at init and at the first request."""


class _Held(NamedTuple):
    """A response whose transaction is tried again."""

    arrived: float
    kind: Kind
    last_try: float


class Morning:
    """One morning; it runs once.

    Args:
        clicks: when each pupil clicks first, in order.
        servers: who answers the login's requests, and the session's; without them Lambda does.
    """

    def __init__(
        self,
        world: World,
        chance: Chance,
        clicks: Sequence[float],
        servers: tuple[Server, Server] | None = None,
    ) -> None:
        self._world, self._clicks = world, clicks
        self._chance = chance
        self._gateway, self._writes = Gateway(world), Writes(world.write_units)
        self._ssm = Bucket(world.ssm, world.ssm)
        self._pools: list[Pool] = []
        if servers is None:
            self._pools = lambda_pools(world.concurrency, world.scaling, (world.provisioned, 0))
            servers = self._pools[0], self._pools[1]
        self._login, self._session = servers
        self._through = world.gateway_ms / 1000
        self._events: list[tuple[float, int, int, int]] = []
        self._held: dict[int, _Held] = {}
        self._tally = Tally(len(clicks))

    def run(self) -> Outcome:
        """Let everybody click, in the order of time, until nothing is left to happen."""
        clicks, events, clicked = self._clicks, self._events, 0
        happen = (self._start, self._respond, self._write, self._look)
        while events or clicked < len(clicks):
            if clicked < len(clicks) and (not events or clicks[clicked] <= events[0][0]):
                self._start(clicks[clicked], clicked, 0)
                clicked += 1
            else:
                now, what, pupil, turn = heappop(events)
                happen[what](now, pupil, turn)
        peak = self._pools[0].account.peak if self._pools else 0
        return self._tally.outcome(peak, self._gateway.busiest())

    def _start(self, now: float, pupil: int, turn: int) -> None:
        ready = self._ready("start", now, pupil, turn)
        if ready is None:
            return
        begun, kind = ready
        ends = begun + self._chance.start(pupil, turn)
        ends = self._end("start", self._login, now, ends, pupil, kind)
        hub = self._chance.hub(pupil, turn)
        heappush(self._events, (ends + self._through + hub, _RESPOND, pupil, turn))

    def _respond(self, now: float, pupil: int, turn: int) -> None:
        ready = self._ready("acs", now, pupil, turn)
        if ready is None:
            return
        begun, kind = ready
        chance = self._chance
        cpu = chance.acs(pupil, turn) + (chance.first(pupil) if kind is Kind.COLD else 0.0)
        writes = begun + cpu + chance.read(pupil, turn)
        done = writes + chance.transaction(pupil, turn)
        self._tally.second("responses", now)
        if self._writes.take(now, pupil):
            self._arrive(now, done, pupil, kind, turn)
            return
        self._held[pupil] = _Held(now, kind, writes + self._world.patience)
        self._try_again(done, pupil, turn, 0)

    def _write(self, now: float, pupil: int, turn: int) -> None:
        """A further try; ``turn`` holds the click's number and the try's."""
        click, tried = divmod(turn, 16)
        held = self._held[pupil]
        if self._writes.take(now, pupil):
            del self._held[pupil]
            done = now + self._chance.transaction(pupil, turn)
            self._arrive(held.arrived, done, pupil, held.kind, click)
        elif tried < len(self._world.tries) and now <= held.last_try:
            self._try_again(now + self._chance.transaction(pupil, turn), pupil, click, tried)
        else:
            del self._held[pupil]
            self._end("acs", self._login, held.arrived, now, pupil, held.kind)
            self._refuse("storage", now, pupil, click)

    def _try_again(self, now: float, pupil: int, click: int, tried: int) -> None:
        self._tally.throttled += 1
        pause = self._world.tries[tried] * self._chance.jitter(pupil, tried)
        heappush(self._events, (now + pause, _WRITE, pupil, click * 16 + tried + 1))

    def _arrive(self, now: float, ends: float, pupil: int, kind: Kind, click: int) -> None:
        ends = self._end("acs", self._login, now, ends, pupil, kind)
        heappush(self._events, (ends + self._through, _LOOK, pupil, click))

    def _look(self, now: float, pupil: int, turn: int) -> None:
        """The first look ends the wait. ``turn`` is the click's until then; after it, looks."""
        ready = self._ready("look", now, pupil, turn)
        if ready is None:
            return
        begun, kind = ready
        ends = begun + self._chance.look(pupil, turn) + self._chance.read(pupil, turn + 1)
        ends = self._end("look", self._session, now, ends, pupil, kind)
        looked = self._tally.looked[pupil] = self._tally.looked[pupil] + 1
        if looked < self._world.looks:
            gap = self._chance.between_looks(pupil, looked)
            heappush(self._events, (ends + self._through + gap, _LOOK, pupil, looked))

    def _ready(self, route: str, now: float, pupil: int, turn: int) -> tuple[float, Kind] | None:
        """When an instance begins with a request, and what it is. None: it was refused."""
        if not self._gateway.admits(route, now):
            self._refuse("gateway", now, pupil, turn)
            return None
        server = self._session if route == "look" else self._login
        kind = server.enter(now)
        if kind in REFUSED_BY:
            self._refuse(REFUSED_BY[kind], now, pupil, turn)
            return None
        self._tally.requests[route] += 1
        if kind is not Kind.COLD:
            return server.begins, kind
        self._tally.cold += 1
        self._tally.met_cold[pupil] = 1
        chance, making = self._chance, self._chance.making(pupil, turn)
        self._tally.busy["login" if server is self._login else "session"] -= (
            making  # is not paid for
        )
        if server is self._session:
            return now + making + chance.session_init(pupil), kind
        self._tally.second("cold", now)
        waits = self._ssm.queue(now, _SSM_PATIENCE)
        begun = now + making + chance.login_init(pupil) + (waits or 0.0)
        if waits is None:
            begun += _SSM_PATIENCE
            self._end(route, server, now, begun, pupil, kind)
            self._refuse("configuration", begun, pupil, turn)
            return None
        return begun, kind

    def _end(
        self, route: str, server: Server, now: float, ends: float, pupil: int, kind: Kind
    ) -> float:
        """Tell the server, who may know of a later end, and return it."""
        ends = server.leave(ends, kind)
        self._tally.served(route, pupil, ends - now, ends - now + self._through)
        return ends

    def _refuse(self, by: str, now: float, pupil: int, turn: int) -> None:
        """Somebody reads a bare 429 or our page, and clicks in the elo again: or gives up."""
        self._tally.refused[by] += 1
        if self._tally.looked[pupil]:
            return  # a later look; Numo's app asks again by itself
        if turn + 1 >= self._world.most_clicks:
            self._tally.lost += 1
            return
        pause = self._chance.pause(pupil, turn)
        self._tally.waited[pupil] += pause
        heappush(self._events, (now + pause, _START, pupil, turn + 1))
