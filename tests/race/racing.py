"""Posts that start at the same moment, from threads of several processes.

Each process stands for an instance of the function: a client, an app and a memory of its own. Its
threads share them, which Lambda never asks of an instance, and so is harder than the truth.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from random import SystemRandom
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from kit.world import Browser, World
from numo_sso.login.budget import Budget, Budgets
from numo_sso.storage.logins import StoredLogins
from numo_sso.storage.roster import StoredRoster
from numo_sso.storage.schools import StoredSchools
from numo_sso.storage.sessions import StoredSessions
from numo_sso.storage.tables import bind_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.synchronize import Barrier

    from race.storage import Storage

PROCESSES = 2
_START_SECONDS = 120
_CONTINUE = "/v1/sso/continue?flow="
_USED = "NS-202"


@dataclass(frozen=True)
class Entry:
    """A post that takes part: the browser's cookies, and the response."""

    cookies: dict[str, str]
    document: bytes


def world_on(storage: Storage, now: float, parameters: dict[str, str]) -> World:
    """The login on this storage, with a client of its own."""
    tables = bind_tables(storage.client(), storage.names)
    world = World(
        now=now,
        parameters=parameters,
        random=SystemRandom(),  # two instances that draw alike would take each other for themselves
        schools=StoredSchools(tables, lambda: now),
        roster=StoredRoster(tables),
        logins=StoredLogins(tables, sleep, lambda: 1.0, monotonic),
        sessions=StoredSessions(tables),
    )
    # A flow's budget would turn some of the many away before they meet; it has tests of its own
    generous = Budgets(flows=Budget(failures=1000, seconds=1))
    world.app = world.app._replace(services=replace(world.app.services, budgets=generous))
    return world


def race(
    storage: Storage, now: float, parameters: dict[str, str], entries: Sequence[Entry]
) -> list[str]:
    """Post all entries at once, and say how each ended: see :func:`_ended`."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(len(entries))
    shares = [list(entries[at::PROCESSES]) for at in range(PROCESSES)]
    results: Any = context.Queue()
    processes = [
        context.Process(target=_instance, args=(storage, now, parameters, share, start, results))
        for share in shares
    ]
    for process in processes:
        process.start()
    try:
        ended = [each for _ in processes for each in results.get(timeout=_START_SECONDS)]
    finally:
        for process in processes:
            process.join(_START_SECONDS)
            process.kill()
    return ended


def _instance(
    storage: Storage,
    now: float,
    parameters: dict[str, str],
    entries: list[Entry],
    start: Barrier,
    results: Any,
) -> None:
    world = world_on(storage, now, parameters)
    world.app.trust.get()

    def post(entry: Entry) -> str:
        browser = Browser(dict(entry.cookies), set(entry.cookies))
        start.wait(_START_SECONDS)
        return _ended(world.post(browser, entry.document))

    with ThreadPoolExecutor(len(entries)) as threads:
        results.put(list(threads.map(post, entries)))


def _ended(response: Any) -> str:
    """``session``, ``continue``, ``used``, or the response's own status and page."""
    location = response.headers.get("location", "")
    if response.status == 303 and _CONTINUE in location:
        return "continue"
    if response.status == 303 and any("numo_session=" in line for line in response.cookies):
        return "session"
    if response.status == 409 and _USED in response.body:
        return "used"
    return f"{response.status} {response.body[:2000]}"
