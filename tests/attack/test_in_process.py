"""The corpus against the verification, and its stories against the login in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from attack.bench import Bench
from attack.corpus import ALL, BAD, GOOD, opens_session, play, run_case
from attack.export import export
from attack.in_process import InProcess
from numo_sso.outcomes import CATALOGUE, Stage

if TYPE_CHECKING:
    from pathlib import Path

    from attack.case import Case


@pytest.mark.parametrize("case", BAD, ids=str)
def test_a_bad_one_is_refused_for_its_own_reason(case: Case) -> None:
    """The outcome is the one that the case names, by the check that is there for it."""
    outcome, detail = run_case(case)
    assert (outcome, case.reason in detail) == (case.outcome, True), detail


@pytest.mark.parametrize("case", GOOD, ids=str)
def test_an_unusual_good_one_logs_in(case: Case) -> None:
    """Strict is not narrow: what SAML and HTTP allow is taken."""
    seen = play(case, Bench(InProcess()))
    assert (seen.outcome, seen.has_session) == (case.outcome, opens_session(case)), seen.detail


@pytest.mark.parametrize("case", [case for case in BAD if case.make], ids=str)
def test_a_refused_post_opens_nothing(case: Case) -> None:
    """No session, no answer that counts before verification, and one trace at the most."""
    arena = InProcess()
    seen = play(case, Bench(arena))
    before = CATALOGUE[case.outcome].stage is Stage.BEFORE
    assert not seen.has_session
    assert arena.world.sessions.kept == {}
    assert len(arena.world.logins.endings) == (0 if before else 1)
    assert len(arena.world.logins.traces) <= 1
    assert arena.world.telemetry.faults == []


def test_the_corpus_is_whole() -> None:
    """A family that is no longer found would otherwise pass in silence."""
    assert len(BAD) >= 1100
    assert len(GOOD) >= 170
    assert len({case.family for case in ALL}) >= 50
    assert len({case.source for case in ALL}) >= 200


def test_the_corpus_can_be_looked_at(tmp_path: Path) -> None:
    """Each case that is one post is a file whose name states it."""
    written = export(tmp_path)
    assert written == len([case for case in ALL if case.make is not None])
    assert (tmp_path / "wrapping").is_dir()
