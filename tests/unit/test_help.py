"""The guide and the button's pictures, as the function answers them."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from edge.http import Response, encode
from kit.world import World

ASSETS = Path(__file__).parents[2] / "functions" / "numo_sso" / "pages" / "assets"


def get(world: World, path: str, **headers: str) -> Response:
    return world.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("query", "accepts", "shown"),
    [
        ("", "en", "en"),
        ("", "", "nl"),
        ("?lang=nl", "en", "nl"),
        ("?lang=en", "nl", "en"),
        ("?lang=de", "en", "nl"),
    ],
)
def test_the_guide_is_in_the_language_of_the_link_else_the_browsers(
    query: str, accepts: str, shown: str
) -> None:
    """A link of ours names it; a language that we lack is Dutch, as everywhere."""
    world = World()
    response = get(world, f"/v1/sso/help{query}", accept_language=accepts)
    assert (response.status, world.outcome) == (200, "guide-shown")
    assert f'<html lang="{shown}">' in response.body
    assert "img-src 'self' data:" in response.headers["content-security-policy"]


def test_the_guide_is_there_while_nothing_is_configured() -> None:
    """It asks neither for keys nor for storage."""
    world = World(parameters={})
    assert get(world, "/v1/sso/help").status == 200


@pytest.mark.parametrize(("kind", "content_type"), [("svg", "image/svg+xml"), ("png", "image/png")])
def test_the_button_is_kept_by_browsers_and_checked_by_its_tag(
    kind: str, content_type: str
) -> None:
    """For a week without a question; after that a question whose answer is mostly empty."""
    world = World()
    first = get(world, f"/v1/sso/button.{kind}")
    assert (first.status, world.outcome) == (200, "button-answered")
    sent = encode(first)
    assert sent["isBase64Encoded"] is True
    assert base64.b64decode(sent["body"]) == (ASSETS / f"button.{kind}").read_bytes()
    assert sent["headers"]["content-type"] == content_type
    assert sent["headers"]["cache-control"] == "public, max-age=604800"
    assert sent["headers"]["cross-origin-resource-policy"] == "cross-origin"
    assert sent["cookies"] == []
    tag = sent["headers"]["etag"]
    for held in (tag, f'"other", W/{tag}', "*"):
        again = encode(get(world, f"/v1/sso/button.{kind}", if_none_match=held))
        assert (again["statusCode"], again["body"]) == (304, "")
        assert again["headers"]["etag"] == tag
    assert get(world, f"/v1/sso/button.{kind}", if_none_match='"other"').status == 200


def test_the_two_pictures_have_two_tags() -> None:
    """One is never taken for the other."""
    world = World()
    tags = {get(world, f"/v1/sso/button.{kind}").headers["etag"] for kind in ("svg", "png")}
    assert len(tags) == 2


def test_the_drawing_is_small_and_carries_nothing_that_runs() -> None:
    """It may be put into any page of an elo."""
    drawing = (ASSETS / "button.svg").read_text("utf-8")
    assert len(drawing) < 1000
    assert not [word for word in ("script", "href", "style", "on") if f"<{word}" in drawing]
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


def test_text_is_not_encoded_as_pictures_are() -> None:
    """A page stays readable in an event's answer."""
    sent = encode(Response(200, json.dumps("é")))
    assert (sent["body"], sent["isBase64Encoded"]) == ('"\\u00e9"', False)
