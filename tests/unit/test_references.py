"""A reference survives being read aloud and typed."""

from __future__ import annotations

import re
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from numo_sso.references import ALPHABET, new_reference


@given(st.integers())
def test_it_has_three_groups_of_signs_that_nobody_confuses(seed: int) -> None:
    """No 0 beside O, and none of 1, I and L."""
    made = new_reference(Random(seed).randbytes)  # noqa: S311
    assert re.fullmatch("[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}", made)


def test_each_sign_is_as_likely() -> None:
    """Bytes beyond the last whole alphabet are passed over, and new ones asked for."""
    rounds = iter([bytes([255] * 12), bytes(range(248 - 12, 248))])
    made = new_reference(lambda _count: next(rounds))
    assert made.replace("-", "") == ALPHABET[-12:]
