"""What becomes of the hub's metadata: published, left, held, confirmed, restored."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from kit.federation import REQUEST_ID, Hourly, new_certificate
from kit.support import ENTITY_ID, NOW, Deployment, metadata
from numo_sso.federation.digest import fingerprints
from numo_sso.support.keys.made import new_sp_key

DAY = 86_400
OTHER_URL = "https://engine.entree-s.kennisnet.nl/authentication/idp/single-sign-on/key:20260824"


@cache
def key(name: str) -> tuple[str, str]:
    """Certificate and fingerprint of a key, made once a run."""
    return new_certificate(NOW, name)


def in_force(numo: Deployment) -> list[str]:
    return fingerprints(numo.parameter("idp"))


def pending(numo: Deployment) -> list[str]:
    return fingerprints(numo.parameter("idp-pending"))


def versions(numo: Deployment, name: str = "idp") -> int:
    """How often a parameter was written."""
    found = numo.ssm.get_parameter_history(Name=f"/numo-sso/test/{name}")["Parameters"]
    return len(found)


@pytest.fixture
def hourly(numo: Deployment) -> Hourly:
    """The scheduled function, which has run once: the hub's key ``old`` is in force."""
    numo.metadata = metadata(key("old")[0])
    hourly = Hourly(numo)
    assert hourly.code() == "metadata-published"
    return hourly


@pytest.fixture
def held(hourly: Hourly) -> Hourly:
    """The hub now publishes ``new`` alone."""
    hourly.numo.metadata = metadata(key("new")[0])
    assert hourly.code() == "metadata-held"
    return hourly


@pytest.mark.parametrize("first", ["support", "schedule"])
def test_the_first_metadata_ever_is_published(numo: Deployment, first: str) -> None:
    """By whoever comes first: nobody can log in before it, so nobody is to be protected."""
    if first == "support":
        assert numo.done("metadata.refresh", ticket="NUMO-1")["changes"]
    else:
        assert Hourly(numo).code() == "metadata-published"
    assert len(in_force(numo)) == 1


def test_metadata_that_says_nothing_new_is_not_written(hourly: Hourly) -> None:
    """Only the time of the check is."""
    hourly.numo.now += 3600
    assert hourly.code() == "metadata-unchanged"
    assert versions(hourly.numo) == 1
    assert hourly.numo.parameter("idp")["fetched_at"] == "2026-08-24T06:30:00Z"
    checked = hourly.numo.parameter("federation/checked")
    assert checked["at"] == checked["good_at"] == "2026-08-24T07:30:00Z"
    assert checked["code"] == "metadata-unchanged"


def test_a_rollover_is_followed_step_by_step(hourly: Hourly) -> None:
    """Old and new together, then the new one alone: each published at once, and reported."""
    hourly.numo.metadata = metadata(key("old")[0], key("new")[0])
    assert hourly.run()["changes"] == [f"certificate comes: {key('new')[1]}"]
    hourly.numo.metadata = metadata(key("new")[0])
    assert hourly.run()["changes"] == [f"certificate goes: {key('old')[1]}"]
    assert in_force(hourly.numo) == [key("new")[1]]


def test_another_url_on_the_same_host_is_published(hourly: Hourly) -> None:
    hourly.numo.metadata = metadata(key("old")[0], location=OTHER_URL)
    assert hourly.code() == "metadata-published"
    assert hourly.numo.parameter("idp")["sso_url"] == OTHER_URL


def test_a_change_leaves_its_record(hourly: Hourly) -> None:
    """By fingerprints, with the run's request id; a check without a change leaves none."""
    hourly.numo.metadata = metadata(key("old")[0], key("new")[0])
    hourly.run()
    hourly.run()
    first, second = hourly.numo.audit()
    assert "before" not in first
    assert first["after"]["certificates_sha256"] == [key("old")[1]]
    assert second["subject"] == "configuration#idp"
    assert (second["action"], second["request_id"]) == ("metadata.check", REQUEST_ID)
    assert second["before"]["certificates_sha256"] == [key("old")[1]]
    assert second["after"]["certificates_sha256"] == [key("old")[1], key("new")[1]]


