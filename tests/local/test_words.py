"""The stack's own pages speak Dutch and English: nothing is left in one language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from numo_local.aws.outage import STATES
from numo_local.hub.mishaps import MISHAPS
from numo_local.hub.typed import ATTRIBUTES
from numo_local.samples.people import read_samples
from numo_local.sites.words import DUTCH

LOCAL = Path(__file__).parents[2] / "cli" / "numo_local"
TEMPLATES = sorted((LOCAL / "templates").glob("*.html"))


def said() -> set[str]:
    """Every sentence that a page may ask for."""
    sources = [*TEMPLATES, *(LOCAL / "sites").glob("*.py")]
    written = {
        words
        for source in sources
        for words in re.findall(r'\bsay\("([^"]+)"', source.read_text("utf-8"))
    }
    titles = re.findall(r'refuse\("([^"]+)"', "".join(s.read_text("utf-8") for s in sources))
    people = [each for school in read_samples().schools for each in school.people]
    return {
        *written,
        *titles,
        *STATES.values(),
        *ATTRIBUTES.values(),
        *(mishap.label for mishap in MISHAPS.values()),
        *(each.note for each in people if each.note),
        *(each.role for each in people),
        *(school.state for school in read_samples().schools),
    }


def test_every_sentence_has_its_dutch_and_no_dutch_is_left_over() -> None:
    """A missing one would be an error on that page."""
    assert said() == set(DUTCH)


def test_the_dutch_has_the_names_of_the_english() -> None:
    """What is put into a sentence is put into both."""
    for english, dutch in DUTCH.items():
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", dutch)), english


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_says_a_word_by_itself(path: Path) -> None:
    """But for names that are the same in every language."""
    text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    same = {"Numo", "BRIN", "Persoonscode", "AuthenticatingAuthority", "school", "list"}
    same |= {"local", "port", "elo", "hub", "stack", "numo"}
    assert not set(re.findall(r"[A-Za-z]{2,}", text)) - same
