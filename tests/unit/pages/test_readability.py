"""Dutch at level B1 for pupils, by measure.

Flesch's reading ease in Douma's form for Dutch: 206.84, less 0.77 for each syllable in a hundred
words and 0.93 for each word in a sentence. 60 to 70 is a newspaper, 70 to 80 what most can read
(about B1), above 80 what a twelve-year-old reads with ease. Letters that sound together count as
one syllable, which is near enough for a text of some fifty words.
"""

from __future__ import annotations

import re

import pytest

from numo_sso.pages.labels import LABELS
from numo_sso.pages.texts import TEXTS

EASY = 75
LONGEST_SENTENCE = 18
LONGEST_WORD = 14
_SOUNDS = re.compile(
    r"aai|ooi|oei|eeuw|ieuw|aa|ee|oo|uu|ie|oe|eu|ij|ei|ui|ou|au|[aeiouyàáâäèéêëìíîïòóôöùúûü]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+")
JARGON = re.compile(
    r"\b(saml|brin|realid|attribu\w+|authenti\w+|autoris\w+|sessie\w*|token\w*|server\w*|provider\w*"
    r"|identity|metadata|assertion|response|redirect\w*|request\w*|configurat\w+|domein\w*|url"
    r"|federatie|entree|hub|foutcode|applicatie\w*|parameter\w*|client\w*|timeout)\b",
    re.IGNORECASE,
)


def pupils_part(code: str) -> list[str]:
    """All that a pupil reads on a page, paragraph by paragraph."""
    page = TEXTS[code].nl
    return [page.title, page.what, *page.steps, *page.hints]


def sentences(paragraphs: list[str]) -> list[list[str]]:
    """Their words, sentence by sentence."""
    parts = [each for text in paragraphs for each in re.split(r"[.?!:]+(?=\s|$)", text)]
    return [words for each in parts if (words := _WORD.findall(each))]


def reading_ease(paragraphs: list[str]) -> float:
    found = sentences(paragraphs)
    words = [word for sentence in found for word in sentence]
    syllables = sum(max(1, len(_SOUNDS.findall(word))) for word in words)
    return 206.84 - 77 * syllables / len(words) - 0.93 * len(words) / len(found)


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_what_a_pupil_reads_is_easy(code: str) -> None:
    """Short words in short sentences, and none that only we use."""
    text = pupils_part(code)
    assert reading_ease(text) >= EASY
    assert max(map(len, sentences(text))) <= LONGEST_SENTENCE
    assert len(TEXTS[code].nl.title.split()) <= 9
    words = [word for sentence in sentences(text) for word in sentence]
    assert [word for word in words if len(word) > LONGEST_WORD] == []
    assert not [found for each in text if (found := JARGON.search(each))]


def test_so_are_the_words_around_it() -> None:
    """Buttons, headings, and what stands beside them."""
    labels = LABELS["nl"]
    around = [
        *(labels.again, labels.entrance, labels.entrance_known, labels.entrance_unknown),
        *(labels.what_now, labels.who_acts, labels.hints, labels.to_report, labels.elo),
        *(labels.logout_title, labels.logout_what, *labels.actors.values()),
    ]
    assert reading_ease(around) >= EASY
    assert max(map(len, sentences(around))) <= LONGEST_SENTENCE
    assert not JARGON.search(" ".join(around))


def test_the_measure_tells_hard_words_from_easy_ones() -> None:
    """What administrators are told is measurably harder, and known words give known figures."""
    assert reading_ease([TEXTS["user-unknown"].nl.admin]) < 70
    hard = "Authenticatie via de federatie-infrastructuur mislukte wegens ontbrekende attributen."
    assert reading_ease([hard]) < 20
    assert JARGON.search(hard)
    assert reading_ease(["Ga naar school."]) == pytest.approx(206.84 - 77 - 0.93 * 3)