def test_every_key_at_once_waits_for_support(held: Hourly) -> None:
    """Logins go on with what is in force, and every run reports it anew without writing it anew."""
    assert in_force(held.numo) == [key("old")[1]]
    assert pending(held.numo) == [key("new")[1]]
    assert held.code() == "metadata-held"
    assert versions(held.numo, "idp-pending") == 1
    assert [each["subject"] for each in held.numo.audit()] == [
        "configuration#idp",
        "configuration#idp-pending",
    ]


def test_where_it_is_configured_so_nothing_waits(numo: Deployment) -> None:
    """ConfirmNewKeys "false": TLS or the signature is vouching enough."""
    numo.world = replace(
        numo.world, federation=replace(numo.world.federation, confirm_new_keys=False)
    )
    hourly = Hourly(numo)
    hourly.run()
    numo.metadata = metadata(key("new")[0])
    assert hourly.code() == "metadata-published"


def test_what_waits_is_confirmed_by_its_fingerprints(held: Hourly) -> None:
    """As openssl prints them or bare; a second time changes nothing."""
    colons = ":".join(key("new")[1][n : n + 2] for n in range(0, 64, 2)).upper()
    fields: dict[str, Any] = {"fingerprints": [colons], "ticket": "NUMO-3"}
    dry = held.numo.done("metadata.confirm", dry_run=True, **fields)
    assert in_force(held.numo) == [key("old")[1]]
    assert held.numo.done("metadata.confirm", **fields)["changes"] == dry["changes"]
    assert in_force(held.numo) == [key("new")[1]]
    assert held.numo.parameter("idp-pending") is None
    assert held.numo.done("metadata.confirm", **fields)["changes"] == []
    assert {each.get("ticket") for each in held.numo.audit()} == {None, "NUMO-3"}
    assert held.code() == "metadata-unchanged"


def test_nobody_confirms_something_else_than_they_saw(held: Hourly) -> None:
    """The hub changed its mind between the look and the confirmation."""
    held.numo.metadata = metadata(key("newer")[0])
    held.run()
    for named in ([key("new")[1]], [key("new")[1], key("newer")[1]]):
        refusal = held.numo.refused("metadata.confirm", fingerprints=named, ticket="NUMO-3")
        assert refusal["code"] == "metadata-other-waits"
        assert key("newer")[1] in refusal["hint"]
    assert in_force(held.numo) == [key("old")[1]]


def test_a_confirmation_needs_a_ticket_and_whole_fingerprints(held: Hourly) -> None:
    for fields in ({"fingerprints": [key("new")[1]]}, {"fingerprints": ["abc"], "ticket": "N-1"}):
        assert held.numo.refused("metadata.confirm", **fields)["code"] == "request-invalid"


def test_nothing_is_confirmed_where_nothing_waits(hourly: Hourly) -> None:
    refusal = hourly.numo.refused("metadata.confirm", fingerprints=[key("new")[1]], ticket="NUMO-3")
    assert refusal["code"] == "metadata-nothing-waits"


def test_what_waited_too_long_is_not_confirmed(held: Hourly) -> None:
    """Its certificates have expired meanwhile."""
    held.numo.now += 11 * 365 * DAY
    refusal = held.numo.refused("metadata.confirm", fingerprints=[key("new")[1]], ticket="N-3")
    assert refusal["code"] == "metadata-no-certificate"


def test_what_the_hub_takes_back_waits_no_more(held: Hourly) -> None:
    """A mistake of the hub's that lasted an hour asks nothing of anybody."""
    held.numo.metadata = metadata(key("old")[0])
    assert held.code() == "metadata-unchanged"
    assert held.numo.parameter("idp-pending") is None
    assert "after" not in held.numo.audit()[-1]


def test_a_rollover_that_follows_replaces_what_waits(held: Hourly) -> None:
    """Kennisnet publishes both keys after all: nothing is left to be confirmed."""
    held.numo.metadata = metadata(key("old")[0], key("new")[0])
    assert held.code() == "metadata-published"
    assert held.numo.parameter("idp-pending") is None


