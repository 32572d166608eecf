"""Which sites are whose: learnt from good logins, or said by the link itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from numo_sso.support.logins.of_school import is_good
from numo_sso.support.traces.items import find_traces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.support.logins.log import Traffic
    from numo_sso.support.world import Task

_SAMPLE = 50
"""The newest traces of a school that are looked at; its elo is one site, or a few."""

HINTED = "hinted"
LEARNT = "learnt"
NAMED = "by its name"
"""Codes of how it is known whose a site is."""


@dataclass(frozen=True)
class Sites:
    """The sites of all schools."""

    entrances: frozenset[str]
    by_host: dict[str, set[str]] = field(default_factory=dict)

    def schools(self, traffic: Traffic) -> tuple[list[str], str]:
        """The entrances that this traffic may be of, and how that is known; none, and nothing."""
        if traffic.hint in self.entrances:
            return [traffic.hint], HINTED
        if traffic.host in self.by_host:
            return sorted(self.by_host[traffic.host]), LEARNT
        named = traffic.host.partition(".")[0]
        return ([named], NAMED) if named in self.entrances else ([], "")


def learn_sites(task: Task) -> Sites:
    """From the newest good logins of each school; an elo that all of its schools share has many."""
    model = task.world.tables.school
    entrances = frozenset(each.entrance for each in model.scan(model.sk == "school"))
    sites = Sites(entrances)
    for entrance in sorted(entrances):
        for host in _hosts(task, entrance):
            sites.by_host.setdefault(host, set()).add(entrance)
    return sites


def _hosts(task: Task, entrance: str) -> Iterable[str]:
    index = task.world.tables.trace.by_entrance
    newest = index.query(entrance, scan_index_forward=False, limit=_SAMPLE)
    key = task.world.tables.trace.key("")
    good = [each.pk.removeprefix(key) for each in newest if is_good(each.outcome)]
    found = find_traces(task, good)
    return {each["elo_host"] for each in found.values() if each["elo_host"]}
