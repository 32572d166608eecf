"""No post that we could think of makes the trust boundary work long."""

from __future__ import annotations

import pytest

from prove import costly
from prove.cost import LIMIT, measure

SLACK = 5
"""Machines differ: `make prove` holds the limit itself, and this that nothing grows beyond it."""


@pytest.mark.parametrize("name", [*costly.DOCUMENTS, *costly.BODIES])
def test_what_is_made_to_cost_does_not(name: str) -> None:
    """Lists of prefixes, floods of names, bombs of namespaces: each was seconds once, or might be.

    In milliseconds of CPU, through everything that reads a post.
    """
    cost = measure(name, costly.body_of(name))
    assert cost.total < SLACK * LIMIT, cost.stages
