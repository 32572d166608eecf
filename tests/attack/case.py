"""What a case of the corpus is, and where all of them are kept.

A case is a function. Its name states the case; its decorator says where the attack is known from,
which outcome it must get, and in which words of ours: the check that is there for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from numo_sso.outcomes import CATALOGUE

if TYPE_CHECKING:
    from attack.bench import Bench

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Post:
    """A post to the ACS that is more than a document in the hub's form."""

    body: bytes
    content_type: str = FORM
    query: str = ""
    """Behind the ACS's path, with its question mark."""


@dataclass(frozen=True)
class Seen:
    """What came of a request: what the browser sees, and what the log says of it."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    cookies: tuple[str, ...]
    """``Set-Cookie`` values."""
    body: str
    outcome: str
    detail: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def has_session(self) -> bool:
        """Whether a session was handed out."""
        return any(
            line.startswith("__Host-numo_session=") and "Max-Age=0" not in line
            for line in self.cookies
        )


Make = Callable[["Bench"], "bytes | Post"]
"""Writes what is posted: a document, or a whole post."""
Play = Callable[["Bench"], Seen]
"""Plays several requests, and gives what came of the last."""
Edit = Callable[[etree._Element], object]
"""Changes a good response in place."""


@dataclass(frozen=True)
class Case:
    """One bad response or request, or (where ``outcome`` is a good one) an unusual good one."""

    name: str
    family: str
    source: str
    """CVE, paper, advisory or section of a standard."""
    outcome: str
    """Its code in the catalogue."""
    reason: str
    """Words of the detail that the log gets; empty for a good one."""
    make: Make | None = None
    play: Play | None = None
    only: str = ""
    """``process`` where a case moves the clock or counts what is stored; empty: everywhere."""

    @property
    def good(self) -> bool:
        return CATALOGUE[self.outcome].good

    def __str__(self) -> str:
        return f"{self.family}/{self.name}"


CASES: dict[str, Case] = {}
"""All cases, by family and name."""


def bad(source: str, outcome: str, reason: str, *, only: str = "") -> Callable[[Make], Make]:
    """Keep a case that is one post, and that must be refused for this reason."""

    def keep(make: Make) -> Make:
        _keep(make, Case(_name(make), _family(make), source, outcome, reason, make, only=only))
        return make

    return keep


def good(source: str, *, only: str = "") -> Callable[[Make], Make]:
    """Keep a case that is unusual and legal: it must log in."""
    return bad(source, "logged-in", "", only=only)


def bad_story(source: str, outcome: str, reason: str, *, only: str = "") -> Callable[[Play], Play]:
    """Keep a case of several requests, the last of which must be refused for this reason."""

    def keep(play: Play) -> Play:
        case = Case(_name(play), _family(play), source, outcome, reason, play=play, only=only)
        _keep(play, case)
        return play

    return keep


def good_story(
    source: str, outcome: str = "logged-in", *, only: str = ""
) -> Callable[[Play], Play]:
    """Keep a case of several requests, the last of which must end well."""
    return bad_story(source, outcome, "", only=only)


def table(
    family: str, source: str, outcome: str, makes: Mapping[str, tuple[Make, str]], *, only: str = ""
) -> None:
    """Keep cases of one post each that differ in little.

    Args:
        family: the module's ``__name__``.
        source: where these are known from.
        outcome: what all of them get.
        makes: by the case's name, what is posted and the reason of the refusal.
        only: as a case has it.
    """
    for name, (make, reason) in makes.items():
        keep_case(Case(name, family_of(family), source, outcome, reason, make, only=only))


def story_table(
    family: str, source: str, outcome: str, plays: Mapping[str, tuple[Play, str]], *, only: str = ""
) -> None:
    """Keep stories that differ in little; see :func:`table`."""
    for name, (play, reason) in plays.items():
        kept = Case(name, family_of(family), source, outcome, reason, play=play, only=only)
        keep_case(kept)


def bad_edits(source: str, outcome: str, edits: Mapping[str, tuple[Edit, str]]) -> None:
    """Keep a family of cases, each one change to a response after it was signed.

    Args:
        source: where these are known from.
        outcome: what all of them get.
        edits: by the case's name, the change and the reason of the refusal.
    """
    for name, (edit, reason) in edits.items():
        make = _edited(edit)
        _keep(edit, Case(name, _family(edit), source, outcome, reason, make=make))


def _edited(edit: Edit) -> Make:
    def make(bench: Bench) -> bytes:
        root = bench.tree()
        edit(root)
        return bench.written(root)

    return make


def _keep(function: Callable[..., object], case: Case) -> None:
    assert function.__module__.startswith("attack.families."), f"{case} is no family's"
    keep_case(case)


def keep_case(case: Case) -> None:
    """Keep a case, which must say all that a case has to say."""
    assert str(case) not in CASES, f"{case} is there twice"
    assert case.source, f"{case} names no source"
    assert re.fullmatch(r"[a-z0-9-]+", case.name), f"{case} has an odd name"
    assert case.reason or case.good, f"{case} gives no reason"
    CASES[str(case)] = case


def _name(function: Callable[..., object]) -> str:
    return function.__name__.strip("_").replace("_", "-")


def _family(function: Callable[..., object]) -> str:
    return family_of(function.__module__)


def family_of(module: str) -> str:
    return module.rpartition(".")[2].replace("_", "-")
