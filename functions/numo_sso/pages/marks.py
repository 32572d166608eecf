"""The few marks that the words of pages have: code, and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def mark(text: str, links: Mapping[str, str] | None = None) -> Markup:
    """Escape ``text``; set what stands between backticks as code, and ``[words](name)`` as a link.

    Args:
        text: one paragraph.
        links: an address by its name. What is not named there is an anchor of the page itself.
    """
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if odd % 2 else _linked(part, links or {})
        for odd, part in enumerate(parts)
    )


def _linked(text: str, links: Mapping[str, str]) -> Markup:
    marked, at = Markup(""), 0
    for link in _LINK.finditer(text):
        words, name = link.groups()
        marked += escape(text[at : link.start()])
        marked += Markup('<a href="{}">{}</a>').format(links.get(name, name), words)
        at = link.end()
    return marked + escape(text[at:])
