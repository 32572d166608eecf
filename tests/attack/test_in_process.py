"""The corpus against the verification, and its stories against the login in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from attack.bench import Bench
from attack.corpus import BAD, GOOD, play, run_case
from attack.in_process import InProcess

if TYPE_CHECKING:
    from attack.case import Case


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_bad_one_is_refused_for_its_own_reason(case: Case) -> None:
    """The outcome is the one that the case names, by the check that is there for it."""
    outcome, detail = run_case(case)
    assert (outcome, case.reason in detail) == (case.outcome, True), detail


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_an_unusual_good_one_logs_in(case: Case) -> None:
    """Strict is not narrow: what SAML allows the hub to send is taken."""
    seen = play(case, Bench(InProcess()))
    assert (seen.outcome, seen.has_session) == ("logged-in", True), seen.detail
