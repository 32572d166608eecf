"""What is believed of a hub's metadata, and what is not."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from kit.signed_metadata import self_signed
from kit.support import ENTITY_ID, EXPECTED, NOW, metadata
from numo_sso.federation.codes import MetadataRefused
from numo_sso.federation.metadata import Expected, check_digest, digest_metadata
from numo_sso.support.keys.made import new_sp_key

DAY = 86_400
TEN_YEARS = 3654 * DAY


ANY_HOST = replace(EXPECTED, host=None)
ANYBODY = Expected(entity_id=None, host=None, environment="local")
ENGINE = "https://engine.entree.kennisnet.nl/authentication/idp"
PRODUCTION = Expected(f"{ENGINE}/metadata", "engine.entree.kennisnet.nl", "production")
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"


def digest(document: bytes, expected: Expected = EXPECTED) -> dict[str, Any]:
    return digest_metadata(document, expected, NOW)


def reason(document: bytes, expected: Expected = EXPECTED) -> str:
    with pytest.raises(MetadataRefused) as refusal:
        digest(document, expected)
    assert refusal.value.hint
    return refusal.value.code.removeprefix("metadata-")


def test_the_digest_is_what_login_reads(certificate: str) -> None:
    """Entity, redirect URL and certificates with their dates come out."""
    found = digest(metadata(certificate))
    der = x509.load_der_x509_certificate(base64.b64decode(certificate))
    assert found["entity_id"] == ENTITY_ID
    assert found["sso_url"].endswith("/single-sign-on")
    assert found["fetched_at"] == "2026-08-24T06:30:00Z"
    assert found["certificates"] == [
        {
            "certificate": certificate,
            "not_before": int(der.not_valid_before_utc.timestamp()),
            "not_after": int(der.not_valid_after_utc.timestamp()),
        }
    ]


def test_the_one_provider_is_found_without_its_name(certificate: str) -> None:
    """A local stack takes whichever identity provider the document holds."""
    assert digest(metadata(certificate, entity_id="urn:x"), ANYBODY)["entity_id"] == "urn:x"


def test_a_future_certificate_is_kept_and_an_expired_one_is_not(certificate: str) -> None:
    """A rollover publishes the next certificate early and leaves the last one behind."""
    future = new_sp_key("next", NOW + DAY)["certificate"]
    expired = new_sp_key("last", NOW - TEN_YEARS)["certificate"]
    found = digest(metadata(expired, certificate, future, certificate))
    assert [each["certificate"] for each in found["certificates"]] == [certificate, future]


def test_no_certificate_that_is_valid_now_is_refused() -> None:
    """Metadata under which every login would fail does not replace the good one."""
    expired = new_sp_key("last", NOW - TEN_YEARS)["certificate"]
    future = new_sp_key("next", NOW + DAY)["certificate"]
    assert reason(metadata(expired)) == "no-certificate"
    assert reason(metadata(future)) == "no-certificate"
    assert reason(metadata()) == "no-certificate"


@pytest.mark.parametrize("text", ["%%%", "", "AAAA"])
def test_an_unreadable_certificate_is_refused(certificate: str, text: str) -> None:
    """Half-broken metadata is distrusted whole."""
    assert reason(metadata(certificate, text)) == "certificate"


def test_a_weak_or_strange_key_is_refused(certificate: str) -> None:
    """RSA below 2048 bits could be forged; of other kinds login knows ECDSA alone."""
    assert reason(metadata(certificate, self_signed(rsa_key(1024)))) == "certificate"
    assert reason(metadata(certificate, self_signed(ed25519.Ed25519PrivateKey.generate())))
    assert digest(metadata(self_signed(ec.generate_private_key(ec.SECP256R1()))))


def test_more_certificates_than_a_parameter_holds_are_refused() -> None:
    """SSM keeps 8 KB; a hub needs two or three."""
    many = [new_sp_key(f"hub{n}", NOW - 60)["certificate"] for n in range(10)]
    assert reason(metadata(*many)) == "many-certificates"


def test_another_entity_is_refused(certificate: str) -> None:
    """Only the hub that this deployment is configured for is believed."""
    assert reason(metadata(certificate, entity_id="https://evil.example")) == "entity"


@pytest.mark.parametrize("host", ["aselect.entree.kennisnet.nl", "hub-s.entree.kennisnet.nl"])
def test_the_retired_platform_is_refused(certificate: str, host: str) -> None:
    """Documentation from before 2022 leads to hosts where nobody logs in any more."""
    assert reason(metadata(certificate, location=f"https://{host}/sso")) == "retired-host"
    there = metadata(certificate, entity_id=f"https://{host}/md")
    assert reason(there, ANYBODY) == "retired-host"


@pytest.mark.parametrize(
    "host", ["engine.entree-s.kennisnet.nl", "ENGINE.entree-s.kennisnet.nl.", "x-s.kennisnet.nl"]
)
def test_production_trusts_no_hub_for_testing(certificate: str, host: str) -> None:
    """On the staging hub everybody may be every pupil, by the reference identity provider."""
    entity_id = f"https://{host}/authentication/idp/metadata"
    document = metadata(certificate, entity_id=entity_id, location=f"https://{host}/sso")
    there = replace(PRODUCTION, entity_id=entity_id, host=None)
    assert reason(document, there) == "test-hub"
    assert digest(document, replace(there, environment="staging"))
    ours = metadata(certificate, entity_id=f"{ENGINE}/metadata", location=f"https://{host}/sso")
    assert reason(ours, replace(PRODUCTION, host=None)) == "test-hub"


def test_production_trusts_its_own_hub(certificate: str) -> None:
    """A name that only looks like staging elsewhere is no reason to refuse it."""
    document = metadata(
        certificate, entity_id=f"{ENGINE}/metadata", location=f"{ENGINE}/single-sign-on"
    )
    assert digest(document, PRODUCTION)["sso_url"] == f"{ENGINE}/single-sign-on"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example/sso",
        "https://engine.entree-s.kennisnet.nl.evil.example/sso",
        "https://xengine.entree-s.kennisnet.nl/sso",
        "https://kennisnet.nl/sso",
    ],
)
def test_logins_start_on_the_expected_host(certificate: str, location: str) -> None:
    """Whoever alters the metadata cannot send pupils to a page of theirs."""
    assert reason(metadata(certificate, location=location)) == "other-host"


@pytest.mark.parametrize(
    "location",
    [
        "https://evil.example\\@engine.entree-s.kennisnet.nl/sso",
        "https://evil@engine.entree-s.kennisnet.nl/sso",
        "https://engine.entree-s.kennisnet.nl/sso#x",
        "https:///sso",
    ],
)
def test_a_url_that_two_readers_read_differently_is_refused(
    certificate: str, location: str
) -> None:
    """A browser takes a backslash for a slash, and so for the end of another host's name."""
    assert reason(metadata(certificate, location=location)) in {"no-sso", "schema"}


