"""``keys.list``: every key, never what is in it, and the next step of each rollover."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from cryptography import x509

from numo_sso.key_rings import KeyState
from numo_sso.support.answers import Answer
from numo_sso.support.keys.steps import next_step
from numo_sso.support.keys.store import KINDS, PSEUDONYM, describe, readable_key, store_in
from numo_sso.support.speech import counted, say
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.key_rings import RingKey
    from numo_sso.support.keys.store import Item, KeyStore
    from numo_sso.support.world import Task


def list_keys(task: Task) -> Answer:
    """All keys by kind, with their states, and what may be done when."""
    parameters = task.world.parameters.read()
    stores = [store_in(parameters, kind) for kind in KINDS]
    rows = [_row(store, key) for store in stores for key in store.ring.keys]
    rows += _pseudonym(parameters)
    steps = [step for each in stores if (step := next_step(each.kind, each.ring))]
    lines = [each.text for each in steps]
    if _lacks(rows):
        lines.insert(0, say("Make what is missing: keys.create."))
    return Answer(
        message=counted("{number} key.", "{number} keys.", len(rows)),
        next_steps=lines,
        data={"keys": rows, "next": [each.as_dict() for each in steps]},
    )


def _row(store: KeyStore, key: RingKey) -> dict[str, Any]:
    item = store.items.get(key.id)
    row = {
        "kind": store.kind,
        "id": key.id,
        "state": key.state.value,
        "since": key.since,
        "created": key.created,
        "there": item is not None,
    }
    return row | describe(item) | _dates(item)


def _pseudonym(parameters: Mapping[str, str]) -> list[dict[str, Any]]:
    value = parameters.get(PSEUDONYM)
    if value is None:
        return []
    created = readable_key(PSEUDONYM, value)["created"]
    state = KeyState.CURRENT.value
    row = {"kind": PSEUDONYM, "state": state, "since": created, "created": created}
    return [row | {"id": None, "there": True}]


def _dates(item: Item | None) -> dict[str, str]:
    """The time in which a certificate is valid, where the key has one."""
    if item is None or "certificate" not in item:
        return {}
    certificate = x509.load_der_x509_certificate(base64.b64decode(item["certificate"]))
    return {
        "not_before": iso_time(certificate.not_valid_before_utc.timestamp()),
        "not_after": iso_time(certificate.not_valid_after_utc.timestamp()),
    }


def _lacks(rows: list[dict[str, Any]]) -> bool:
    """Whether a kind has no key to work with."""
    working = {row["kind"] for row in rows if row["there"] and row["state"] == KeyState.CURRENT}
    return working != {*KINDS, PSEUDONYM}
