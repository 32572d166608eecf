"""``trace.refused_code``: the code that a login was refused for. Each reading leaves a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.support.answers import Answer
from numo_sso.support.near.items import find_near, open_code
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import later, say
from numo_sso.support.traces.items import find_traces
from numo_sso.support.transaction import Change, note

if TYPE_CHECKING:
    from numo_sso.storage.tables import NearMissItem
    from numo_sso.support.world import Task

_NAMES = {
    "agree": later("names agree"),
    "differ": later("names differ"),
    "unknown": later("names unknown"),
}
"""What the login's names are to those of whoever has nearly its code."""


def refused_code(task: Task) -> Answer:
    """The code, kept for two weeks where no user of the school has it.

    Raises:
        SupportRefusal: ``no-refused-code``.
    """
    records = find_traces(task, task.request.reference)
    trace = next((each for each in records.values() if each["entrance"]), None)
    item = find_near(task, trace["entrance"], trace["reference"]) if trace else None
    if trace is None or item is None or item.sealed is None:
        raise SupportRefusal(
            "no-refused-code",
            say("No refused code is kept of this login."),
            say(
                "It is kept for two weeks, of a login that ended in user-unknown at a known school."
            ),
        )
    note(task, Change(f"trace#{trace['reference']}", None, {"read": "refused_code"}))
    code = open_code(task, trace["entrance"], item)
    return Answer(
        message=say(
            "This login carried a {kind} that {entrance} does not have.",
            kind=item.kind,
            entrance=trace["entrance"],
        ),
        next_steps=near_steps(item),
        data={"code": code, "kind": item.kind, "rule": item.rule, "names": item.names},
    )


def near_steps(item: NearMissItem) -> list[str]:
    """Whether somebody has nearly this code, without saying who."""
    if not item.rule:
        return [say("Nobody at this school has nearly this code: is the user in the file at all?")]
    return [
        say(
            "Somebody has nearly this code ({rule}), {names}: users.link_from_proposals with "
            "dry_run shows what can be mended.",
            rule=item.rule,
            names=say(_NAMES.get(item.names, item.names)),
        )
    ]
