"""What counts as the id of an element."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def ids_of(element: etree._Element) -> list[str]:
    """Its ids, under each spelling that a schema or a library may take for one."""
    return [
        str(value)
        for name, value in element.items()
        if str(name).rpartition("}")[2].lower() == "id"
    ]
