"""Keys, the hub's digest and the epoch: written once, with their record, and never by accident."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from kit.support import NOW, metadata
from numo_sso.configuration import parse, parse_epoch
from numo_sso.support.keys import new_sp_key
from numo_sso.support.keys_create import SPREAD_SECONDS

if TYPE_CHECKING:
    from kit.support import Deployment

LIMITS = {
    f"{who}_{what}_seconds": 60 for who in ("pupil", "staff") for what in ("absolute", "idle")
}


def parameters(numo: Deployment) -> dict[str, str]:
    return numo.world.parameters.read()


def key_of(numo: Deployment, slot: str) -> Any:
    return numo.parameter(slot)["key"]


def test_login_can_read_what_support_writes(numo: Deployment) -> None:
    """After keys and metadata, and with the template's limits, login has its configuration."""
    numo.done("keys.create")
    numo.done("metadata.refresh")
    numo.world.parameters.replace("limits", json.dumps(LIMITS), secret=False)
    configuration = parse(parameters(numo))
    assert len(configuration.cookie_keys[0]) == len(configuration.pseudonym_key) == 32
    assert configuration.idp.certificates[0].in_force(NOW)
    assert configuration.epoch == 0


def test_the_signing_key_fits_its_certificate(numo: Deployment) -> None:
    """The certificate is self-signed, RSA 2048, named for the API, and fits in 4 KB."""
    numo.done("keys.create")
    stored = parameters(numo)["sp/current"]
    item = json.loads(stored)
    key = serialization.load_pem_private_key(item["key"].encode(), None)
    certificate = x509.load_der_x509_certificate(base64.b64decode(item["certificate"]))
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 2048
    assert certificate.public_key() == key.public_key()
    assert certificate.subject.rfc4514_string() == "CN=api.numo.nl"
    assert len(stored) < 4096


def test_keys_are_sealed_and_the_digest_is_not(numo: Deployment) -> None:
    """What is secret is a SecureString."""
    numo.done("keys.create")
    numo.done("metadata.refresh")
    found = numo.ssm.describe_parameters()["Parameters"]
    types = {each["Name"].removeprefix("/numo-sso/test/"): each["Type"] for each in found}
    secret = dict.fromkeys(("sp/current", "cookie/current", "pseudonym"), "SecureString")
    assert types == secret | {"idp": "String"}


def test_existing_keys_are_left_alone(numo: Deployment) -> None:
    """Asking twice makes nothing; what is missing is added."""
    numo.done("keys.create")
    before = parameters(numo)
    again = numo.done("keys.create")
    assert again["changes"] == []
    numo.ssm.delete_parameter(Name="/numo-sso/test/pseudonym")
    assert numo.done("keys.create")["changes"] == ["pseudonym: made"]
    after = parameters(numo)
    assert {k: v for k, v in after.items() if k != "pseudonym"} == {
        k: v for k, v in before.items() if k != "pseudonym"
    }


def test_a_dry_run_makes_no_key(numo: Deployment) -> None:
    """Under dry_run neither a parameter nor a record is written."""
    assert len(numo.done("keys.create", dry_run=True)["changes"]) == 3
    assert parameters(numo) == {}
    assert numo.audit() == []


@pytest.mark.parametrize("kind", ["sp", "cookie"])
def test_a_rotated_key_is_known_before_it_is_used(numo: Deployment, kind: str) -> None:
    """A new key first stands beside the old; promoting it swaps them; twice changes nothing."""
    numo.done("keys.create")
    old = key_of(numo, f"{kind}/current")
    numo.now += 60
    numo.done("keys.create", rotate=kind)
    new = key_of(numo, f"{kind}/previous")
    assert key_of(numo, f"{kind}/current") == old != new
    assert numo.refused("keys.promote", key=kind)["code"] == "key-too-young"
    numo.now += SPREAD_SECONDS
    numo.done("keys.promote", key=kind)
    assert (key_of(numo, f"{kind}/current"), key_of(numo, f"{kind}/previous")) == (new, old)
    assert numo.done("keys.promote", key=kind)["changes"] == []
    assert key_of(numo, f"{kind}/current") == new


def test_the_trail_knows_keys_by_age_and_certificate_only(numo: Deployment) -> None:
    """No key is in the trail, the log or an answer."""
    numo.done("keys.create")
    numo.now += 60
    answer = numo.done("keys.create", rotate="sp", ticket="NUMO-9")
    record = numo.audit()[-1]
    assert record["subject"] == "configuration#sp/previous"
    assert set(record["after"]) == {"created", "certificate_sha256"}
    kept = str(numo.audit()) + numo.log.getvalue() + str(answer)
    assert "PRIVATE KEY" not in kept
    for slot in ("cookie/current", "pseudonym"):
        assert key_of(numo, slot) not in kept


def test_a_broken_key_is_not_taken_for_a_missing_one(numo: Deployment) -> None:
    """What somebody put in the slot by hand is looked at by a person, not written over."""
    numo.world.parameters.replace("cookie/current", "oops", secret=True)
    assert numo.refused("keys.create")["code"] == "key-unreadable"
    assert parameters(numo)["cookie/current"] == "oops"


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
