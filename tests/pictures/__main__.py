"""Photographs every page into a folder: each outcome provoked for real through a local stack.

``PYTHONPATH=tests python -m pictures docs/pictures [outcome ...]``: all, or only these.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from browser.visitor import Visitor
from numo_local.process import running_stack
from numo_sso.outcomes import CATALOGUE
from pictures.camera import PHONE, photograph, show
from pictures.tour import TOUR, shows

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from numo_local.process import RunningStack

_BUTTON = Path(__file__).parents[2] / "functions" / "numo_sso" / "pages" / "assets"


def take(browser: Browser, stack: RunningStack, folder: Path, codes: list[str]) -> None:
    """Two of each page: in Dutch by day, in English by night."""
    for code in codes:
        context = browser.new_context(viewport=PHONE, locale="en-GB")
        context.set_default_timeout(10_000)
        page = TOUR[code](Visitor(context, stack))
        name = f"{CATALOGUE[code].number}-{code}"
        if not shows(page, code):
            raise SystemExit(f"{code}: the way there ends at another page, {page.url}")
        page.emulate_media(color_scheme="dark")
        show(page, "en")
        photograph(page, folder / f"{name}.en.webp")
        page.emulate_media(color_scheme="light")
        show(page, "nl")
        photograph(page, folder / f"{name}.nl.webp")
        context.close()
        print(name)  # noqa: T201  # a command's progress


def draw_button(browser: Browser) -> None:
    """The PNG of the elo's button, from its SVG."""
    page = browser.new_page(viewport={"width": 188, "height": 64}, device_scale_factor=2)
    drawing = (_BUTTON / "button.svg").read_text("utf-8")
    page.set_content(f"<style>*{{margin:0}}svg{{display:block}}</style>{drawing}")
    page.locator("svg").screenshot(path=_BUTTON / "button.png", omit_background=True)
    page.close()


def main() -> None:
    """Take all of them anew, or those that are named."""
    folder, chosen = Path(sys.argv[1]), sys.argv[2:]
    folder.mkdir(parents=True, exist_ok=True)
    for old in [] if chosen else folder.glob("*.webp"):
        old.unlink()
    with sync_playwright() as playwright, running_stack() as stack:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        draw_button(browser)
        take(browser, stack, folder, chosen or list(TOUR))
        browser.close()


if __name__ == "__main__":
    main()
