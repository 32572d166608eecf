"""What support says is found, and its Dutch is compiled as it was written."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from numo_cli.words import as_typed
from texts import SPEAKERS, Speaker, compiled, found, strings, written

_ACTION = re.compile(r"\b[a-z]+\.[a-z_]+")
_OPTION = re.compile(r"--[a-z-]+")
speakers = pytest.mark.parametrize("speaker", SPEAKERS, ids=lambda each: each.name)


@speakers
def test_every_text_is_in_the_catalogue_and_nothing_else(speaker: Speaker) -> None:
    """`make texts` brings them together."""
    texts = {each.id for each in found(speaker) if each.id}
    assert len(texts) > 10
    assert texts == {each.id for each in written(speaker) if each.id}


@speakers
def test_the_compiled_catalogue_is_of_the_written_one(speaker: Speaker) -> None:
    assert speaker.dutch.with_suffix(".mo").read_bytes() == compiled(written(speaker))


@speakers
def test_every_text_has_its_dutch(speaker: Speaker) -> None:
    assert [each.id for each in written(speaker) if not all(strings(each.string))] == []


@speakers
def test_dutch_has_the_fields_of_the_english(speaker: Speaker) -> None:
    """An unknown field would fail the answer, and one that is left out be said in English alone."""
    for each in written(speaker):
        texts = [*strings(each.id), *strings(each.string)]
        assert len({_fields(text) for text in texts}) == 1, texts


def test_both_languages_tell_to_type_the_same() -> None:
    """The command makes its own words of the function's, in a Dutch sentence too."""
    for each in filter(lambda text: text.id, written(SPEAKERS[0])):
        english, *others = (_typed(text) for text in [*strings(each.id), *strings(each.string)])
        assert all(other == english for other in others), each.id


def _typed(text: str) -> list[str]:
    """The actions and options in a text, and the entrances that are no part of a command."""
    line = as_typed(
        text.replace("{entrance}", "brugwachter").replace("{action}", "school.activate")
    )
    named = sorted(_ACTION.findall(text))
    return [
        *named,
        *sorted(_OPTION.findall(line)),
        *re.findall("(?:[Vv]oor|for) (brugwachter)", line),
    ]


def _fields(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
