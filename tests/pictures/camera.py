"""Photographs of pages, small enough to keep: WebP, at a phone's width."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from numo_sso.pages.words import Language

_WIDTH = 390


def show(page: Page, language: Language) -> None:
    """Follow the page's own link to a language, where it does not show that one already."""
    for frame in page.frames:
        link = frame.locator(f".switch a[hreflang={language}]")
        if link.first.is_visible():
            link.first.click()


def photograph(page: Page, target: Path) -> None:
    """Write the whole page as ``target``."""
    height = page.evaluate("document.documentElement.scrollHeight")
    session = page.context.new_cdp_session(page)
    taken = session.send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": 50,
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": _WIDTH, "height": height, "scale": 1},
        },
    )
    session.detach()
    target.write_bytes(base64.b64decode(taken["data"]))
