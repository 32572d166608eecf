"""Two imports of one school at once: one goes on, and nothing of the other is written after it."""

from __future__ import annotations

import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

import pytest
from aws_lambda_powertools import Logger

from kit.world import PETTEFLAT
from numo_sso.storage.tables import bind_tables
from numo_sso.support.callers.caller import NOBODY, Caller
from numo_sso.support.world import World
from race.storage import Storage, made_storage
from support.wiring import make_handler

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

IMPORTS = 8
USERS_A_TRANSACTION = 49
"""Of two items each, beside the lease and the record."""
SLUG = PETTEFLAT.entrance


class _Context:
    def __init__(self, name: str) -> None:
        self.aws_request_id = name


class _Nobody:
    """Requests without a proof: who sends them is not what is raced for."""

    def identify(self, *_: object) -> Caller:
        return NOBODY


def asking(
    storage: Storage, name: str, clock: Callable[[], float] = time.time, client: Any = None
) -> Any:
    """The support function on this storage, with a client of its own."""
    world = World(
        tables=bind_tables(client or storage.short_way(), storage.names),
        parameters=cast("Any", None),
        clock=clock,
        random=secrets.token_bytes,
        sleep=time.sleep,
        api_host="",
        federation=cast("Any", None),
        login_log=cast("Any", None),
        sealed=cast("Any", None),
        callers=_Nobody(),
        addresses=cast("Any", None),
    )
    handler = make_handler(world, Logger(service=name, level="CRITICAL"))
    return lambda action, **fields: handler(
        {"action": action, "entrance": SLUG} | fields, _Context(name)
    )


def storage_of(emulator: str) -> Storage:
    return made_storage(emulator, f"race{uuid4().hex[:8]}", ())


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    start = Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        start.wait(60)
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(begin, works))


def rows(owner: int, shared: int = 40) -> list[dict[str, Any]]:
    """The same IDGebrs for another half of the codes, by each owner in another order."""
    return [
        {
            "persoonscode": f"{owner}{number:03}" if number % 2 else f"s{number:03}",
            "given_name": "Pietje",
            "surname": f"Puk {owner}",
            "idgebr": f"9{number:03}",
        }
        for number in range(shared)
    ]


def import_all(ask: Any, part: list[dict[str, Any]]) -> Any:
    return ask("users.import", rows=part, may_move=[each["idgebr"] for each in part])


def roster(storage: Storage) -> dict[str, dict[str, Any]]:
    tables = bind_tables(storage.client(), storage.names)
    found = tables.user.query(SLUG, consistent_read=True)
    return {item.sk: item.attribute_values for item in found}


def check(items: dict[str, dict[str, Any]]) -> None:
    """Each code belongs to one user, and both of a user's items say the same."""
    for key, item in items.items():
        kind, _, code = key.partition("#")
        assert item[kind] == code
        if kind == "idgebr":
            user = items[f"persoonscode#{item['persoonscode']}"]
            assert (user["idgebr"], user["surname"]) == (code, item["surname"])
        elif item.get("idgebr"):
            assert items[f"idgebr#{item['idgebr']}"]["persoonscode"] == code


def test_of_many_that_begin_at_once_one_does(emulator: str) -> None:
    """Each has another file; all but one are told who is at work."""
    storage = storage_of(emulator)
    asks = [asking(storage, f"request-{number}") for number in range(IMPORTS)]
    works = [
        partial(ask, "users.import_begin", file_sha256=f"{number:064x}")
        for number, ask in enumerate(asks)
    ]
    answers = at_once(works)
    refused = [each["error"] for each in answers if not each["ok"]]
    assert len(refused) == IMPORTS - 1
    assert {each["code"] for each in refused} == {"import-underway"}
    assert all("request-" in each["message"] for each in refused)


def test_whole_imports_at_once_leave_no_code_with_two_users(emulator: str) -> None:
    """Plain requests race for the same IDGebrs: done or refused, they leave a whole roster."""
    storage = storage_of(emulator)
    asks = [asking(storage, f"request-{number}") for number in range(IMPORTS)]
    works = [partial(import_all, ask, rows(number)) for number, ask in enumerate(asks)]
    answers = at_once(works)
    codes = {each["error"]["code"] for each in answers if not each["ok"]}
    assert codes <= {"import-underway", "changed-meanwhile"}
    assert any(each["ok"] for each in answers)
    check(roster(storage))


def test_an_import_that_was_overtaken_writes_nothing_more(emulator: str) -> None:
    """The one that slept goes on with all its rows while its successor writes: none gets in."""
    storage = storage_of(emulator)
    now = time.time()
    slow = asking(storage, "slow", lambda: now)
    lease = slow("users.import_begin", file_sha256="a" * 64)["data"]["lease"]
    later = asking(storage, "later", lambda: now + 3600)
    taken = later("users.import_begin", file_sha256="b" * 64)["data"]["lease"]
    parts = [rows(1)[at : at + 5] for at in range(0, 40, 5)]
    lost = [partial(slow, "users.import", rows=part, lease=lease) for part in parts]
    answers = at_once(
        [*lost, partial(later, "users.import", rows=rows(2), lease=taken)],
    )
    assert {each["error"]["code"] for each in answers[:-1]} == {"import-superseded"}
    assert answers[-1]["ok"], answers[-1]
    items = roster(storage)
    assert {item["surname"] for item in items.values()} == {"Puk 2"}
    assert len(items) == 80
    check(items)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_overtaken_before_any_transaction(emulator: str, at: int) -> None:
    """Just before this transaction another import begins: it and those after it write nothing."""
    storage, now = storage_of(emulator), time.time()
    client = storage.client()
    other = asking(storage, "other", lambda: now + 3600)
    own = asking(storage, "own", lambda: now, client)
    lease = own("users.import_begin", file_sha256="a" * 64)["data"]["lease"]
    sent: list[int] = []

    def overtake(**_: Any) -> None:
        sent.append(1)
        if len(sent) == at:
            assert other("users.import_begin", file_sha256="b" * 64)["ok"]

    client.meta.events.register("before-call.dynamodb.TransactWriteItems", overtake)
    answer = own("users.import", rows=rows(1, 3 * USERS_A_TRANSACTION), lease=lease)
    assert answer["error"]["code"] == "import-superseded"
    assert len(sent) == at
    items = roster(storage)
    assert len(items) == 2 * USERS_A_TRANSACTION * (at - 1)
    check(items)
