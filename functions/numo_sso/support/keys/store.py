"""Key rings and keys as support reads them, and the one way in which a ring is changed.

SSM writes whatever it is given, so a change first claims the ring's next version in DynamoDB, in
one transaction with its audit record. Whoever read an older ring is second and decides again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from numo_sso.federation.certificates import fingerprint
from numo_sso.key_rings import Ring, RingKey, key_name, parse_ring, ring_name
from numo_sso.storage.tables import RingClaim
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say
from numo_sso.support.transaction import Change, Put, commit
from numo_sso.times import epoch_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numo_sso.support.world import Task

KINDS = ("sp", "cookie")
"""The kinds of key that have a ring."""
PSEUDONYM = "pseudonym"
"""The parameter of the one key that has none."""
CLAIM_SECONDS = 330
"""How long a claim is honoured: a little more than the function may run, so that a change which was
cut off blocks no other for good."""

Item = dict[str, Any]
"""A key as its parameter holds it: ``key``, ``created`` and, for sp, ``certificate``."""


@dataclass(frozen=True)
class KeyStore:
    """The ring of one kind, and every key of that kind that is in SSM, named by the ring or not."""

    kind: str
    ring: Ring
    items: Mapping[str, Item]

    def missing(self, key: RingKey) -> bool:
        return key.id not in self.items

    @property
    def strays(self) -> set[str]:
        """Keys that no ring names: a change was cut off before or after it wrote the ring."""
        return set(self.items) - {each.id for each in self.ring.keys}


def read_store(task: Task, kind: str) -> KeyStore:
    """What there is of a kind of key; an empty ring where there is none.

    Raises:
        SupportRefusal: ``key-unreadable``.
    """
    return store_in(task.world.parameters.read(), kind)


def store_in(parameters: Mapping[str, str], kind: str) -> KeyStore:
    """The same, from parameters that were read already."""
    ring = Ring()
    if (name := ring_name(kind)) in parameters:
        ring = _readable_ring(name, parameters[name])
    prefix = key_name(kind, "")
    items = {
        name.removeprefix(prefix): readable_key(name, value)
        for name, value in parameters.items()
        if name.startswith(prefix)
    }
    return KeyStore(kind, ring, items)


def readable_key(name: str, value: str) -> Item:
    """The key in a parameter.

    Raises:
        SupportRefusal: ``key-unreadable``.
    """
    try:
        item: Item = json.loads(value)
        describe(item)
        epoch_time(item["created"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = say(
            "Somebody wrote it by hand: restore the version before in SSM, or delete it there."
        )
        raise SupportRefusal(
            "key-unreadable", say("The parameter {name} is not a key.", name=name), hint
        ) from error
    return item


def _readable_ring(name: str, value: str) -> Ring:
    try:
        ring = parse_ring(json.loads(value))
        for each in ring.keys:
            epoch_time(each.since)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = say("Somebody wrote it by hand: restore the version before from its history in SSM.")
        message = say("The parameter {name} is not a ring of keys.", name=name)
        raise SupportRefusal("key-unreadable", message, hint) from error
    return ring


def describe(item: Item | None) -> dict[str, str]:
    """A key for answers and the trail: what public part there is. Never the key."""
    if item is None:
        return {}
    described = {"created": str(item["created"])}
    if "certificate" in item:
        described["certificate_sha256"] = fingerprint(item["certificate"])
    return described


def turn(task: Task, store: KeyStore, keys: Sequence[RingKey], made: Mapping[str, Item]) -> None:
    """Put the ring with ``keys`` in the place of the one that was read; not under ``dry_run``.

    A key's parameter is written before the ring names it, and goes with its history after the ring
    has forgotten it: at no moment does the ring name a key that is not there.

    Raises:
        Raced: somebody else has changed the ring, or is about to.
    """
    if task.request.dry_run:
        return
    ring = Ring(store.ring.version + 1, tuple(keys))
    items = {**store.items, **made}
    change = Change(
        f"configuration#{ring_name(store.kind)}",
        _described(store.ring, store.items),
        _described(ring, items),
    )
    commit(task, change, [_claim(task, store, ring.version)])
    parameters = task.world.parameters
    for key_id, item in made.items():
        parameters.create(key_name(store.kind, key_id), json.dumps(item), secret=True)
    parameters.replace(ring_name(store.kind), ring.encode(), secret=False)
    for key_id in KeyStore(store.kind, ring, items).strays:
        parameters.delete(key_name(store.kind, key_id))


def _claim(task: Task, store: KeyStore, version: int) -> Put:
    """The right to write ``version``, if the ring that was read is the last that was claimed."""
    model = task.world.tables.ring
    free = (
        model.version.does_not_exist()
        | (model.version <= store.ring.version)
        | (model.until <= int(task.now))
    )
    until = int(task.now) + CLAIM_SECONDS
    return Put(model(RingClaim.key(store.kind), "ring", version=version, until=until), free)


def _described(ring: Ring, items: Mapping[str, Item]) -> dict[str, Any] | None:
    if not ring.keys:
        return None
    keys = [
        {"id": each.id, "state": each.state.value, "since": each.since}
        | describe(items.get(each.id))
        for each in ring.keys
    ]
    return {"version": ring.version, "keys": keys}
