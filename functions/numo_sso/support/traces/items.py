"""Traces as support shows them, from their record or from a line of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.support.logins.log_file import time_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.storage.tables import Trace
    from numo_sso.support.world import Task

_PLAIN = (
    "reference", "outcome", "detail", "elo_host", "entrance", "brin", "authority", "realm", "user",
    "certificate", "result",
)  # fmt: skip


def find_traces(task: Task, references: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The records that there are, by reference."""
    model = task.world.tables.trace
    keys = [(model.key(each), "trace") for each in references]
    found = (as_data(item) for item in model.batch_get(keys))
    return {each["reference"]: each for each in found}


def as_data(item: Trace) -> dict[str, Any]:
    """A record. Nothing in it names a person."""
    numbers = {name: getattr(item, name) for name in ("at", "started_at", "clock_difference")}
    return (
        {name: getattr(item, name) for name in _PLAIN}
        | {name: None if value is None else int(value) for name, value in numbers.items()}
        | {"affiliations": sorted(item.affiliations or ())}
        | {"attributes": sorted(item.attributes or ())}
    )


def from_line(line: dict[str, Any]) -> dict[str, Any]:
    """What a line of the log has of a trace; it knows no start, no attributes and no clock."""
    return (
        {name: line.get(name) for name in _PLAIN}
        | {"at": int(time_of(line)), "started_at": None, "clock_difference": None}
        | {"affiliations": [], "attributes": [], "untraced": line.get("untraced")}
    )
