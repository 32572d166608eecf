"""Every case of the attack corpus in one test: what a mutant meets after the unit tests.

As items of their own they take pytest longer than they take the login.
"""

from __future__ import annotations

from attack.corpus import ALL, run_case


def test_every_case_ends_as_it_says() -> None:
    """Outcome and reason, as where each is a test of its own; the first that differs ends it."""
    for case in ALL:
        outcome, detail = run_case(case)
        assert outcome == case.outcome, case
        assert case.reason in detail, case
