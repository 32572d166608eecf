"""The support package under Lambda's runtime client: every sample request, within its role."""

from __future__ import annotations

import time

import pytest
from botocore.credentials import Credentials

from deployment.cloud import PATH, Cloud, sample
from deployment.deployed import ROOT, TEMPLATE, overrides, root_with, statements_of
from deployment.guard import KMS
from kit.federation import new_certificate
from kit.support import metadata
from kit.world import HUB, SSO_URL
from numo_cli.proof import Prover

SECRET_KEY = "arn:aws:kms:eu-west-1:123456789012:key/0a"

IN_ORDER = (
    "school-activate",
    "users-import-begin",
    "users-import-end",
    "users-import",
    "users-import-missing",
    "users-idgebr",
    "users-unlinked",
    "users-find",
    "users-show",
    "users-link",
    "school-match-rule",
    "users-unlink",
    "users-disable",
    "users-enable",
    "users-export",
    "users-erase",
    "school-show",
    "school-list",
    "school-list-dutch",
    "school-request",
    "school-rename",
    "school-brin-add",
    "school-brin-end",
    "school-brin-move",
    "school-check",
    "school-report",
    "school-mail",
    "school-realm-add",
    "school-realm-list",
    "school-realm-enforce",
    "school-realm-learn",
    "school-realm-end",
    "trace-show",
    "trace-list",
    "trace-left-at-hub",
    "users-link-from-proposals",
    "keys-create",
    "keys-create-next",
    "keys-publish",
    "keys-list",
    "users-export-person",
    "metadata-show",
    "session-list",
    "session-revoke",
    "sessions-revoke-all",
    "school-suspend",
    "school-resume",
)
"""As support would go: each finds what those before it made."""


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_sample_request_succeeds_and_asks_nothing_that_its_role_forbids(
    cloud: Cloud, name: str
) -> None:
    answer = cloud.invoke("Support", sample(f"support/{name}.json"))
    assert answer["ok"] is True, answer
    assert not cloud.guards["Support"].denied


@pytest.mark.parametrize("kind", ["sp", "pseudonym"])
def test_a_new_key_is_sealed_with_the_accounts_key_for_ssm(cloud: Cloud, kind: str) -> None:
    if kind == "pseudonym":  # made a moment ago, it is not replaced yet
        cloud.aws("ssm").delete_parameter(Name=f"{PATH}pseudonym")
    answer = cloud.invoke("Support", sample("support/keys-create.json", kind=kind))
    assert answer["ok"] is True, answer
    assert ("kms:Encrypt", KMS) in cloud.guards["Support"].used
    assert not cloud.guards["Support"].denied


def test_under_a_customer_key_a_new_key_is_sealed_with_that_one(cloud: Cloud) -> None:
    """And what is there already is opened with it, by a role that knows no other."""
    given = {**overrides("production"), "SecretKeyArn": SECRET_KEY}
    role = root_with(given).resolve(TEMPLATE["Resources"]["SupportRole"]["Properties"])
    guard = cloud.guard("Support")
    guard.statements, guard.sealed_under = statements_of(role), SECRET_KEY
    cloud.aws("ssm").delete_parameter(Name=f"{PATH}pseudonym")
    instance = cloud.another("Support", guard, SECRET_KEY=SECRET_KEY)
    try:
        answer = instance.invoke(sample("support/keys-create.json", kind="pseudonym"))
        assert answer["ok"] is True, answer
    finally:
        instance.stop()
    using = {need for need in guard.used if need[0].startswith("kms:")}
    assert using == {("kms:Encrypt", SECRET_KEY), ("kms:Decrypt", SECRET_KEY)}
    assert not guard.denied


def test_steps_that_have_to_wait_are_within_the_role_too(cloud: Cloud) -> None:
    """By the real clock a key of just now is not promoted; it may be dropped."""
    refused = cloud.invoke("Support", sample("support/keys-promote.json"))
    assert refused["error"]["code"] == "key-too-young"
    listed = cloud.invoke("Support", sample("support/keys-list.json"))["data"]["keys"]
    (next_id,) = [
        each["id"] for each in listed if (each["kind"], each["state"]) == ("cookie", "published")
    ]
    answer = cloud.invoke("Support", sample("support/keys-retire.json", id=next_id))
    assert answer["changes"] == [f"cookie {next_id}: deleted"]
    assert not cloud.guards["Support"].denied


def test_a_reference_without_a_record_is_searched_for_in_the_logins_log(cloud: Cloud) -> None:
    asked = sample("support/trace-show.json", reference="ZZZZ-ZZZZ-ZZZZ")
    assert cloud.invoke("Support", asked)["error"]["code"] == "reference-unknown"
    guard = cloud.guards["Support"]
    assert ("logs:StartQuery", "arn:aws:local:::SsoLog.Arn") in guard.used
    assert not guard.denied


def test_metadata_that_cannot_be_fetched_is_a_coded_refusal(cloud: Cloud) -> None:
    answer = cloud.invoke("Support", sample("support/metadata-refresh.json"))
    assert answer["ok"] is False
    assert answer["error"].keys() == {"code", "message", "hint"}


def test_a_version_is_restored_and_what_waits_is_confirmed(cloud: Cloud) -> None:
    """The history, the record and every parameter are within the role."""
    document = metadata(new_certificate(time.time())[0], entity_id=HUB, location=SSO_URL)
    given = sample("support/metadata-refresh.json", document=document.decode())
    held = cloud.invoke("Support", given)
    assert held["data"]["code"] == "metadata-held", held
    named = held["data"]["idp"]["certificates_sha256"]
    confirmed = sample("support/metadata-confirm.json", fingerprints=named)
    for request in (confirmed, sample("support/metadata-restore.json")):
        answer = cloud.invoke("Support", request)
        assert answer["ok"] is True, answer
        assert answer["changes"]
    assert not cloud.guards["Support"].denied


def test_whoever_asks_is_proved_by_what_is_in_the_package(cloud: Cloud) -> None:
    """By a request to STS that no right of the role is needed for."""
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:numo-sso-local-support"
    prover = Prover(Credentials("local", "local"), arn, cloud.sts_url)
    request = prover.proved(sample("support/school-resume.json", ticket="NUMO-7"))
    assert cloud.invoke("Support", request)["ok"] is True
    refused = cloud.invoke("Support", {**request, "ticket": "NUMO-8"})
    assert refused["error"]["code"] == "caller-unproved"
    assert not cloud.guards["Support"].denied


def test_no_sample_request_is_left_out() -> None:
    samples = {path.stem for path in (ROOT / "events/support").glob("*.json")}
    beside = {"trace-refused-code", "keys-promote", "keys-retire"}
    hub = {"metadata-refresh", "metadata-confirm", "metadata-restore"}
    assert samples == {*IN_ORDER, *beside, *hub}
