"""Every sample in events/support goes through the handler."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.english import english_in
from kit.support import EVENTS, NOW, metadata
from numo_sso.federation.digest import fingerprints
from numo_sso.support.actions import ACTIONS
from numo_sso.support.keys.made import new_sp_key
from numo_sso.support.keys.steps import OVER_SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    from kit.support import Deployment

ROLLOVER = ("keys-create-next", "keys-publish", "keys-promote", "keys-retire")
"""In the order in which they are sent."""
SAMPLES = sorted(EVENTS.glob("*.json"))


def test_each_action_has_a_sample() -> None:
    """Whoever invokes the function by hand finds a payload for every action."""
    assert {json.loads(path.read_text())["action"] for path in SAMPLES} == set(ACTIONS)


def sent_before(action: str) -> str | None:
    """The sample that makes what this action is about."""
    others = {
        "school.brin_move": "school-request",
        "school.match_rule": "users-import",
        "school.realm_enforce": "school-realm-add",
    }
    about_users = action.startswith("users.") and action != "users.import"
    return "users-import" if about_users else others.get(action)


def prepared(numo: Deployment, path: Path) -> dict[str, Any]:
    """The sample, where the deployment has the school, its keys and what else it is about."""
    event: dict[str, Any] = json.loads(path.read_text())
    if event["action"] != "school.activate":
        numo.done(**json.loads((EVENTS / "school-activate.json").read_text()))
    if path.stem in ROLLOVER:
        numo.done("keys.create")
    for earlier in ROLLOVER[: ROLLOVER.index(path.stem)] if path.stem in ROLLOVER else ():
        numo.done(**json.loads((EVENTS / f"{earlier}.json").read_text()))
        numo.now += OVER_SECONDS
    if event["action"] in {"metadata.confirm", "metadata.restore"}:
        numo.done("metadata.refresh")
    if event["action"] == "metadata.confirm":  # its fingerprint is nobody's
        numo.metadata = metadata(new_sp_key("hub2", NOW - 60)["certificate"])
        numo.done("metadata.refresh")
        event["fingerprints"] = fingerprints(numo.parameter("idp-pending"))
    if event["action"] == "trace.refused_code":
        numo.save_refused_code(event["reference"])
    if event["action"] in {"trace.show", "trace.refused_code"}:
        numo.save_trace(event["reference"], "user-unknown", entrance="petteflat")
    if before := sent_before(event["action"]):
        numo.done(**json.loads((EVENTS / f"{before}.json").read_text()))
    return event


samples = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)


@samples
def test_sample_is_done(numo: Deployment, path: Path) -> None:
    """Each sample is answered with ok by a deployment that has the school and its keys."""
    event = prepared(numo, path)
    answer = numo.done(**event)
    assert set(answer) == {"ok", "action", "message", "changes", "next_steps", "data", "dry_run"}
    assert answer["action"] == event["action"]


@samples
def test_no_sample_is_answered_in_english_where_dutch_is_asked(
    numo: Deployment, path: Path
) -> None:
    """By no sentence of either catalogue, wherever in the answer it stands."""
    answer = numo.done(**prepared(numo, path) | {"language": "nl"})
    assert english_in(json.dumps(answer, ensure_ascii=False)) == []
