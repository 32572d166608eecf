"""Where the logins of a BRIN go, and what a change does to those of other entrances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.storage.periods import in_force
from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from collections.abc import Collection

    from numo_sso.support.schools.brins import Brins

Routes = dict[str, tuple[str, ...]]
"""What logins carry, and the entrances that it leads to."""
_LOCATION = "location"
"""What logins carry with any location of the BRIN that is no entrance's own."""


def routes(brins: Brins, day: str) -> Routes:
    """The rule of login (:class:`numo_sso.storage.schools.StoredSchools`), for one BRIN and day."""
    number, own = brins.number, in_force(brins.own.entrances, day)
    if brins.parent is None:
        all_of_it = dict.fromkeys([*in_force(brins.own.locations, day), *own])
        return {
            number: tuple(all_of_it),
            _LOCATION: tuple(own),
        }
    school = in_force(brins.parent.entrances, day)
    either = dict.fromkeys([*in_force(brins.parent.locations, day), *school])
    return {number: tuple(own or school), str(brins.parent.brin): tuple(either)}


def told(before: Routes, after: Routes, day: str, gainers: Collection[str] = ()) -> list[str]:
    """A line for each kind of login that now goes elsewhere.

    Args:
        before: as things were on ``day``.
        after: as they are to be.
        day: the first on which it is so.
        gainers: entrances whose gain of what led nowhere needs no words.
    """
    lines: list[str] = []
    seen: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for carried, entrances in after.items():
        change = (before[carried], entrances)
        gained = not before[carried] and set(entrances) <= set(gainers)
        if set(before[carried]) == set(entrances) or gained or change in seen:
            continue
        seen.append(change)
        lines.append(_line(_carried(carried, next(iter(after))), *change, day))
    return lines


def _carried(carried: str, brin: str) -> str:
    if carried != _LOCATION:
        return carried
    return say("a location of {brin}, no entrance's own,", brin=brin)


def _line(carried: str, before: tuple[str, ...], after: tuple[str, ...], day: str) -> str:
    template = (
        later(
            "From {day} logins that carry {carried} lead to {after}; before, {before}. "
            "Realm, or given name and surname, tells which."
        )
        if len(after) > 1
        else later("From {day} logins that carry {carried} lead to {after}; before, {before}.")
    )
    return say(template, day=day, carried=carried, after=_names(after), before=_names(before))


def _names(entrances: tuple[str, ...]) -> str:
    """``petteflat, brugwachter or torenplein``."""
    if not entrances:
        return say("nobody")
    *others, last = entrances
    if not others:
        return last
    return say("{others} or {last}", others=", ".join(others), last=last)
