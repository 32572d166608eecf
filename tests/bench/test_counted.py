"""The gate: verification and ACS take no more instructions than when their limits were set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.counted import PROGRAM, measure
from local.required import required_program

if TYPE_CHECKING:
    from pathlib import Path


def test_no_more_instructions_than_before(tmp_path: Path) -> None:
    required_program(PROGRAM, "valgrind")
    found = {bar.what: (bar.found.median, bar.limit) for bar in measure(tmp_path)}
    assert {what: ratio <= limit for what, (ratio, limit) in found.items()} == {
        "verification, instructions": True,
        "warm ACS, instructions": True,
    }, found
    # far below, something is not counted at all
    assert all(ratio > limit / 2 for ratio, limit in found.values()), found
