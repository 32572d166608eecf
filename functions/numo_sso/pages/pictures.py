"""The button for the elo: the same bytes for everybody, until the drawing changes."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

_ASSETS = Path(__file__).parent / "assets"


class Picture(NamedTuple):
    """A picture with the tag by which a browser asks whether it changed."""

    content: bytes
    content_type: str
    tag: str

    def known_by(self, if_none_match: str) -> bool:
        """Whether the tags that a browser holds, or ``*``, have this picture among them."""
        held = {each.strip().removeprefix("W/") for each in if_none_match.split(",")}
        return bool(held & {"*", self.tag})


@cache
def button(kind: str) -> Picture:
    """The button as ``svg`` or ``png``."""
    content = (_ASSETS / f"button.{kind}").read_bytes()
    types = {"svg": "image/svg+xml", "png": "image/png"}
    return Picture(content, types[kind], f'"{hashlib.sha256(content).hexdigest()[:16]}"')
