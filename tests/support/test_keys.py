"""Keys: made once, never shown, and changed one step at a time."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from numo_sso.configuration import SPREAD_SECONDS
from numo_sso.flow import LIFETIME
from numo_sso.support.keys.steps import FLOW_SECONDS, OVER_SECONDS
from numo_sso.support.keys.store import CLAIM_SECONDS
from numo_sso.support.ssm import SsmParameters

if TYPE_CHECKING:
    from kit.support import Deployment

PATH = "/numo-sso/test/"


def parameters(numo: Deployment) -> dict[str, str]:
    return numo.world.parameters.read()


def states(numo: Deployment, kind: str) -> dict[str, str]:
    """The id of the key in each state."""
    return {each["state"]: each["id"] for each in numo.parameter(f"{kind}/ring")["keys"]}


def secrets(numo: Deployment) -> list[str]:
    """All that may be in no log, trail or answer."""
    return [json.loads(text)["key"] for text in parameters(numo).values() if '"key":' in text]


def until_published(numo: Deployment, kind: str) -> None:
    """A deployment with a next key that every function knows."""
    numo.done("keys.create")
    numo.done("keys.create", kind=kind)
    numo.done("keys.publish", kind=kind)
    numo.now += SPREAD_SECONDS


def test_the_signing_key_fits_its_certificate(numo: Deployment) -> None:
    """The certificate is self-signed, RSA 2048, named for the API, and fits in 4 KB."""
    numo.done("keys.create")
    stored = parameters(numo)[f"sp/key/{states(numo, 'sp')['current']}"]
    item = json.loads(stored)
    key = serialization.load_pem_private_key(item["key"].encode(), None)
    certificate = x509.load_der_x509_certificate(base64.b64decode(item["certificate"]))
    assert isinstance(key, rsa.RSAPrivateKey)
    assert key.key_size == 2048
    assert certificate.public_key() == key.public_key()
    assert certificate.subject.rfc4514_string() == "CN=api.numo.nl"
    assert len(stored) < 4096


def test_keys_are_sealed_and_rings_are_not(numo: Deployment) -> None:
    """What is secret is a SecureString; all that a deployment has is one page of ten."""
    numo.done("keys.create")
    numo.done("metadata.refresh")
    found = numo.ssm.describe_parameters()["Parameters"]
    types = {each["Name"].removeprefix(PATH): each["Type"] for each in found}
    sealed = {name for name, kind in types.items() if kind == "SecureString"}
    ids = {kind: states(numo, kind)["current"] for kind in ("sp", "cookie")}
    assert sealed == {f"sp/key/{ids['sp']}", f"cookie/key/{ids['cookie']}", "pseudonym"}
    assert set(types) - sealed == {"sp/ring", "cookie/ring", "idp", "federation/checked"}
    assert len(types) + len({"limits", "epoch"}) <= 10


def test_existing_keys_are_left_alone(numo: Deployment) -> None:
    """Asking twice makes nothing; what is missing is added."""
    numo.done("keys.create")
    before = parameters(numo)
    again = numo.done("keys.create")
    assert again["changes"] == []
    numo.ssm.delete_parameter(Name=f"{PATH}pseudonym")
    assert numo.done("keys.create")["changes"] == ["pseudonym: made"]
    after = parameters(numo)
    assert {k: v for k, v in after.items() if k != "pseudonym"} == {
        k: v for k, v in before.items() if k != "pseudonym"
    }


def test_a_key_that_somebody_deleted_is_replaced(numo: Deployment) -> None:
    """A ring without its current key lets nobody in; what else it names stays."""
    until_published(numo, "cookie")
    before = states(numo, "cookie")
    numo.ssm.delete_parameter(Name=f"{PATH}cookie/key/{before['current']}")
    assert "keys.create." in numo.done("keys.list")["next_steps"][0]
    assert len(numo.done("keys.create")["changes"]) == 1
    after = states(numo, "cookie")
    assert after["published"] == before["published"]
    assert after["current"] != before["current"]


def test_a_next_key_that_somebody_deleted_is_not_used(numo: Deployment) -> None:
    """A promotion would leave the ring without a key to sign with; dropping it goes."""
    until_published(numo, "cookie")
    lost = states(numo, "cookie")["published"]
    numo.ssm.delete_parameter(Name=f"{PATH}cookie/key/{lost}")
    assert numo.refused("keys.promote", kind="cookie")["code"] == "key-missing"
    row = next(each for each in numo.done("keys.list")["data"]["keys"] if each["id"] == lost)
    assert row["there"] is False
    numo.done("keys.retire", kind="cookie", id=lost)
    assert set(states(numo, "cookie")) == {"current"}


@pytest.mark.parametrize("kind", ["sp", "cookie"])
def test_a_rollover_is_four_steps(numo: Deployment, kind: str) -> None:
    """Each step waits until the one before is known everywhere; each done twice changes nothing."""
    numo.done("keys.create")
    old = states(numo, kind)["current"]
    assert numo.done("keys.create", kind=kind)["changes"]
    new = states(numo, kind)["created"]
    assert numo.done("keys.create", kind=kind)["changes"] == []
    assert numo.refused("keys.promote", kind=kind)["code"] == "key-not-published"
    for again in (False, True):
        assert bool(numo.done("keys.publish", kind=kind)["changes"]) is not again
    assert states(numo, kind) == {"current": old, "published": new}
    numo.now += SPREAD_SECONDS - 1
    assert numo.refused("keys.promote", kind=kind)["code"] == "key-too-young"
    numo.now += 1
    for again in (False, True):
        assert bool(numo.done("keys.promote", kind=kind)["changes"]) is not again
    assert states(numo, kind) == {"current": new, "previous": old}
    numo.now += OVER_SECONDS - 1
    assert numo.refused("keys.retire", kind=kind)["code"] == "key-still-needed"
    numo.now += 1
    for again in (False, True):
        assert bool(numo.done("keys.retire", kind=kind)["changes"]) is not again
    assert states(numo, kind) == {"current": new}


def test_a_retired_key_leaves_nothing_behind(numo: Deployment) -> None:
    """Neither the parameter nor its history has the key; a leaked one does not lie about."""
    until_published(numo, "sp")
    numo.done("keys.promote", kind="sp")
    old = f"{PATH}sp/key/{states(numo, 'sp')['previous']}"
    assert numo.ssm.get_parameter_history(Name=old)["Parameters"]
    numo.now += OVER_SECONDS
    numo.done("keys.retire", kind="sp")
    with pytest.raises(ClientError, match="ParameterNotFound"):
        numo.ssm.get_parameter_history(Name=old)


def test_one_rollover_ends_before_the_next_takes_over(numo: Deployment) -> None:
    """A third key may be published meanwhile, but nothing is forgotten by a promotion."""
    until_published(numo, "cookie")
    numo.done("keys.promote", kind="cookie")
    numo.done("keys.create", kind="cookie")
    numo.done("keys.publish", kind="cookie")
    assert set(states(numo, "cookie")) == {"current", "previous", "published"}
    numo.now += SPREAD_SECONDS
    assert numo.refused("keys.promote", kind="cookie")["code"] == "key-previous"
    numo.done("keys.retire", kind="cookie", now=True)
    numo.done("keys.promote", kind="cookie")


def test_a_next_key_can_be_dropped(numo: Deployment) -> None:
    """Nothing was signed with it, so at once; the key in use cannot be dropped at all."""
    until_published(numo, "sp")
    found = states(numo, "sp")
    error = numo.refused("keys.retire", kind="sp", id=found["current"], now=True)
    assert error["code"] == "key-in-use"
    numo.done("keys.retire", kind="sp", id=found["published"])
    assert states(numo, "sp") == {"current": found["current"]}
    assert numo.done("keys.retire", kind="sp", id=found["published"])["changes"] == []
    assert numo.refused("keys.publish", kind="sp")["code"] == "key-missing"


def test_without_any_key_there_is_nothing_to_roll_over(numo: Deployment) -> None:
    """The hint names the command that makes the first ones."""
    for action in ("publish", "promote", "retire"):
        error = numo.refused(f"keys.{action}", kind="cookie")
        assert (error["code"], error["hint"]) == ("key-missing", "Use keys.create.")
    assert numo.done("keys.list")["next_steps"] == ["Make what is missing: keys.create."]
    assert len(numo.done("keys.create", kind="cookie")["changes"]) == 1
    assert set(states(numo, "cookie")) == {"current"}


def test_the_pseudonym_key_is_replaced_at_once(numo: Deployment) -> None:
    """It signs nothing that comes back."""
    numo.done("keys.create")
    before = numo.parameter("pseudonym")
    numo.now += 599
    assert numo.refused("keys.create", kind="pseudonym")["code"] == "key-too-young"
    assert numo.parameter("pseudonym") == before
    numo.now += 1
    assert numo.done("keys.create", kind="pseudonym")["changes"] == ["pseudonym: replaced"]
    assert numo.parameter("pseudonym") != before


def test_a_dry_run_writes_nothing(numo: Deployment) -> None:
    """Neither a parameter nor a record, whatever the step."""
    assert len(numo.done("keys.create", dry_run=True)["changes"]) == 3
    assert parameters(numo) == {}
    numo.done("keys.create")
    for action, kind in (("create", "sp"), ("publish", "sp"), ("promote", "sp"), ("retire", "sp")):
        before, trail = parameters(numo), len(numo.audit())
        assert numo.done(f"keys.{action}", kind=kind, dry_run=True)["changes"]
        assert (parameters(numo), len(numo.audit())) == (before, trail)
        numo.done(f"keys.{action}", kind=kind)
        numo.now += OVER_SECONDS


def test_the_trail_and_the_list_know_keys_by_their_public_part(numo: Deployment) -> None:
    """No key is in the trail, the log or an answer; id, state, age and certificate are."""
    until_published(numo, "sp")
    answer = numo.done("keys.promote", kind="sp", ticket="NUMO-9")
    record = numo.audit()[-1]
    assert record["subject"] == "configuration#sp/ring"
    assert [each["state"] for each in record["before"]["keys"]] == ["current", "published"]
    assert [each["state"] for each in record["after"]["keys"]] == ["previous", "current"]
    listed = numo.done("keys.list")
    known = {each["certificate_sha256"] for each in record["after"]["keys"]}
    assert {each.get("certificate_sha256") for each in listed["data"]["keys"]} == {*known, None}
    kept = str(numo.audit()) + numo.log.getvalue() + str(answer) + str(listed)
    assert "PRIVATE KEY" not in kept
    assert not [each for each in secrets(numo) if each in kept]


def test_the_list_says_when_the_next_step_may_be_done(numo: Deployment) -> None:
    """For people a line, for programs a time."""
    numo.done("keys.create")
    assert numo.done("keys.list")["next_steps"] == []
    until_published(numo, "cookie")
    listed = numo.done("keys.list")
    assert listed["data"]["next"] == [
        {"kind": "cookie", "action": "keys.promote", "not_before": "2026-08-24T06:36:00Z"}
    ]
    assert listed["next_steps"] == ["keys.promote for cookie, from 2026-08-24T06:36:00Z on."]
    signing = next(each for each in listed["data"]["keys"] if each["kind"] == "sp")
    assert signing["not_before"] == "2026-08-24T06:30:00Z"
    assert signing["not_after"].startswith("2036-08-24")


@pytest.mark.parametrize("name", ["cookie/ring", "cookie/key/20260824-0000", "pseudonym"])
@pytest.mark.parametrize("spoiled", ["oops", "[]", '{"keys": [], "key": "", "created": "x"}'])
def test_a_broken_key_is_not_taken_for_a_missing_one(
    numo: Deployment, name: str, spoiled: str
) -> None:
    """What somebody wrote by hand is looked at by a person, not written over."""
    numo.world.parameters.replace(name, spoiled, secret=True)
    kind = name.partition("/")[0]
    assert numo.refused("keys.create", kind=kind)["code"] == "key-unreadable"
    assert numo.refused("keys.list")["code"] == "key-unreadable"
    assert parameters(numo)[name] == spoiled


class Interrupted(SsmParameters):
    """Parameters of which a write fails after so many have been done, or after which others act."""

    def __init__(self, numo: Deployment, writes: int, then: Any) -> None:
        super().__init__(numo.ssm, PATH)
        self._left = writes
        self._then = then

    def _put(self, name: str, value: str, *, secret: bool, overwrite: bool) -> None:
        self._count()
        super()._put(name, value, secret=secret, overwrite=overwrite)

    def delete(self, name: str) -> None:
        self._count()
        super().delete(name)

    def _count(self) -> None:
        self._left -= 1
        if self._left == -1:
            self._then()


def cut_off() -> None:
    raise ClientError({"Error": {"Code": "InternalServerError"}}, "PutParameter")


@pytest.mark.parametrize("writes", [0, 1])
def test_a_creation_that_was_cut_off_is_done_again(numo: Deployment, writes: int) -> None:
    """Whatever it left is not in use, goes later, and soon blocks nobody."""
    numo.done("keys.create")
    whole = numo.world
    numo.world = replace(whole, parameters=Interrupted(numo, writes, cut_off))
    assert numo.refused("keys.create", kind="cookie")["code"] == "storage-failed"
    numo.world = whole
    assert numo.refused("keys.create", kind="cookie")["code"] == "changed-meanwhile"
    numo.now += CLAIM_SECONDS
    numo.done("keys.create", kind="cookie")
    kept = {name for name in parameters(numo) if name.startswith("cookie/key/")}
    assert kept == {f"cookie/key/{each}" for each in states(numo, "cookie").values()}


def test_a_retirement_that_was_cut_off_is_finished(numo: Deployment) -> None:
    """The ring has forgotten the key but its parameter is there: asking again deletes it."""
    until_published(numo, "cookie")
    numo.done("keys.promote", kind="cookie")
    old = states(numo, "cookie")["previous"]
    numo.now += OVER_SECONDS
    whole = numo.world
    numo.world = replace(whole, parameters=Interrupted(numo, 1, cut_off))
    assert numo.refused("keys.retire", kind="cookie")["code"] == "storage-failed"
    numo.world = whole
    assert f"cookie/key/{old}" in parameters(numo)
    assert numo.done("keys.retire", kind="cookie")["changes"] == [f"cookie {old}: deleted"]
    assert f"cookie/key/{old}" not in parameters(numo)


@pytest.mark.parametrize("action", ["create", "publish", "promote", "retire"])
def test_of_two_at_the_same_moment_one_waits(numo: Deployment, action: str) -> None:
    """While a step has not written its ring, nobody else's can get between; nothing is lost."""
    numo.done("keys.create")
    for each in ("create", "publish", "promote", "retire"):
        if each == action:
            break
        numo.done(f"keys.{each}", kind="cookie")
        numo.now += OVER_SECONDS
    codes: list[str] = []
    whole = numo.world

    def others_act() -> None:
        mine, numo.world = numo.world, whole
        codes.append(numo.refused(f"keys.{action}", kind="cookie")["code"])
        numo.world = mine

    numo.world = replace(whole, parameters=Interrupted(numo, 0, others_act))
    numo.done(f"keys.{action}", kind="cookie")
    numo.world = whole
    assert codes == ["changed-meanwhile"]
    numo.done(f"keys.{action}", kind="cookie")


def test_who_read_an_older_ring_reads_again(numo: Deployment) -> None:
    """Between reading and claiming another step was done: it is not written over."""
    numo.done("keys.create")
    numo.done("keys.create", kind="cookie")
    whole = numo.world

    class Late(SsmParameters):
        acted = False

        def read(self) -> dict[str, str]:
            found = super().read()
            if not Late.acted:
                Late.acted = True
                numo.world = whole
                numo.done("keys.publish", kind="cookie")
                numo.world = late
            return found

    late = replace(whole, parameters=Late(numo.ssm, PATH))
    numo.world = late
    answer = numo.done("keys.publish", kind="cookie")
    assert answer["changes"] == []
    assert numo.parameter("cookie/ring")["version"] == 3


def test_a_flow_lives_as_long_as_support_believes() -> None:
    """Support's package has no flows, so the number is written there a second time."""
    assert FLOW_SECONDS == LIFETIME
