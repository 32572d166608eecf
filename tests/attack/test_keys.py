"""Which keys verify a response: those of the metadata that are in force, each in its own way."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from attack.bench import Bench
from attack.certificates import chained_to, elliptic
from attack.in_process import InProcess, attacked_world
from attack.pen import Pen, signed_with
from attack.surgery import assertion_of, part
from kit.world import HUB, NOW, SSO_URL, hub_key, parameters
from numo_local.hub.response import build_response, render

if TYPE_CHECKING:
    from numo_local.hub.key import HubKey

MORE = "http://www.w3.org/2001/04/xmldsig-more#"
UNTRUSTED = ("response-untrusted", "a signature by none of the keys in force")


def metadata(*certificates: dict[str, Any]) -> dict[str, str]:
    """A deployment's parameters with these certificates of the hub."""
    return parameters(
        idp={"entity_id": HUB, "sso_url": SSO_URL, "certificates": list(certificates)}
    )


def named(key: HubKey, since: float = 0, until: float = 4e9) -> dict[str, Any]:
    return {"certificate": key.certificate, "not_before": since, "not_after": until}


def bench_with(*certificates: dict[str, Any]) -> Bench:
    return Bench(InProcess(attacked_world(parameters=metadata(*certificates))))


def ended(bench: Bench, document: bytes) -> tuple[str, str]:
    seen = bench.post(document)
    return seen.outcome, seen.detail


@pytest.mark.parametrize("size", [256, 384, 512])
def test_a_hub_with_an_elliptic_key_is_understood(size: int) -> None:
    """ECDSA with each digest, where the metadata names such a certificate."""
    hub = elliptic("hub on a curve")
    bench = bench_with(named(hub), named(hub_key()))
    document = signed_with(bench, Pen(hub, method=f"{MORE}ecdsa-sha{size}"))
    assert ended(bench, document) == ("logged-in", "")


def test_kinds_of_keys_are_not_taken_for_each_other() -> None:
    """An RSA signature under a certificate on a curve, and the other way round."""
    curve = elliptic("hub on a curve")
    bench = bench_with(named(hub_key()))
    document = signed_with(bench, Pen(curve, method=f"{MORE}ecdsa-sha256"))
    assert ended(bench, document) == UNTRUSTED
    bench = bench_with(named(curve))
    document = build_response(bench.options(), hub_key())
    assert ended(bench, document) == UNTRUSTED


@pytest.mark.parametrize(
    ("since", "until", "outcome"),
    [
        (NOW, NOW + 1, "logged-in"),
        (NOW + 1, NOW + 9, "response-untrusted"),
        (NOW - 9, NOW, "response-untrusted"),
    ],
)
def test_a_certificate_counts_from_its_first_second_to_before_its_last(
    since: float, until: float, outcome: str
) -> None:
    """Expired and not yet valid ones are in the metadata, and verify nothing."""
    bench = bench_with(named(hub_key(), since, until), named(hub_key("other")))
    assert bench.post(build_response(bench.options(), hub_key())).outcome == outcome


def test_with_no_certificate_in_force_starts_go_on_and_nothing_is_believed() -> None:
    """Metadata that ran out refuses responses; it does not take the service down."""
    bench = bench_with(named(hub_key(), 0, NOW))
    document = build_response(bench.options(), hub_key())
    assert ended(bench, document) == ("response-untrusted", "no certificate in force")


def test_our_own_key_signs_nothing_that_we_believe() -> None:
    """It signs our requests; whoever steals it must not answer them as well."""
    bench = bench_with(named(hub_key()))
    document = build_response(bench.options(), hub_key("service"))
    assert ended(bench, document) == UNTRUSTED


@pytest.mark.parametrize("value", [bytes(64), bytes(31) + b"\1" + bytes(31) + b"\1", b"\x30\x06"])
def test_an_elliptic_signature_of_nothing_is_refused(value: bytes) -> None:
    """CVE-2022-21449 (Java): of zeros the equation holds, if nobody asks for their range."""
    hub = elliptic("hub on a curve")
    bench = bench_with(named(hub))
    signed = etree.fromstring(signed_with_curve(bench, hub))
    part(signed, ".//ds:SignatureValue").text = base64.b64encode(value).decode()
    assert ended(bench, bench.written(signed)) == UNTRUSTED


def signed_with_curve(bench: Bench, hub: HubKey) -> bytes:
    root = render(bench.options())
    Pen(hub, method=f"{MORE}ecdsa-sha256").sign(assertion_of(root))
    return bench.written(root)


def test_a_certificate_that_the_hubs_own_signed_is_not_the_hubs() -> None:
    """Keys are named one by one: nobody may name further ones by a chain."""
    child = chained_to(hub_key(), "child")
    bench = bench_with(named(hub_key()))
    assert ended(bench, build_response(bench.options(), child)) == UNTRUSTED


def test_a_certificate_that_cannot_be_read_leaves_the_trust_as_it_was() -> None:
    """What was believed before serves on, and operations are told."""
    bench = bench_with(named(hub_key()))
    world = bench.arena.world  # type: ignore[attr-defined]  # this arena has one
    broken = {"certificate": "AAAA", "not_before": 0, "not_after": 4e9}
    world.parameters = metadata(named(hub_key()), broken)
    world.now += 301
    bench = Bench(bench.arena)
    assert ended(bench, bench.good()) == ("logged-in", "")
    assert "certificate" in str(world.app.trust.last_error)