def test_supports_own_refresh_holds_too(hourly: Hourly) -> None:
    """The command asks the same, and says how to go on."""
    hourly.numo.metadata = metadata(key("new")[0])
    dry = hourly.numo.done("metadata.refresh", dry_run=True)
    assert versions(hourly.numo) == 1
    answer = hourly.numo.done("metadata.refresh")
    assert answer["next_steps"] == dry["next_steps"]
    assert answer["changes"] == []
    assert answer["next_steps"][-1] == f"metadata.confirm {key('new')[1]}"
    assert in_force(hourly.numo) == [key("old")[1]]


def test_an_earlier_version_is_restored_and_stays(hourly: Hourly) -> None:
    """The hub still says what was gone back from; that waits now, and can be confirmed again."""
    numo = hourly.numo
    numo.metadata = metadata(key("old")[0], key("wrong")[0])
    hourly.run()
    shown = numo.done("metadata.show")["data"]["versions"]
    assert [each["version"] for each in shown] == [2, 1]
    assert numo.done("metadata.restore", version=1, dry_run=True)["changes"]
    assert len(in_force(numo)) == 2
    assert numo.done("metadata.restore", version=1)["changes"]
    assert in_force(numo) == [key("old")[1]]
    assert numo.done("metadata.restore", version=1)["changes"] == []
    assert hourly.code() == "metadata-held"
    assert "went back" in hourly.kept.last.message
    assert in_force(numo) == [key("old")[1]]
    both = [key("old")[1], key("wrong")[1]]
    numo.done("metadata.confirm", fingerprints=both, ticket="NUMO-4")
    assert in_force(numo) == both
    assert hourly.code() == "metadata-unchanged"


def test_a_version_under_which_nobody_logs_in_is_not_restored(numo: Deployment) -> None:
    """None of its certificates is valid any more."""
    hourly = Hourly(numo)
    brief = new_sp_key("brief", NOW - 3652 * DAY)["certificate"]
    numo.metadata = metadata(brief)
    hourly.run()
    numo.metadata = metadata(brief, key("old")[0])
    hourly.run()
    numo.now += 3 * DAY
    assert numo.refused("metadata.restore", version=1)["code"] == "metadata-no-certificate"


def test_a_version_that_there_is_not_is_told(hourly: Hourly) -> None:
    assert hourly.numo.refused("metadata.restore", version=7)["code"] == "metadata-version-unknown"
    hourly.numo.world.parameters.replace("idp", "oops", secret=False)
    unreadable = hourly.numo.refused("metadata.restore", version=2)
    assert unreadable["code"] == "metadata-version-unreadable"
    assert hourly.numo.done("metadata.restore", version=1)["changes"]


def test_show_tells_all_that_is_known(held: Hourly) -> None:
    """In force, waiting, the last check and the history: certificates by fingerprint and days."""
    held.numo.now += 2 * 3600
    data = held.numo.done("metadata.show")["data"]
    assert data["in_force"]["entity_id"] == ENTITY_ID
    [certificate] = data["in_force"]["certificates"]
    assert certificate["sha256"] == key("old")[1]
    assert certificate["valid_now"] is True
    assert 3600 < certificate["days_left"] < 3653
    assert data["pending"]["certificates"][0]["sha256"] == key("new")[1]
    assert data["checked"]["code"] == "metadata-held"
    assert data["age_seconds"] == 2 * 3600
    assert [each["certificates_sha256"] for each in data["versions"]] == [[key("old")[1]]]


def test_show_answers_before_there_is_anything(numo: Deployment) -> None:
    answer = numo.done("metadata.show")
    assert "nobody can log in" in answer["message"]
    assert answer["next_steps"] == ["metadata.refresh"]
    assert answer["data"]["in_force"] is answer["data"]["checked"] is None


def test_a_document_is_handed_over_where_the_hub_cannot_be_reached(
    numo: Deployment, certificate: str
) -> None:
    """It is checked the same, and confirmed; when the hub was last heard is not touched."""
    numo.metadata = b""
    held = numo.done("metadata.refresh", document=metadata(certificate).decode())
    assert held["data"]["code"] == "metadata-held"
    named = pending(numo)
    numo.done("metadata.confirm", fingerprints=named, ticket="NUMO-1")
    assert numo.parameter("idp")["certificates"][0]["certificate"] == certificate
    assert "federation/checked" not in numo.world.parameters.read()


