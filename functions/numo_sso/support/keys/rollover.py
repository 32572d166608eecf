"""``keys.publish``, ``keys.promote``, ``keys.retire``: how one key takes over from another.

Each step is one write, and none is done before every function knows what it rests on. A function
that has not read it yet signs with a key that all accept, and accepts the one that others sign
with: so no login fails at any moment of it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from numo_sso.key_rings import KeyState
from numo_sso.support.answers import Answer
from numo_sso.support.keys.states import state_line
from numo_sso.support.keys.steps import may_promote, may_retire, next_step
from numo_sso.support.keys.store import read_store, turn
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import counted, later, say
from numo_sso.support.transaction import until_settled
from numo_sso.times import iso_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numo_sso.key_rings import Ring, RingKey
    from numo_sso.support.keys.store import KeyStore
    from numo_sso.support.requests.common import OneKind, RetireKey
    from numo_sso.support.world import Task


def publish_key(task: Task) -> Answer:
    """Let the hub and every function know the next key. Twice changes nothing."""
    return until_settled(partial(_step, task, _publish))


def promote_key(task: Task) -> Answer:
    """Sign with the published key; the one before stays accepted. Twice changes nothing."""
    return until_settled(partial(_step, task, _promote))


def retire_key(task: Task) -> Answer:
    """Forget the previous key, and delete it. Twice changes nothing."""
    return until_settled(partial(_step, task, _retire))


def _step(task: Task, perform: Callable[[Task, KeyStore], Answer]) -> Answer:
    request: OneKind = task.request
    store = read_store(task, request.kind)
    if not store.ring.keys:
        raise SupportRefusal(
            "key-missing", say("There is no {kind} key.", kind=store.kind), say("Use keys.create.")
        )
    return perform(task, store)


def _publish(task: Task, store: KeyStore) -> Answer:
    key = store.ring.find(KeyState.CREATED)
    if key is None:
        published = store.ring.find(KeyState.PUBLISHED)
        if published is None:
            raise _no_next_key(store)
        return _unchanged(
            store,
            say("The {kind} key {id} is published already.", kind=store.kind, id=published.id),
        )
    return _move(task, store, {key.id: KeyState.PUBLISHED})


def _promote(task: Task, store: KeyStore) -> Answer:
    key = store.ring.find(KeyState.PUBLISHED)
    if key is None:
        if store.ring.find(KeyState.CREATED):
            raise SupportRefusal(
                "key-not-published",
                say("The next {kind} key is known to nobody yet.", kind=store.kind),
                say("Use keys.publish for {kind}, and wait.", kind=store.kind),
            )
        return _unchanged(store, say("The newest {kind} key is in use already.", kind=store.kind))
    if store.ring.find(KeyState.PREVIOUS):
        raise SupportRefusal(
            "key-previous",
            say("The {kind} key of the rollover before is still accepted.", kind=store.kind),
            say("Use keys.retire for {kind} first.", kind=store.kind),
        )
    _wait_until(
        task, may_promote(key), "key-too-young", say("The new key is not known everywhere yet.")
    )
    current = store.ring.find(KeyState.CURRENT)
    moves = {key.id: KeyState.CURRENT}
    return _move(task, store, moves | ({current.id: KeyState.PREVIOUS} if current else {}))


def _retire(task: Task, store: KeyStore) -> Answer:
    request: RetireKey = task.request
    key = _to_retire(request, store)
    if key is None and not store.strays:
        return _unchanged(store, say("No {kind} key waits to be retired.", kind=store.kind))
    if key is not None and not request.now:
        _wait_until(
            task,
            may_retire(key),
            "key-still-needed",
            say("Logins that it signed may still come back."),
        )
    keys = [each for each in store.ring.keys if each is not key]
    turn(task, store, keys, {})
    gone = sorted({*store.strays, *([key.id] if key else [])})
    return Answer(
        _gone(task, store.kind, gone),
        [say("{kind} {id}: deleted", kind=store.kind, id=each) for each in gone],
        _steps(store.kind, replace(store.ring, keys=tuple(keys))),
    )


def _gone(task: Task, kind: str, gone: Sequence[str]) -> str:
    ids = ", ".join(gone)
    if task.request.dry_run:
        return counted(
            "The {kind} key {ids} would be gone.",
            "The {kind} keys {ids} would be gone.",
            len(gone),
            kind=kind,
            ids=ids,
        )
    return counted(
        "The {kind} key {ids} is gone.",
        "The {kind} keys {ids} are gone.",
        len(gone),
        kind=kind,
        ids=ids,
    )


def _to_retire(request: RetireKey, store: KeyStore) -> RingKey | None:
    if request.id is None:
        return store.ring.find(KeyState.PREVIOUS)
    key = next((each for each in store.ring.keys if each.id == request.id), None)
    if key is not None and key.state is KeyState.CURRENT:
        raise SupportRefusal(
            "key-in-use",
            say("The {kind} key {id} is the one in use.", kind=store.kind, id=key.id),
            say(
                "Promote another first: keys.create for {kind}, then keys.publish.", kind=store.kind
            ),
        )
    return key


def _move(task: Task, store: KeyStore, moves: Mapping[str, KeyState]) -> Answer:
    """Put keys into other states, from now on."""
    since = iso_time(task.now)
    keys = [
        replace(each, state=moves[each.id], since=since) if each.id in moves else each
        for each in store.ring.keys
    ]
    for each in keys:
        if each.id in moves and store.missing(each):
            raise _lost(store, each)
    turn(task, store, keys, {})
    return Answer(
        _moved(task, store.kind, *next(iter(moves.items()))),
        [state_line(store.kind, key_id, state) for key_id, state in moves.items()],
        _steps(store.kind, replace(store.ring, keys=tuple(keys))),
    )


def _moved(task: Task, kind: str, key_id: str, state: KeyState) -> str:
    if state is KeyState.PUBLISHED:
        template = (
            later("The {kind} key {id} would be published.")
            if task.request.dry_run
            else later("The {kind} key {id} is published.")
        )
    else:
        template = (
            later("The {kind} key {id} would be current.")
            if task.request.dry_run
            else later("The {kind} key {id} is current.")
        )
    return say(template, kind=kind, id=key_id)


def _steps(kind: str, ring: Ring) -> list[str]:
    step = next_step(kind, ring)
    return [step.text] if step else []


def _unchanged(store: KeyStore, message: str) -> Answer:
    return Answer(message, next_steps=_steps(store.kind, store.ring))


def _wait_until(task: Task, moment: float, code: str, message: str) -> None:
    if task.now < moment:
        seconds = int(moment - task.now) + 1
        hint = say(
            "Ask again in {seconds} seconds, after {moment}.",
            seconds=seconds,
            moment=iso_time(moment),
        )
        raise SupportRefusal(code, message, hint, {"not_before": iso_time(moment)})


def _no_next_key(store: KeyStore) -> SupportRefusal:
    hint = say("Make one: keys.create for {kind}.", kind=store.kind)
    return SupportRefusal("key-missing", say("There is no next {kind} key.", kind=store.kind), hint)


def _lost(store: KeyStore, key: RingKey) -> SupportRefusal:
    return SupportRefusal(
        "key-missing",
        say("The ring names {kind} key {id}, which is not there.", kind=store.kind, id=key.id),
        say(
            "Drop it: keys.retire for {kind} with its id. Then keys.create for {kind}.",
            kind=store.kind,
        ),
    )