def test_an_endpoint_of_another_binding_is_held_to_the_host_too(certificate: str) -> None:
    """It is not used, but a hub that names a stranger's host is not the hub."""
    other = f'<md:SingleSignOnService Binding="{POST}" Location="https://evil.example/sso"/>'
    document = metadata(certificate).replace(
        b"</md:IDPSSODescriptor>", other.encode() + b"</md:IDPSSODescriptor>"
    )
    assert reason(document) == "other-host"


def test_the_url_may_change_on_the_same_host(certificate: str) -> None:
    """OpenConext publishes a new key together with a new URL for logins."""
    location = "https://engine.entree-s.kennisnet.nl/authentication/idp/single-sign-on/key:20260824"
    assert digest(metadata(certificate, location=location))["sso_url"] == location


def test_a_redirect_endpoint_over_tls_is_needed(certificate: str) -> None:
    """Logins start by redirect, and never without TLS but on one's own machine."""
    assert reason(metadata(certificate, binding=POST)) == "no-sso"
    assert reason(metadata(certificate, location="http://x.example/sso")) == "no-tls"
    assert reason(metadata(certificate, location="javascript:alert(1)")) == "no-tls"
    assert reason(metadata(certificate, location="ftp://localhost/sso"), ANY_HOST) == "no-tls"
    assert digest(metadata(certificate, location="http://localhost:8600/hub/sso"), ANY_HOST)


def test_expired_metadata_is_refused(certificate: str) -> None:
    """A document says itself until when it may be used."""
    yesterday = datetime.fromtimestamp(NOW - DAY, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert reason(metadata(certificate, attributes=f'validUntil="{yesterday}"')) == "expired"
    assert reason(metadata(certificate, attributes='validUntil="soon"')) == "schema"
    beyond = 'validUntil="99999-01-01T00:00:00Z"'
    assert reason(metadata(certificate, attributes=beyond)) == "malformed"
    assert digest(metadata(certificate, attributes='validUntil="2036-01-01T00:00:00Z"'))


@pytest.mark.parametrize(
    "prologue",
    ["<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
)
def test_a_dtd_is_refused(certificate: str, prologue: str) -> None:
    """Metadata never has a DTD, and entities are how files leave a machine."""
    assert reason(metadata(certificate, prologue=prologue)) == "dtd"


@pytest.mark.parametrize("document", [b"", b"hello", b"<a>", b"\xff\xfe"])
def test_what_is_no_xml_is_refused(document: bytes) -> None:
    """A page of a proxy is no metadata."""
    assert reason(document) == "malformed"


def test_a_huge_document_is_refused(certificate: str) -> None:
    """Nobody's metadata needs megabytes."""
    assert reason(metadata(certificate) + b" " * 2_000_000) == "too-large"


@pytest.mark.parametrize(
    "document",
    [
        b"<html><body>Sign in to the network</body></html>",
        b'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"/>',
    ],
)
def test_what_does_not_have_the_form_of_metadata_is_refused(document: bytes) -> None:
    """The schema of OASIS decides, and the message has the place."""
    assert reason(document) == "schema"


def test_an_id_that_occurs_twice_is_refused(certificate: str) -> None:
    """Ids are what signatures refer to, under each spelling that somebody takes for one."""
    document = metadata(certificate, attributes='ID="_a"').replace(
        b"<md:IDPSSODescriptor ", b'<md:IDPSSODescriptor ID="_a" '
    )
    assert reason(document) in {"malformed", "schema"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"entity_id": "urn:x"}, "metadata-entity"),
        ({"sso_url": "https://evil.example/sso"}, "metadata-other-host"),
        ({"certificates": []}, "metadata-no-certificate"),
    ],
)
def test_an_earlier_digest_is_held_to_what_is_expected_today(
    certificate: str, changes: dict[str, Any], code: str
) -> None:
    """Before it is confirmed or restored; the deployment may have changed since."""
    earlier = digest(metadata(certificate))
    check_digest(earlier, EXPECTED, NOW)
    with pytest.raises(MetadataRefused) as refusal:
        check_digest(earlier | changes, EXPECTED, NOW)
    assert refusal.value.code == code


def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)
