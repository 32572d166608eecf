"""The shape of a code: its kind, and nothing of whose it is."""

from __future__ import annotations

import pytest

from numo_sso.code_shapes import shape_of
from numo_sso.support.findings.code_words import in_words


@pytest.mark.parametrize(
    ("code", "shape", "words"),
    [
        ("140136", "digits-6", "numbers of 6 digits"),
        (" 0140136 ", "zeros-7", "numbers of 7 digits that begin with a zero"),
        ("7", "digits-1", "numbers of 1 digit"),
        ("9" * 200, "digits-30", "numbers of 30 digits"),
        ("S140136", "prefixed-6", "numbers of 6 digits behind a letter"),
        ("ll14013", "prefixed-5", "numbers of 5 digits behind a letter"),
        ("p123", "name", "login names"),
        ("abc140136", "name", "login names"),
        ("p.puk", "name", "login names"),
        ("14-0136", "name", "login names"),
        ("\u0661\u0662", "name", "login names"),
        ("140136@flat", "address", "addresses with an @"),
        ("", "name", "login names"),
    ],
)
def test_a_code_has_one_shape(code: str, shape: str, words: str) -> None:
    assert shape_of(code) == shape
    assert in_words(shape) == words
