"""The hub's digest and the epoch: written once, with their record, and never by accident."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kit.support import NOW
from numo_sso.configuration import parse, parse_epoch

if TYPE_CHECKING:
    from kit.support import Deployment

LIMITS = {
    f"{who}_{what}_seconds": 60 for who in ("pupil", "staff") for what in ("absolute", "idle")
}


def parameters(numo: Deployment) -> dict[str, str]:
    return numo.world.parameters.read()


def test_login_can_read_what_support_writes(numo: Deployment) -> None:
    """After keys and metadata, and with the template's limits, login has its configuration."""
    numo.done("keys.create")
    numo.done("metadata.refresh")
    numo.world.parameters.replace("limits", json.dumps(LIMITS), secret=False)
    configuration = parse(parameters(numo))
    assert len(configuration.cookie_keys[0]) == len(configuration.pseudonym_key) == 32
    assert configuration.idp.certificates[0].in_force(NOW)
    assert configuration.epoch == 0


def test_a_new_epoch_ends_all_sessions(numo: Deployment) -> None:
    """Each time the epoch is the time of asking, with a record of it."""
    numo.done("sessions.revoke_all", dry_run=True)
    assert parse_epoch(parameters(numo)) == 0
    numo.done("sessions.revoke_all")
    numo.now += 60
    numo.done("sessions.revoke_all")
    assert parse_epoch(parameters(numo)) == int(numo.now)
    times = [int(numo.now) - 60, int(numo.now)]
    assert [each["after"] for each in numo.audit()] == [{"epoch": each} for each in times]


def test_an_epoch_never_goes_back(numo: Deployment) -> None:
    """Sessions that were ended by a clock ahead of this one would begin again."""
    numo.done("sessions.revoke_all")
    ended = int(numo.now)
    numo.now -= 3600
    numo.done("sessions.revoke_all")
    assert parse_epoch(parameters(numo)) == ended
