"""``numo-sso school check``: what was found, who came, and whose move it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer  # noqa: TC002  # typer reads the annotations

from numo_cli.options import EntranceArgument  # noqa: TC001  # typer reads it
from numo_cli.screen import moment
from numo_cli.speech import say
from numo_cli.words import as_typed

if TYPE_CHECKING:
    from numo_cli.desk import Desk

_MARKS = {"fine": "✓", "look": "!", "blocks": "✗"}
_NO_NAME = say("(none named)")


def check(ctx: typer.Context, entrance: EntranceArgument) -> None:
    desk: Desk = ctx.obj
    answer = desk.must("school.check", entrance=entrance)
    data = answer["data"]
    findings = [[_MARKS[each["level"]], as_typed(each["text"])] for each in data["findings"]]
    providers = [_provider(each) for each in data["providers"]]
    columns = [say("Authority"), say("Realm"), say("Good"), say("Failed"), say("Last")]
    desk.screen.answer_in_tables(answer, [(["", ""], findings), (columns, providers)])


def _provider(provider: dict[str, Any]) -> list[object]:
    return [
        provider["authority"] or _NO_NAME,
        provider["realm"],
        provider["good"],
        provider["failed"],
        moment(provider["last"]),
    ]
