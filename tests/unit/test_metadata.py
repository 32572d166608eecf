"""Our own metadata, read by three who did not write it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import onelogin.saml2
import pytest
from lxml import etree
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from kit.world import ACS, ENTITY_ID, PUBLIC, World, key_ring, parameters, service_key
from numo_sso.configuration import ServiceKey
from numo_sso.saml.metadata import service_metadata
from numo_sso.urls import Urls

SCHEMA = Path(onelogin.saml2.__file__).parent / "schemas" / "saml-schema-metadata-2.0.xsd"
MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"


@pytest.fixture
def metadata() -> str:
    """With two keys, as during a rollover."""
    ring = key_ring("sp", previous=service_key("old"), current=service_key())
    world = World(parameters=parameters(**ring))
    response = world.request("GET", "/v1/sso/metadata")
    assert (response.status, response.content_type) == (200, "application/samlmetadata+xml")
    return response.body


def test_python3_saml_accepts_it(metadata: str) -> None:
    """The library's own validation finds nothing."""
    settings = OneLogin_Saml2_Settings(
        {
            "sp": {"entityId": ENTITY_ID, "assertionConsumerService": {"url": ACS}},
            "idp": {"entityId": "x", "singleSignOnService": {"url": "https://x.example"}},
        },
        sp_validation_only=True,
    )
    assert settings.validate_metadata(metadata) == []


def test_xmllint_accepts_it(metadata: str, tmp_path: Path) -> None:
    """Against the OASIS schema, by another reader of schemas."""
    xmllint = shutil.which("xmllint")
    if xmllint is None:
        assert "CI" not in os.environ, "CI installs libxml2-utils"
        pytest.skip("xmllint is not installed (libxml2-utils)")
    document = tmp_path / "metadata.xml"
    document.write_text(metadata)
    found = subprocess.run(  # noqa: S603
        [xmllint, "--noout", "--nonet", "--schema", str(SCHEMA), str(document)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr


def test_it_shows_both_keys_and_the_acs(metadata: str) -> None:
    """The signing key in use first; where responses go; that requests and assertions are signed."""
    root = etree.fromstring(metadata.encode())
    assert root.get("entityID") == ENTITY_ID
    descriptor = root.find(f"{MD}SPSSODescriptor")
    assert descriptor is not None
    assert descriptor.get("AuthnRequestsSigned") == descriptor.get("WantAssertionsSigned") == "true"
    shown = [
        "".join(map(str, key.itertext())).replace("\n", "").strip()
        for key in descriptor.iterfind(f"{MD}KeyDescriptor")
    ]
    assert shown == [service_key(name)["certificate"] for name in ("service", "old")]
    acs = descriptor.find(f"{MD}AssertionConsumerService")
    assert acs is not None
    assert acs.get("Location") == ACS


def test_it_does_not_expire_by_itself(metadata: str) -> None:
    """A hub that fetched it once must not stop trusting us at some midnight."""
    assert "validUntil" not in metadata
    assert "cacheDuration" not in metadata


def test_the_hub_may_encrypt_to_the_current_key_and_no_other() -> None:
    """Where encryption is offered at all: once the hub has read it, it needs no older key."""
    keys = [ServiceKey("", service_key(name)["certificate"]) for name in ("service", "old")]
    root = etree.fromstring(service_metadata(Urls(PUBLIC), keys, encryption=True).encode())
    assert [each.get("use") for each in root.iter(f"{MD}KeyDescriptor")] == [
        "signing",
        "encryption",
        "signing",
    ]
    certificates = ["".join(map(str, each.itertext())) for each in root.iter(f"{MD}KeyDescriptor")]
    assert certificates[0] == certificates[1] != certificates[2]


@pytest.mark.parametrize("encryption", [False, True])
def test_it_offers_encryption_only_where_assertions_may_be_encrypted(encryption: bool) -> None:
    """What our metadata offers the hub to do, the login must be able to open."""
    world = World(encryption=encryption)
    document = world.request("GET", "/v1/sso/metadata").body
    uses = [
        each.get("use") for each in etree.fromstring(document.encode()).iter(f"{MD}KeyDescriptor")
    ]
    assert uses.count("encryption") == encryption
    assert "signing" in uses
