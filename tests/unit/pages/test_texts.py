"""Words, catalogue and runbook belong together: nothing may be missing from any of them."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest

from boards.alarm_list import ALARMS
from kit.every_page import OWN_WORDS, PAGELESS
from numo_local.gateway.faults import ANSWERS
from numo_sso.federation.codes import CODES, Kind
from numo_sso.outcomes import CATALOGUE, Actor, Stage
from numo_sso.pages.labels import LABELS
from numo_sso.pages.texts import TEXTS, shown_actor
from numo_sso.pages.texts_connection import WORDS
from numo_sso.pages.texts_unverified import UNVERIFIED
from numo_sso.pages.words import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES: tuple[Language, ...] = get_args(Language)
RUNBOOK = Path(__file__).parents[3] / "docs" / "runbook.md"
PARTS = ("What happened", "Who is hurt", "Causes", "Look at", "Do", "Kennisnet")


def strings(value: object) -> Iterator[str]:
    """Every string in a structure of dataclasses, tuples and dicts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif hasattr(value, "__dataclass_fields__"):
        described: Any = value
        for field in fields(described):
            yield from strings(getattr(value, field.name))


def entries() -> dict[str, str]:
    """The runbook's entries by their heading."""
    parts = re.split(r"^### +(\S+)\n", RUNBOOK.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_outcome_has_a_page_or_a_reason_and_no_words_lack_an_outcome() -> None:
    """Each outcome once: nothing is written that nobody can see."""
    assert sorted([*TEXTS, *OWN_WORDS, *PAGELESS]) == sorted(CATALOGUE)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_no_text_is_empty(code: str) -> None:
    """Title, what, steps and the administrator's part exist in both languages."""
    said = list(strings((TEXTS[code].nl, TEXTS[code].en)))
    assert said
    assert all(text.strip() == text and len(text) > 10 for text in said)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_both_languages_say_as_much(code: str) -> None:
    """A step or a hint that one language has, the other has too."""
    text = TEXTS[code]
    assert len(text.nl.steps) == len(text.en.steps) >= 1
    assert len(text.nl.hints) == len(text.en.hints)
    assert text.nl.title != text.en.title


def test_no_label_is_empty() -> None:
    """The words around the texts exist in both languages, for every actor."""
    for language in LANGUAGES:
        assert all(text.strip() for text in strings(LABELS[language]))
        assert all(text.strip() for text in strings(WORDS[language]))
        assert set(LABELS[language].actors) == set(WORDS[language].owners) == set(Actor)


def test_failures_before_verification_look_the_same() -> None:
    """A stranger cannot tell from the words, the number or the actor which check refused."""
    before = [outcome for outcome in CATALOGUE.values() if outcome.stage is Stage.BEFORE]
    assert {id(TEXTS[outcome.code]) for outcome in before} == {id(UNVERIFIED)}
    assert len({outcome.number for outcome in before}) == 1
    assert len({shown_actor(outcome) for outcome in before}) == 1


@pytest.mark.parametrize("hint", ["cookies", "privévenster", "app", "tien minuten", "terug-knop"])
def test_the_shared_page_names_what_usually_is_wrong(hint: str) -> None:
    """Blocked cookies, private windows, an app's browser, slowness and the back button."""
    assert any(hint in text for text in UNVERIFIED.nl.hints)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_outcome_has_a_complete_runbook_entry(code: str) -> None:
    """Its heading is the code, so that a log line's code is a link; it names number and status."""
    outcome = CATALOGUE[code]
    entry = entries()[code]
    assert f"{outcome.number}, HTTP {outcome.status}" in entry.partition("\n\n")[0]
    for part in PARTS:
        assert re.search(rf"\*\*{part}\.\*\* \S", entry), part


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_end_of_a_metadata_check_has_a_complete_runbook_entry(code: str) -> None:
    """The code is what the log, the metric and ``metadata show`` tell."""
    entry = entries()[code]
    words = {Kind.GOOD: "Good", Kind.HELD: "Good", Kind.REFUSED: "Refused", Kind.FAULT: "A fault"}
    assert entry.startswith(f"{words[CODES[code].kind]}")
    for part in PARTS:
        assert re.search(rf"\*\*{part}\.\*\* \S", entry), part


def test_the_runbook_has_the_gateways_own_answers_and_nothing_unknown() -> None:
    """The gateway refuses some requests before our code runs; those have an entry too, and so have
    the alarms, about the audit trail and all else."""
    gateway = {f"gateway-{status}" for status in ANSWERS}
    trail = {"trail-altered", "trail-behind", "trail-not-copied", "trail-silent"}
    release = {"release-breaks", "release-fails", "release-slow", "release-refused"}
    alarms = {each.name for each in ALARMS} | release
    assert not alarms & set(CATALOGUE)
    assert set(entries()) == set(CATALOGUE) | set(CODES) | gateway | trail | alarms
