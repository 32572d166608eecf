"""The whole corpus: importing this fills :data:`attack.case.CASES` with every family's cases."""

from __future__ import annotations

import importlib
import pkgutil

from attack import families
from attack.bench import Arena, Bench, form_of
from attack.case import CASES, Case, Post, Seen
from attack.in_process import InProcess
from numo_sso.outcomes import Refused

for _module in pkgutil.iter_modules(families.__path__, "attack.families."):
    importlib.import_module(_module.name)

ALL = [CASES[name] for name in sorted(CASES)]
BAD = [case for case in ALL if not case.good]
GOOD = [case for case in ALL if case.good]


def run_case(case: Case) -> tuple[str, str]:
    """Run a case in this process, as near to the verification alone as it can be.

    Returns:
        The outcome's code and the detail. What is one post goes through the verification; where
        that lets it pass, or where a case is a story, the whole login decides.
    """
    bench = Bench(InProcess())
    if case.make is None:
        seen = play(case, bench)
        return seen.outcome, seen.detail
    post = as_post(case.make(bench))
    try:
        bench.verify(post)
    except Refused as refused:
        return refused.outcome.code, refused.detail
    seen = bench.post(post)
    return seen.outcome, seen.detail


def play(case: Case, bench: Bench) -> Seen:
    """Play a case on a bench, wherever that is."""
    if case.play is not None:
        return case.play(bench)
    assert case.make is not None
    return bench.post(case.make(bench))


def opens_session(case: Case) -> bool:
    """Whether the last answer of a case hands out a session."""
    return case.outcome in {"logged-in", "same-person"}


def as_post(made: bytes | Post) -> Post:
    return made if isinstance(made, Post) else form_of(made)


__all__ = ["ALL", "BAD", "GOOD", "Arena", "opens_session", "play", "run_case"]
