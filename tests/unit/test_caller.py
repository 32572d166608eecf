"""Who is connected: the gateway says so, and CloudFront only where it proves itself."""

from __future__ import annotations

import hashlib

import pytest

from edge.caller import PROOF, VIEWER, connected
from edge.http import decode
from edge.settings import Settings
from numo_sso.login.budget import source_of

SECRET = "s" * 48
DIGEST = hashlib.sha256(SECRET.encode()).hexdigest()
CLOUDFRONT = "130.176.0.1"


@pytest.mark.parametrize(
    ("viewer", "source"),
    [
        ("198.51.100.7:46532", "198.51.100.7"),
        ("2001:db8::7:46532", "2001:db8::/64"),
        ("[2001:db8::7]:46532", "2001:db8::/64"),
        ("", CLOUDFRONT),
        ("46532", CLOUDFRONT),
    ],
)
def test_cloudfront_that_proves_itself_says_who_is_connected(viewer: str, source: str) -> None:
    assert source_of(connected(CLOUDFRONT, {PROOF: SECRET, VIEWER: viewer}, DIGEST)) == source


@pytest.mark.parametrize("proof", [{}, {PROOF: ""}, {PROOF: "guessed"}, {PROOF: DIGEST}])
@pytest.mark.parametrize("digest", [DIGEST, ""])
def test_whoever_does_not_prove_it_is_who_is_connected(proof: dict[str, str], digest: str) -> None:
    """The digest lies in a function's environment: whoever reads it there can prove nothing."""
    claimed = {**proof, VIEWER: "198.51.100.7:46532"}
    assert connected("203.0.113.9", claimed, digest) == "203.0.113.9"


def test_nothing_is_proved_where_nothing_stands_in_front() -> None:
    """No secret has an empty digest, nor has the secret that nobody sent."""
    for secret in ("", SECRET):
        claimed = {PROOF: secret, VIEWER: "198.51.100.7:46532"}
        assert connected("203.0.113.9", claimed, "") == "203.0.113.9"


def test_a_request_is_decoded_with_the_address_that_the_setting_lets_count() -> None:
    environ = {
        "NUMO_ENVIRONMENT": "dev",
        "PUBLIC_URL": "https://api.numo.nl",
        "ENTRANCE_URL": "https://{entrance}.numo.nl",
        "PARAMETERS_PATH": "/numo-sso/dev/",
    }
    event = {
        "headers": {"X-Numo-Edge": SECRET, "CloudFront-Viewer-Address": "198.51.100.7:46532"},
        "requestContext": {"http": {"method": "GET", "path": "/", "sourceIp": CLOUDFRONT}},
    }
    without = Settings.from_environ(environ).edge_proof_digest
    assert decode(event, "", without).address == CLOUDFRONT
    given = Settings.from_environ({**environ, "EDGE_PROOF_DIGEST": DIGEST}).edge_proof_digest
    assert decode(event, "", given).address == "198.51.100.7"
