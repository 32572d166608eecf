"""What an import would do and has done, for people and for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import typer

from numo_cli.failures import Exit
from numo_cli.import_counts import summary
from numo_cli.speech import counted, say
from numo_cli.terms import term

if TYPE_CHECKING:
    from numo_cli.desk import Desk
    from numo_cli.screen import Screen
    from numo_cli.users_import import Import

_SHOWN = 50
Refusal = tuple[str, str, str]
"""Code, message and hint."""


def confirm_and_write(
    desk: Desk,
    work: Import,
    entrance: str,
    *,
    skip_invalid: bool,
    remove: bool,
    dry_run: bool,
    yes: bool,
) -> None:
    """Show what was planned; and, where it may be, ask and write it."""
    _show_plan(desk.screen, work, skip_invalid=skip_invalid, remove=remove, dry=dry_run)
    if work.work and not dry_run:
        desk.confirm(_question(work, entrance), yes=yes)
        _show_done(desk.screen, work, work.write())


def _show_plan(
    screen: Screen, work: Import, *, skip_invalid: bool, remove: bool, dry: bool
) -> None:
    """What would change; ends the command where lines are bad or nothing is left to do."""
    refused = _refusal(work, skip_invalid=skip_invalid, remove=remove)
    if screen.as_json:
        if refused or dry or not work.work:
            screen.json(_document(work, work.counts, refused, dry=True))
    else:
        screen.tell(summary(work.counts))
        _show_lines(screen, work)
        if refused:
            screen.error(*refused)
        elif not work.work:
            screen.tell(say("There is nothing to change."))
        elif dry:
            screen.tell(say("Nothing was changed."))
    if refused:
        raise typer.Exit(Exit.REFUSED)


def _question(work: Import, entrance: str) -> str:
    """What is asked before anything is written, with what is out of the ordinary."""
    told = []
    if work.large:
        told.append(
            say(
                "More than a fifth of its {users} users: {changed} changed.",
                users=work.users,
                changed=work.counts["changed"],
            )
        )
    if work.removals:
        told.append(
            counted(
                "{number} user would be removed.",
                "{number} users would be removed.",
                work.removals,
            )
        )
    if work.stranger:
        told.append(say("Nobody in this file is known there."))
    return " ".join([*told, say("Import this into {entrance}?", entrance=entrance)])


def _show_done(screen: Screen, work: Import, written: Counter[str]) -> None:
    if screen.as_json:
        counts = Counter(work.counts)
        counts["removed"] = written["removed"]
        screen.json(_document(work, counts, None, dry=False))
    else:
        screen.tell(say("Done: {summary}", summary=summary(written)))


def _refusal(work: Import, *, skip_invalid: bool, remove: bool) -> Refusal | None:
    if not work.invalid:
        return None
    number = work.counts["invalid"]
    if work.nothing_left:
        return "rows-invalid", say("No line could be imported."), say("Mend the lines in the file.")
    if remove:
        message = counted(
            "{number} line cannot be read, so who is missing is not certain; nothing was changed.",
            "{number} lines cannot be read, so who is missing is not certain; nothing was changed.",
            number,
        )
        return "rows-invalid", message, say("Mend them first, or leave out --remove-missing.")
    if skip_invalid:
        return None
    message = counted(
        "{number} line cannot be imported; nothing was changed.",
        "{number} lines cannot be imported; nothing was changed.",
        number,
    )
    return "rows-invalid", message, say("Mend them, or import the others with --skip-invalid.")


def _show_lines(screen: Screen, work: Import) -> None:
    if work.fields:
        told = ", ".join(
            say("{field} of {users}", field=field, users=users)
            for field, users in sorted(work.fields.items())
        )
        screen.tell(say("Changed: {fields}", fields=told))
    if work.counts["missing"]:
        codes = ", ".join(each["persoonscode"] for each in work.missing[:_SHOWN])
        more = " …" if work.counts["missing"] > _SHOWN else ""
        screen.tell(say("Missing from the file: {codes}", codes=codes + more))
    if bad := [*work.invalid, *work.reused]:
        rows = [(each["line"], term(each["field"]), each["reason"]) for each in bad]
        screen.table([say("Line"), say("Column"), say("Reason")], rows)
    if work.reused:
        screen.tell(
            say(
                "Codes with another name are left out; --accept-reused gives them to whom the "
                "file names, without anything of who had them."
            )
        )


def _document(
    work: Import, counts: Counter[str], refused: Refusal | None, *, dry: bool
) -> dict[str, Any]:
    error = dict(zip(("code", "message", "hint"), refused, strict=True)) if refused else None
    data = {"counts": dict(counts), "users": work.users}
    lines: dict[str, Any] = {"invalid": work.invalid}
    if work.action == "users.idgebr":
        lines["nobody"] = work.nobody
    else:
        lines |= {"reused": work.reused, "missing": work.missing}
    return {
        "ok": not refused,
        **({"error": error} if error else {}),
        "action": work.action,
        "message": summary(counts),
        "data": data | lines,
        "dry_run": dry,
    }
