"""What axe-core finds on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_SCRIPT = Axe().axe_script
WIDTH = "document.documentElement.scrollWidth"
"""How wide a page is, with what must be scrolled to."""


def violations(page: Page) -> list[str]:
    """What axe-core finds, with all that folds out open."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_SCRIPT)
    found = page.evaluate("(rules) => axe.run(document, rules)", _RULES)["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
