"""The language of a page follows the browser."""

from __future__ import annotations

import pytest

from numo_sso.pages.language import language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "nl"),
        ("", "nl"),
        ("nl", "nl"),
        ("en", "en"),
        ("nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", "nl"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("EN-us", "en"),
        ("de,en;q=0.8,nl;q=0.5", "en"),
        ("de-DE,fr;q=0.9", "nl"),
        ("en;q=0.3, nl;q=0.7", "nl"),
        ("*", "nl"),
        ("en;q=0.3,*;q=0.9", "nl"),
        ("nl;q=0.2,*;q=0.9", "en"),
        ("nl;q=0,*", "en"),
        ("en;q=0", "nl"),
        ("english,engels", "nl"),
        ("en;q=high", "nl"),
        ("en;q=nan", "nl"),
        ("en;q=7,nl;q=0.1", "nl"),
        (";;;,,q=1", "nl"),
        ("en ; q = 0.9 , nl ; q = 0.1", "en"),
    ],
)
def test_the_best_liked_language_wins(header: str | None, expected: str) -> None:
    """Quality first, then order; Dutch where neither is asked for."""
    assert language(header) == expected
