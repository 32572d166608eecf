"""The hub's digest and the epoch: written once, with their record, and never by accident."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kit.support import NOW, metadata
from numo_sso.configuration import parse, parse_epoch
from numo_sso.support.keys import new_sp_key

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


def test_metadata_that_says_nothing_new_is_not_written(numo: Deployment) -> None:
    """The second refresh changes nothing; another certificate is told."""
    assert numo.done("metadata.refresh")["changes"]
    numo.now += 3600
    assert numo.done("metadata.refresh")["changes"] == []
    assert numo.parameter("idp")["fetched_at"] == "2026-08-24T06:30:00Z"
    numo.metadata = metadata(new_sp_key("hub2", NOW - 60)["certificate"])
    come, go = numo.done("metadata.refresh")["changes"]
    assert come.startswith("certificate comes: ")
    assert go.startswith("certificate goes: ")
    assert len(numo.audit()) == 2


def test_refused_metadata_leaves_the_last_good_one(numo: Deployment, certificate: str) -> None:
    """A proxy's page or another hub's metadata does not stop logins."""
    numo.done("metadata.refresh")
    good = parameters(numo)
    numo.metadata = b"<html>proxy</html>"
    assert numo.refused("metadata.refresh")["code"] == "metadata-entity"
    other = metadata(certificate, entity_id="https://evil.example").decode()
    assert numo.refused("metadata.refresh", document=other)["code"] == "metadata-entity"
    assert parameters(numo) == good


def test_the_document_can_be_given(numo: Deployment, certificate: str) -> None:
    """Where the function cannot reach the hub, a person hands the document over."""
    numo.metadata = b""
    numo.done("metadata.refresh", document=metadata(certificate).decode())
    assert numo.parameter("idp")["certificates"][0]["certificate"] == certificate


def test_several_large_certificates_are_kept(numo: Deployment, certificate: str) -> None:
    """A digest above 4 KB, as in a rollover of large keys, still fits."""
    more = [new_sp_key(f"hub{n}", NOW - 60)["certificate"] for n in range(4)]
    numo.metadata = metadata(certificate, *more)
    numo.done("metadata.refresh")
    assert len(parameters(numo)["idp"]) > 4096
    many = [new_sp_key(f"hub{n}", NOW - 60)["certificate"] for n in range(10)]
    numo.metadata = metadata(*many)
    assert numo.refused("metadata.refresh")["code"] == "parameter-too-large"


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
