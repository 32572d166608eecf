"""What the pages say and show of a deployment: its name, its colour, its addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from numo_sso.urls import Urls

NAME = "Numo"
"""How the texts call the product; a deployment may have it called otherwise."""


class House(NamedTuple):
    """One deployment, as people see it."""

    urls: Urls
    support_mail: str = "support@kurve.nl"
    entrance_url: str = "https://{entrance}.numo.nl"
    catalogue_url: str = "https://catalogus.entree.kennisnet.nl"
    attribute_form_url: str = "https://www.numo.nl"
    logo_url: str = "https://www.numo.nl/logo"
    name: str = NAME
    colour: str = "#1f4fd8"
    """As ``#rrggbb``; pages darken or lighten it as far as it must be to be read."""
