"""Photographs of pages, small enough to keep: WebP, at a phone's width."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, ViewportSize

    from numo_sso.pages.words import Language

PHONE: ViewportSize = {"width": 390, "height": 844}
_PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def show(page: Page, language: Language) -> None:
    """Follow the page's own link to a language, where it does not show that one already."""
    for frame in page.frames:
        link = frame.locator(f".switch a[hreflang={language}]")
        if link.first.is_visible():
            link.first.click()


def photograph(page: Page, target: Path) -> None:
    """Write the whole page as ``target``, with a frame in it as high as what it shows.

    The window grows as high as the page: what lies below it in a frame is not painted otherwise.
    """
    page.set_viewport_size(PHONE)
    for frame in page.frames[1:]:
        height = frame.evaluate("document.documentElement.scrollHeight")
        frame.frame_element().evaluate("(each, to) => { each.style.height = `${to}px`; }", height)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**PHONE, "height": height})
    for frame in page.frames:
        frame.evaluate(_PAINTED)
    session = page.context.new_cdp_session(page)
    taken = session.send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": 50,
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": PHONE["width"], "height": height, "scale": 1},
        },
    )
    session.detach()
    target.write_bytes(base64.b64decode(taken["data"]))
