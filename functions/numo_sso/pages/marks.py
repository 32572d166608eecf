"""The few marks that the words of pages have: code, and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def mark(
    text: str, links: Mapping[str, str] | None = None, words: Mapping[str, str] | None = None
) -> Markup:
    """Escape ``text``; set what stands between backticks as code, and ``[words](name)`` as a link.

    Args:
        text: one paragraph.
        links: an address by its name. What is not named there is an anchor of the page itself.
        words: what stands in the fields of ``text``, if it has any; no mark in them is one.
    """

    def filled(part: str) -> Markup:
        return escape(part) if words is None else escape(part).format(**words)

    def linked(part: str) -> Markup:
        marked, at = Markup(""), 0
        for link in _LINK.finditer(part):
            said, name = link.groups()
            address = (links or {}).get(name, name)
            marked += filled(part[at : link.start()])
            marked += Markup('<a href="{}">{}</a>').format(address, filled(said))
            at = link.end()
        return marked + filled(part[at:])

    return Markup("").join(
        Markup("<code>{}</code>").format(filled(part)) if odd % 2 else linked(part)
        for odd, part in enumerate(text.split("`"))
    )
