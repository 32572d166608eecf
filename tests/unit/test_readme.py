"""The README is the way in: what it names is there, and no page is without a line in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_of_the_docs_is_named(page: Path) -> None:
    """Or nobody finds it."""
    assert f"docs/{page.name}" in README


def test_what_it_links_to_and_shows_is_there() -> None:
    """Pictures too."""
    named = re.findall(r'\]\(([^):#]+)[#)]|src="([^"]+)"', README)
    assert named
    assert [each for pair in named for each in pair if each and not (ROOT / each).exists()] == []


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_what_make_is_asked_for_it_can_do(page: Path) -> None:
    """No page names a target that is not there."""
    text = page.read_text("utf-8")
    asked = re.findall(r"`(?:[A-Z]+=\S+ )*make ([a-z-]+)", text)
    asked += re.findall(r"^    (?:[A-Z]+=\S+ )*make ([a-z-]+)", text, re.MULTILINE)
    assert set(asked) <= TARGETS


def test_the_table_of_targets_has_what_a_newcomer_runs() -> None:
    """Two to begin with, and six that take longer or draw."""
    rows = re.findall(r"^\| `make ([a-z-]+)` \|", README, re.MULTILINE)
    longer = ["pictures", "dashboards", "bench", "profile", "bell", "prove"]
    assert rows == ["run", "test", *longer]
