"""What counts as the id of an element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable

_IDS: Callable[[etree._Element], Any] = etree.XPath(
    "descendant-or-self::*/@*"
    "[string-length(local-name()) = 2][translate(local-name(), 'ID', 'id') = 'id']",
    smart_strings=False,
)


def ids_in(document: etree._Element) -> list[str]:
    """All ids from here on, under each spelling that a schema or a library may take for one."""
    return list(_IDS(document))
