"""Every sample in events/support goes through the handler."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kit.support import EVENTS
from numo_sso.support.actions import ACTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from kit.support import Deployment

SAMPLES = sorted(EVENTS.glob("*.json"))


def test_each_action_has_a_sample() -> None:
    """Whoever invokes the function by hand finds a payload for every action."""
    assert {json.loads(path.read_text())["action"] for path in SAMPLES} == set(ACTIONS)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_is_done(numo: Deployment, path: Path) -> None:
    """Each sample is answered with ok by a deployment that has the school and its keys."""
    event = json.loads(path.read_text())
    if event["action"] != "school.activate":
        numo.done(**json.loads((EVENTS / "school-activate.json").read_text()))
    if event["action"] == "keys.promote":
        numo.done("keys.create")
    answer = numo.done(**event)
    assert set(answer) == {"ok", "action", "message", "changes", "next_steps", "data", "dry_run"}
    assert answer["action"] == event["action"]
