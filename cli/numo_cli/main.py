"""The command ``numo-sso``: support's work, by invoking the support function; and the local stack.

Exit codes: 0 done, 1 refused (the line says why), 2 wrong usage, 3 no connection or no rights.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from numo_cli import keys, metadata, school, session, sessions, trace, users
from numo_cli.desk import Desk, connect
from numo_cli.failures import Exit, Failure
from numo_cli.group import Group
from numo_cli.screen import Screen
from numo_cli.speech import say
from numo_cli.target import Target
from numo_cli.usage import json_first
from numo_local.command import local as local_stack
from numo_local.options import DEFAULT_PORT

app = Group(
    say("Numo SSO for support: schools, users, keys. Every command says what it changed."),
    epilog=say("Exit codes: 0 done, 1 refused, 2 wrong usage, 3 no connection or no rights."),
    pretty_exceptions_enable=False,
)
app.add_typer(school.app, name="school")
app.add_typer(users.app, name="users")
app.add_typer(keys.app, name="keys")
app.add_typer(metadata.app, name="metadata")
app.add_typer(session.app, name="session")
app.add_typer(sessions.app, name="sessions")
app.add_typer(trace.app, name="trace")
app.command(
    "local",
    help=say("Run Numo SSO here, with an elo, a hub and a small Numo around it. Ctrl-C ends it."),
)(local_stack)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it so
    if wanted:
        typer.echo(f"numo-sso {version('numo-sso')}")
        raise typer.Exit(Exit.DONE)


@app.callback()
def _options(
    ctx: typer.Context,
    *,
    local: Annotated[bool, typer.Option("--local", help=say("Ask a running local stack."))] = False,
    port: Annotated[
        int, typer.Option(min=1, max=65535, help=say("The local stack's port."))
    ] = DEFAULT_PORT,
    profile: Annotated[
        str | None, typer.Option(envvar="AWS_PROFILE", help=say("AWS profile to ask with."))
    ] = None,
    region: Annotated[str | None, typer.Option(help=say("AWS region of the stack."))] = None,
    stack: Annotated[
        str, typer.Option(envvar="NUMO_SSO_STACK", help=say("Name of the stack on AWS."))
    ] = "numo-sso",
    json: Annotated[bool, typer.Option("--json", help=say("Print JSON, for programs."))] = False,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_show_version, help=say("Say which it is.")
        ),
    ] = False,
) -> None:
    target = Target(local, port, profile, region, stack)
    ctx.obj = Desk(target, ctx.obj or connect, as_json=json)


def main() -> None:
    """Run the command that was typed."""
    try:
        app()
    except Failure as failure:
        screen = Screen(as_json=json_first(sys.argv[1:])[:1] == ["--json"])
        screen.error(failure.code, failure.message, failure.hint)
        sys.exit(failure.exit_code)