@pytest.mark.parametrize("confirm_new_keys", [True, False])
def test_a_document_by_hand_brings_no_key_though_an_old_one_stays(
    numo: Deployment, *, confirm_new_keys: bool
) -> None:
    """Whoever may write a document can copy the hub's certificate into it, beside their own."""
    numo.metadata = metadata(key("old")[0])
    numo.done("metadata.refresh")
    federation = replace(numo.world.federation, confirm_new_keys=confirm_new_keys)
    numo.world = replace(numo.world, federation=federation)
    forged = metadata(key("old")[0], key("forged")[0]).decode()
    for dry_run in (True, False):
        answer = numo.done("metadata.refresh", document=forged, dry_run=dry_run)
        assert answer["data"]["code"] == "metadata-held"
        assert answer["changes"] == []
        assert "handed over" in answer["message"]
    assert in_force(numo) == [key("old")[1]]
    assert pending(numo) == [key("old")[1], key("forged")[1]]
    refused = numo.refused("metadata.confirm", fingerprints=[key("old")[1]], ticket="NUMO-1")
    assert refused["code"] == "metadata-other-waits"


def test_a_document_by_hand_without_a_new_key_is_in_force_at_once(numo: Deployment) -> None:
    """To take out a key that leaked cannot wait for anybody."""
    numo.metadata = metadata(key("old")[0], key("new")[0])
    numo.done("metadata.refresh")
    document = metadata(key("new")[0], location=OTHER_URL).decode()
    answer = numo.done("metadata.refresh", document=document)
    assert answer["data"]["code"] == "metadata-published"
    assert in_force(numo) == [key("new")[1]]


def test_a_confirmed_document_holds_against_what_the_hub_still_says(numo: Deployment) -> None:
    """What it took out of force comes back by nobody but support."""
    numo.metadata = metadata(key("old")[0], key("new")[0])
    numo.done("metadata.refresh")
    document = metadata(key("new")[0], key("next")[0]).decode()
    numo.done("metadata.refresh", document=document)
    numo.done("metadata.confirm", fingerprints=pending(numo), ticket="NUMO-1")
    assert in_force(numo) == [key("new")[1], key("next")[1]]
    assert "by_hand" not in numo.parameter("idp")
    assert Hourly(numo).code() == "metadata-held"


def test_a_digest_above_the_standard_tier_is_kept(numo: Deployment) -> None:
    """Above 4 KB, as in a rollover of large keys, SSM takes it as an advanced parameter."""
    numo.metadata = metadata(*(key(name)[0] for name in ("a", "b", "c", "d", "e")))
    numo.done("metadata.refresh")
    assert len(numo.world.parameters.read()["idp"]) > 4096


def test_a_digest_that_somebody_spoilt_is_mended(hourly: Hourly) -> None:
    """It counts as none: logins go on with what functions still hold, so time is short."""
    hourly.numo.world.parameters.replace("idp", '{"entity_id": 1}', secret=False)
    assert hourly.code() == "metadata-published"
    assert in_force(hourly.numo) == [key("old")[1]]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"<html>proxy</html>", "metadata-schema"),
        (b"", "metadata-malformed"),
        (b" " * 2_000_001, "metadata-too-large"),
        (metadata("AAAA", entity_id="https://evil.example"), "metadata-entity"),
    ],
)
def test_what_is_refused_leaves_the_good_one(hourly: Hourly, document: bytes, code: str) -> None:
    """A proxy's page or another hub's metadata stops no login; the check is written down."""
    numo = hourly.numo
    numo.metadata = document
    numo.now += 3600
    assert hourly.code() == code
    assert numo.refused("metadata.refresh")["code"] == code
    assert in_force(numo) == [key("old")[1]]
    assert versions(numo) == 1
    checked = numo.parameter("federation/checked")
    assert (checked["code"], checked["at"]) == (code, "2026-08-24T07:30:00Z")
    assert checked["good_at"] == "2026-08-24T06:30:00Z"
    assert numo.done("metadata.show")["data"]["age_seconds"] == 3600
