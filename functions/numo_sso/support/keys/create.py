"""``keys.create``: what a deployment lacks, or the next key of a kind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from numo_sso.key_rings import KeyState, RingKey
from numo_sso.support.answers import Answer
from numo_sso.support.keys.made import new_secret, new_sp_key
from numo_sso.support.keys.states import state_line, state_word
from numo_sso.support.keys.steps import next_step
from numo_sso.support.keys.store import KINDS, PSEUDONYM, describe, read_store, readable_key, turn
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import counted, later, say
from numo_sso.support.transaction import Change, note, until_settled
from numo_sso.times import epoch_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.support.keys.store import KeyStore
    from numo_sso.support.requests.common import CreateKeys
    from numo_sso.support.world import Task

_ID_BYTES = 2
_AGAIN_SECONDS = 600
"""A request that is sent again, its answer lost, must not cut the traces a second time."""
_READINGS = 3
"""Parameters come in pages, and one that shifts under a reader may lack a key that is there. Only a
key that several readings lack is missing: a new one in its place is unknown to the hub."""


def create_keys(task: Task) -> Answer:
    """Make the keys that are missing; of one ``kind``, a next key that nothing uses yet."""
    request: CreateKeys = task.request
    if request.kind is None:
        return _make_missing(task)
    if request.kind == PSEUDONYM:
        step = say("Traces from before no longer show the same person under the same mark.")
        return Answer(_made(task, 1), [_make_pseudonym(task)], [step])
    return until_settled(partial(_make_next, task, request.kind))


def _make_missing(task: Task) -> Answer:
    made = [until_settled(partial(_make_first, task, kind)) for kind in KINDS]
    if PSEUDONYM not in task.world.parameters.read():
        made.append(_make_pseudonym(task))
    changes = [each for each in made if each]
    return Answer(
        _made(task, len(changes)) if changes else say("Every key is there already."), changes
    )


def _make_first(task: Task, kind: str) -> str:
    """A key that is in use at once, where there is none: without it nothing works."""
    for _ in range(_READINGS):
        store = read_store(task, kind)
        current = store.ring.find(KeyState.CURRENT)
        if current is not None and not store.missing(current):
            return ""
    others = [each for each in store.ring.keys if each is not current and not store.missing(each)]
    return _make(task, store, KeyState.CURRENT, others)


def _make_next(task: Task, kind: str) -> Answer:
    """A key that nobody knows yet. One at a time waits for its turn."""
    if first := _make_first(task, kind):
        return Answer(_made(task, 1), [first])
    store = read_store(task, kind)
    for each in map(store.ring.find, (KeyState.CREATED, KeyState.PUBLISHED)):
        if each is not None:
            step = next_step(kind, store.ring)
            message = say(
                "There is a next {kind} key already: {id}, {state}.",
                kind=kind,
                id=each.id,
                state=state_word(each.state),
            )
            return Answer(message, next_steps=[step.text] if step else [])
    change = _make(task, store, KeyState.CREATED, store.ring.keys)
    return Answer(
        _made(task, 1), [change], [say("Nobody knows it yet: keys.publish for {kind}.", kind=kind)]
    )


def _make(task: Task, store: KeyStore, state: KeyState, others: Sequence[RingKey]) -> str:
    item = new_sp_key(task.world.api_host, task.now) if store.kind == "sp" else new_secret(task.now)
    day = datetime.fromtimestamp(task.now, UTC).strftime("%Y%m%d")
    key = RingKey(
        id=f"{day}-{task.world.random(_ID_BYTES).hex()}",
        state=state,
        created=item["created"],
        since=item["created"],
    )
    turn(task, store, [*others, key], {key.id: item})
    return state_line(store.kind, key.id, state)


def _make_pseudonym(task: Task) -> str:
    """A new one takes over at once: it only marks who is the same person."""
    before = task.world.parameters.read().get(PSEUDONYM)
    known = describe(readable_key(PSEUDONYM, before)) if before else None
    if known is not None and task.now < epoch_time(known["created"]) + _AGAIN_SECONDS:
        raise SupportRefusal(
            "key-too-young",
            say("The pseudonym key was replaced a moment ago."),
            say("If that was this very request: it is done. Another is made after ten minutes."),
        )
    item = new_secret(task.now)
    if not task.request.dry_run:
        note(task, Change(f"configuration#{PSEUDONYM}", known, describe(item)))
        if before:
            task.world.parameters.replace(PSEUDONYM, json.dumps(item), secret=True)
        else:
            task.world.parameters.create(PSEUDONYM, json.dumps(item), secret=True)
    template = later("{kind}: replaced") if before else later("{kind}: made")
    return say(template, kind=PSEUDONYM)


def _made(task: Task, count: int) -> str:
    if task.request.dry_run:
        return counted("{number} key would be made.", "{number} keys would be made.", count)
    return counted("{number} key made.", "{number} keys made.", count)
