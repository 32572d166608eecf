"""What a login asks of DynamoDB beside many users, schools and sessions: counted, not timed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from math import ceil
from random import Random
from typing import TYPE_CHECKING, Any

from bench.deployed import dynamodb_at
from deployment.filling import made_tables, open_school, table_names
from kit.world import NOW, Browser, World
from numo_local.aws.tables import create_tables
from numo_sso.storage.logins import StoredLogins
from numo_sso.storage.near_misses import StoredNearMisses
from numo_sso.storage.roster import StoredRoster
from numo_sso.storage.schools import StoredSchools
from numo_sso.storage.sessions import StoredSessions
from numo_sso.storage.tables import RosterUser, bind_tables
from race.emulator import running_emulator

if TYPE_CHECKING:
    from pathlib import Path

_BATCH = 25
_PUPILS = 1000
"""Of each school: more users are more schools, as in the country."""


@dataclass(frozen=True)
class Asked:
    """One login: what it asked, and how much came and went."""

    users: int
    calls: dict[str, int]
    items: int
    """Keys that were read, and items that were written."""
    read_units: float
    write_units: float
    """Capacity by DynamoDB's rules, beside its indexes; a JSON item is longer than it counts."""
    sent: int
    """Bytes of the requests."""
    received: int
    """Bytes of the answers."""


def measure(folder: Path, sizes: tuple[int, ...]) -> list[Asked]:
    """A warm login after each size of the roster; each is filled on from the one before."""
    with running_emulator(folder) as endpoint:
        client = dynamodb_at(endpoint)
        create_tables(client, made_tables())
        tables = bind_tables(client, table_names())
        open_school(tables)
        found, filled = [], 0
        for size in sizes:
            _fill(client, filled, size)
            filled = size
            found.append(_login(client, tables, size))
    return found


def _fill(client: Any, have: int, want: int) -> None:
    table = table_names().roster
    puts = [_put(number) for number in range(have, want)]
    for first in range(0, len(puts), _BATCH):
        left: Any = {table: puts[first : first + _BATCH]}
        while left:
            left = client.batch_write_item(RequestItems=left).get("UnprocessedItems")
    sessions = table_names().sessions
    for first in range(have, want, _BATCH):  # everybody is logged in, too
        marks = [_session(number) for number in range(first, min(first + _BATCH, want))]
        client.batch_write_item(RequestItems={sessions: marks})


def _put(number: int) -> dict[str, Any]:
    school, code = f"school{number // _PUPILS}", f"{number % _PUPILS:07}"
    item = {
        "pk": {"S": school},
        "sk": {"S": RosterUser.sort_key("persoonscode", code)},
        "persoonscode": {"S": code},
        "role": {"S": "pupil"},
        "given_name": {"S": f"Pupil {number}"},
        "surname": {"S": "Puk"},
        "updated_at": {"N": "0"},
    }
    return {"PutRequest": {"Item": item}}


def _session(number: int) -> dict[str, Any]:
    key = f"session#{number:064x}"
    return {"PutRequest": {"Item": {"pk": {"S": key}, "ttl": {"N": "4000000000"}}}}


def _login(client: Any, tables: Any, users: int) -> Asked:
    world = World(
        random=Random(users),  # noqa: S311  # other tokens than at the size before
        sessions=StoredSessions(tables),
        schools=StoredSchools(tables, lambda: NOW),
        roster=StoredRoster(tables),
        logins=StoredLogins(tables, lambda _: None, lambda: 1.0, lambda: 0.0),
        near_misses=StoredNearMisses(tables, lambda: None, ""),
    )
    for _ in range(3):  # which read the school, and learn who speaks for it
        _must_land(world)
    meter = _Meter()
    meter.attach(client)
    _must_land(world)
    meter.detach(client)
    return Asked(
        users,
        dict(meter.calls),
        meter.items,
        meter.read_units,
        meter.write_units,
        meter.sent,
        meter.received,
    )


def _must_land(world: World) -> None:
    landed = world.log_in(Browser())
    assert landed.status == 303, (world.outcome, world.detail)


class _Meter:
    """What passes a client's ends."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.items = self.sent = self.received = 0
        self.read_units = self.write_units = 0.0

    def attach(self, client: Any) -> None:
        client.meta.events.register("before-call.dynamodb", self._before)
        client.meta.events.register("after-call.dynamodb", self._after)

    def detach(self, client: Any) -> None:
        client.meta.events.unregister("before-call.dynamodb", self._before)
        client.meta.events.unregister("after-call.dynamodb", self._after)

    def _before(self, model: Any, params: dict[str, Any], **_: Any) -> None:
        self.calls[model.name] += 1
        body = json.loads(params["body"])
        self.sent += len(params["body"])
        for write in body.get("TransactItems", ()):
            self.items += 1
            # in a transaction twice a unit for each kilobyte that is begun
            self.write_units += 2 * ceil(len(json.dumps(write)) / 1024)
        for asked in body.get("RequestItems", {}).values():
            self.items += len(asked["Keys"])
            # half a unit for up to four kilobytes that need not be the latest, found or not
            self.read_units += 0.5 * len(asked["Keys"])

    def _after(self, http_response: Any, **_: Any) -> None:
        self.received += len(http_response.content)
