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
    """One bad response or request, or (where ``outcome`` is ``logged-in``) an unusual good one."""

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

    def __str__(self) -> str:
        return f"{self.family}/{self.name}"


CASES: dict[str, Case] = {}
"""All cases, by family and name."""


def bad(source: str, outcome: str, reason: str) -> Callable[[Make], Make]:
    """Keep a case that is one post, and that must be refused for this reason."""
    return _keeper(source, outcome, reason)


def good(source: str) -> Callable[[Make], Make]:
    """Keep a case that is unusual and legal: it must log in."""
    return _keeper(source, "logged-in", "")


def bad_story(source: str, outcome: str, reason: str) -> Callable[[Play], Play]:
    """Keep a case of several requests, the last of which must be refused for this reason."""

    def keep(play: Play) -> Play:
        _keep(play, Case(_name(play), _family(play), source, outcome, reason, play=play))
        return play

    return keep


def good_story(source: str) -> Callable[[Play], Play]:
    """Keep a case of several requests, the last of which must log in."""
    return bad_story(source, "logged-in", "")


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


def _keeper(source: str, outcome: str, reason: str) -> Callable[[Make], Make]:
    def keep(make: Make) -> Make:
        _keep(make, Case(_name(make), _family(make), source, outcome, reason, make=make))
        return make

    return keep


def _keep(function: Callable[..., object], case: Case) -> None:
    assert str(case) not in CASES, f"{case} is there twice"
    assert case.source, f"{case} names no source"
    assert re.fullmatch(r"[a-z0-9-]+", case.name), f"{case} has an odd name"
    assert case.reason or case.outcome == "logged-in", f"{case} gives no reason"
    assert function.__module__.startswith("attack.families."), f"{case} is no family's"
    CASES[str(case)] = case


def _name(function: Callable[..., object]) -> str:
    return function.__name__.strip("_").replace("_", "-")


def _family(function: Callable[..., object]) -> str:
    return function.__module__.rpartition(".")[2].replace("_", "-")
