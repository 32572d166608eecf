"""A deployment's own name and colour, on every page, and readable whatever they are."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numo_sso.outcomes import CATALOGUE
from numo_sso.pages.colours import DARK_GROUNDS, LIGHT_GROUNDS, contrast, readable
from numo_sso.pages.house import House
from numo_sso.pages.render import Pages
from numo_sso.pages.texts import TEXTS
from numo_sso.urls import Urls

URLS = Urls("https://api.example")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def style(colour: str) -> str:
    html = Pages(House(URLS, colour=colour)).render_logged_out("nl", "/")
    (found,) = STYLE.findall(html)
    return str(found)


@given(COLOURS)
def test_every_colour_can_be_read_on_light_and_on_dark(colour: str) -> None:
    """As text on each ground, and as the ground of a button's words."""
    light = readable(colour, LIGHT_GROUNDS, "#000000")
    assert min(contrast(light, each) for each in (*LIGHT_GROUNDS, "#ffffff")) >= 4.5
    dark = readable(colour, DARK_GROUNDS, "#ffffff")
    assert min(contrast(dark, each) for each in (*DARK_GROUNDS, "#0d1526")) >= 4.5


def test_contrast_is_wcags() -> None:
    """Against figures that anybody can look up."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert readable("#1f4fd8", LIGHT_GROUNDS, "#000000") == "#1f4fd8"


def test_the_stylesheets_grounds_are_those_that_colours_are_held_against() -> None:
    """And its other inks can be read on them too."""
    light, dark = style("#1f4fd8").split("@media (prefers-color-scheme: dark)")[:2]
    for part, grounds in ((light, LIGHT_GROUNDS), (dark, DARK_GROUNDS)):
        values = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", part))
        shown = {_long(values[name]) for name in ("ground", "paper", "soft")}
        assert shown == set(grounds)
        for ink in ("ink", "quiet"):
            assert min(contrast(_long(values[ink]), each) for each in grounds) >= 4.5


def test_the_icon_is_in_the_deployments_own_colour() -> None:
    """As an address that needs nothing from anywhere."""
    html = Pages(House(URLS, colour="#0a7d3c")).render_logged_out("nl", "/")
    (address,) = re.findall(r'<link rel="icon" href="data:image/svg\+xml,([^"]*)">', html)
    assert 'stroke="#0a7d3c"' in unquote(address)


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])


def test_the_policy_knows_the_stylesheet_in_a_deployments_own_colour() -> None:
    """Its hash is that of the colours in force."""
    pages = Pages(House(URLS, colour="#aa3300"))
    (found,) = STYLE.findall(pages.render_guide("nl"))
    assert "#aa3300" in found
    digest = base64.b64encode(hashlib.sha256(found.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in pages.policy


def test_a_deployment_of_another_name_never_says_numo() -> None:
    """Title, heading, words and guide; what is code, an address or a school's name stays."""
    pages = Pages(House(URLS, name="Leerplein", logo_url="https://www.example/logo"))
    shown = [
        pages.render_outcome(
            CATALOGUE[code],
            language="nl",
            reference="K7MQ-3XWD-9TRA",
            at=0,
            start_again_url="https://api.example/v1/sso",
            entrance_url="https://a.example",
            entrance_name="Numo College",
        )
        for code in TEXTS
    ]
    shown += [pages.render_guide("nl"), pages.render_guide("en")]
    for html in shown:
        assert "Leerplein</title>" in html
        assert "Numo" not in html.replace("Numo College", "")
    assert any("Numo College" in html for html in shown)
