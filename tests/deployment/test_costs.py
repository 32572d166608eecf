"""What the document says of costs is what is computed."""

from __future__ import annotations

import pytest

from costs import PRICES_OF, Line, Shape, idle, of_logins, shapes, table
from deployment.deployed import ROOT


@pytest.mark.parametrize("written", [table(of_logins()), table(idle()), shapes(), PRICES_OF])
def test_the_document_holds_what_is_computed(written: str) -> None:
    assert written in (ROOT / "docs/costs.md").read_text(encoding="utf-8")


def test_twice_the_logins_cost_twice_as_much() -> None:
    once, twice = (sum(each.dollars for each in of_logins(n)) for n in (1.0, 2.0))
    assert twice == pytest.approx(2 * once)
    assert Line("x", 3, "y", 0.5).dollars == 1.5


def test_what_binds_first_is_what_is_used_to_the_largest_part() -> None:
    assert Shape(600_000).logins_a_second == 200
    assert Shape(600_000).binds_first == "LoginsPerSecond (100, a parameter), at 200%"
