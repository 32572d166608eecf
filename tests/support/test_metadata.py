"""What is believed of a hub's metadata, and what is not."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography import x509

from kit.support import ENTITY_ID, NOW, metadata
from numo_sso.support.keys import new_sp_key
from numo_sso.support.metadata import digest_metadata
from numo_sso.support.refusal import SupportRefusal

DAY = 86_400
TEN_YEARS = 3654 * DAY


def digest(document: bytes, entity_id: str | None = ENTITY_ID) -> dict[str, Any]:
    return digest_metadata(document, entity_id, NOW)


def reason(document: bytes, entity_id: str | None = ENTITY_ID) -> str:
    with pytest.raises(SupportRefusal) as refusal:
        digest(document, entity_id)
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
    assert digest(metadata(certificate, entity_id="urn:x"), None)["entity_id"] == "urn:x"


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


def test_another_entity_is_refused(certificate: str) -> None:
    """Only the hub that this deployment is configured for is believed."""
    assert reason(metadata(certificate, entity_id="https://evil.example")) == "entity"


@pytest.mark.parametrize("host", ["aselect.entree.kennisnet.nl", "hub-s.entree.kennisnet.nl"])
def test_the_retired_platform_is_refused(certificate: str, host: str) -> None:
    """Documentation from before 2022 leads to hosts where nobody logs in any more."""
    assert reason(metadata(certificate, location=f"https://{host}/sso")) == "retired-host"
    there = metadata(certificate, entity_id=f"https://{host}/md")
    assert reason(there, None) == "retired-host"


def test_a_redirect_endpoint_over_tls_is_needed(certificate: str) -> None:
    """Logins start by redirect, and never without TLS but on one's own machine."""
    post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
    assert reason(metadata(certificate, binding=post)) == "no-sso"
    assert reason(metadata(certificate, location="http://x.example/sso")) == "no-tls"
    assert reason(metadata(certificate, location="javascript:alert(1)")) == "no-tls"
    assert digest(metadata(certificate, location="http://localhost:8600/hub/sso"))


def test_expired_metadata_is_refused(certificate: str) -> None:
    """A document says itself until when it may be used."""
    yesterday = datetime.fromtimestamp(NOW - DAY, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert reason(metadata(certificate, attributes=f'validUntil="{yesterday}"')) == "expired"
    assert reason(metadata(certificate, attributes='validUntil="soon"')) == "malformed"
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
