"""A real browser, once a run."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from browser.visitor import Visitor
from local.required import required_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Playwright

    from numo_local.process import RunningStack

_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
_ALLOW_ALL = 0
_BLOCK_THIRD_PARTY = 1
_ALLOW, _BLOCK = 1, 2
"""Values of Chromium's own settings, as somebody makes them under Privacy."""


@pytest.fixture(scope="session")
def chromium() -> str:
    return required_program("chromium", "chromium")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
    yield launched
    launched.close()


@pytest.fixture
def visitor(browser: Browser, stack: RunningStack) -> Iterator[Visitor]:
    """Somebody at a computer that nobody used before."""
    context = browser.new_context()
    yield _visitor(context, stack)
    context.close()


@pytest.fixture
def visitor_without_javascript(browser: Browser, stack: RunningStack) -> Iterator[Visitor]:
    context = browser.new_context(java_script_enabled=False)
    yield _visitor(context, stack)
    context.close()


@pytest.fixture
def visitor_blocking_third_parties(
    playwright: Playwright, chromium: str, stack: RunningStack, tmp_path: Path
) -> Iterator[Visitor]:
    with _profile(playwright, chromium, tmp_path, _BLOCK_THIRD_PARTY) as context:
        yield _visitor(context, stack)


@pytest.fixture
def visitor_allowing_third_parties(
    playwright: Playwright, chromium: str, stack: RunningStack, tmp_path: Path
) -> Iterator[Visitor]:
    with _profile(playwright, chromium, tmp_path, _ALLOW_ALL) as context:
        yield _visitor(context, stack)


@pytest.fixture
def visitor_without_cookies(
    playwright: Playwright, chromium: str, stack: RunningStack, tmp_path: Path
) -> Iterator[Visitor]:
    with _profile(playwright, chromium, tmp_path, _ALLOW_ALL, _BLOCK) as context:
        yield _visitor(context, stack)


@contextmanager
def _profile(
    playwright: Playwright,
    chromium: str,
    folder: Path,
    cookie_controls: int,
    cookies: int = _ALLOW,
) -> Iterator[BrowserContext]:
    """A browser with a profile on disk, since the setting does not reach any other."""
    preferences = folder / "Default" / "Preferences"
    preferences.parent.mkdir()
    settings = {
        "cookie_controls_mode": cookie_controls,
        "default_content_setting_values": {"cookies": cookies},
    }
    preferences.write_text(json.dumps({"profile": settings}))
    context = playwright.chromium.launch_persistent_context(
        str(folder), executable_path=chromium, args=_ARGUMENTS
    )
    yield context
    context.close()


def _visitor(context: BrowserContext, stack: RunningStack) -> Visitor:
    context.set_default_timeout(10_000)
    return Visitor(context, stack)
