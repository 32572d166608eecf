"""The school guide, filled in for a deployment. Loaded with the first page that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from numo_sso.pages.guide_en import GUIDE_EN
from numo_sso.pages.guide_nl import GUIDE_NL
from numo_sso.pages.marks import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from markupsafe import Markup

    from numo_sso.pages.guide_words import Guide
    from numo_sso.pages.house import House
    from numo_sso.pages.words import Language

GUIDES: dict[Language, Guide] = {"nl": GUIDE_NL, "en": GUIDE_EN}


def filled(guide: Guide, house: House) -> dict[str, Any]:
    """What the template shows of ``guide``, with the addresses of ``house`` in its words."""
    fill = _filling(guide, house)
    return {
        "title": guide.title,
        "lead": guide.lead,
        "contents": guide.contents,
        "button": fill(guide.button),
        "sections": [
            {
                "id": section.id,
                "title": section.title,
                "says": [
                    fill(each) if isinstance(each, str) else [fill(point) for point in each]
                    for each in section.says
                ],
            }
            for section in guide.sections
        ],
    }


def _filling(guide: Guide, house: House) -> Callable[[str], Markup]:
    words = {
        "start": house.urls.start,
        "test": house.urls.test,
        "school": guide.school,
        "entrance": house.entrance_url.replace("{entrance}", guide.school),
        "mail": house.support_mail,
        "logo": _shown(house.logo_url),
    }
    links = {
        "catalogue": house.catalogue_url,
        "attribute_form": house.attribute_form_url,
        "test": house.urls.test,
        "logo": house.logo_url,
        "mail_to": f"mailto:{house.support_mail}",
        "button_svg": house.urls.button_svg,
        "button_png": house.urls.button_png,
    }
    return lambda text: mark(text, links, words)


def _shown(url: str) -> str:
    """An address as people write it."""
    parts = urlsplit(url)
    return parts.netloc + parts.path
