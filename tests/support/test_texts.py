"""What support says is found, and its Dutch is compiled as it was written."""

from __future__ import annotations

import pytest

from texts import SPEAKERS, Speaker, compiled, found, written

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
