"""What support says is found, and its Dutch is compiled as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from texts import SPEAKERS, compiled, found, written

if TYPE_CHECKING:
    from pathlib import Path

speakers = pytest.mark.parametrize("speaker", SPEAKERS, ids=lambda path: path.name)


@speakers
def test_every_text_is_in_the_catalogue_and_nothing_else(speaker: Path) -> None:
    """`make texts` brings them together."""
    texts = {each.id for each in found(speaker) if each.id}
    assert len(texts) > 100
    assert texts == {each.id for each in written(speaker) if each.id}


@speakers
def test_the_compiled_catalogue_is_of_the_written_one(speaker: Path) -> None:
    assert (speaker / "locale/nl.mo").read_bytes() == compiled(written(speaker))
