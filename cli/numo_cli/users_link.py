"""``numo-sso users link``: one user by hand, or all whom logins nearly found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from numo_cli.failures import Exit, Failure
from numo_cli.options import DryRun, Ticket, Yes  # noqa: TC001  # typer reads them
from numo_cli.speech import say

if TYPE_CHECKING:
    from numo_cli.desk import Desk


def link(  # noqa: PLR0913  # one for each option
    ctx: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="CODE", help=say("Their persoonscode."))
    ] = None,
    idgebr: Annotated[
        str | None, typer.Argument(metavar="IDGEBR", help=say("The IDGebr that is theirs."))
    ] = None,
    *,
    entrance: Annotated[
        str | None,
        typer.Option(
            "--entrance", "-e", help=say("The school's Numo entrance: NAME in NAME.numo.nl.")
        ),
    ] = None,
    from_proposals: Annotated[
        str | None,
        typer.Option(
            metavar="ENTRANCE", help=say("Mend the codes of a school to what its logins carry.")
        ),
    ] = None,
    move: Annotated[bool, typer.Option("--move", help=say("Take it from who has it now."))] = False,
    ticket: Ticket = None,
    dry_run: DryRun = False,
    yes: Yes = False,
) -> None:
    desk: Desk = ctx.obj
    if from_proposals is not None:
        if code or idgebr or entrance:
            raise _unclear(say("Proposals name their users themselves."))
        _mend(desk, from_proposals, ticket, dry_run=dry_run, yes=yes)
        return
    if code is None or idgebr is None or entrance is None:
        raise _unclear(say("It takes CODE, IDGEBR and --entrance."))
    desk.do(
        "users.link",
        entrance=entrance,
        persoonscode=code,
        idgebr=idgebr,
        move=move,
        ticket=ticket,
        dry_run=dry_run,
    )


def _unclear(message: str) -> Failure:
    hint = say("numo-sso users link 0140136 77001 -e petteflat; or --from-proposals petteflat")
    return Failure(Exit.USAGE, "link-unclear", message, hint)


def _mend(desk: Desk, entrance: str, ticket: str | None, *, dry_run: bool, yes: bool) -> None:
    """What would be mended, and what is left out and why; then, when told to, all of it."""
    action, asked = "users.link_from_proposals", {"entrance": entrance, "ticket": ticket}
    plan = desk.must(action, **asked, dry_run=True)
    if dry_run or not plan["data"]["by_rule"]:
        desk.screen.answer(plan)
        return
    if not desk.screen.as_json:
        desk.screen.answer(plan)
    desk.confirm(say("Mend these codes of {entrance}?", entrance=entrance), yes=yes)
    answers: list[dict[str, Any]] = []
    while not answers or answers[-1]["data"]["more"]:
        answers.append(desk.must(action, **asked))
        if not answers[-1]["data"]["by_rule"]:
            break  # what is left cannot be mended now
    for each in answers if not desk.screen.as_json else [_together(answers)]:
        desk.screen.answer(each)


def _together(answers: list[dict[str, Any]]) -> dict[str, Any]:
    """The last answer with the counts and changes of all."""
    rules: dict[str, int] = {}
    for each in answers:
        for rule, count in each["data"]["by_rule"].items():
            rules[rule] = rules.get(rule, 0) + count
    changes = [line for each in answers for line in each["changes"]]
    last = answers[-1]
    return last | {"changes": changes, "data": last["data"] | {"by_rule": rules}}
