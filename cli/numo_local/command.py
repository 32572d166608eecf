"""``numo-sso local``: the command that starts a stack and ends it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from numo_cli.speech import say
from numo_local.calling import command
from numo_local.ending import Ending
from numo_local.functions_log import functions_log
from numo_local.options import DEFAULT_PORT, StackOptions

if TYPE_CHECKING:
    from numo_local.addresses import Addresses
    from numo_local.functions_log import FunctionsLog


def local(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help=say("Port to serve on; 0 takes any."))
    ] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help=say("Address to listen on."))] = "127.0.0.1",
    idp_metadata: Annotated[
        str,
        typer.Option(help=say("URL or file: an identity provider in the place of the stand-in.")),
    ] = "",
    app_origin: Annotated[
        list[str] | None, typer.Option(help=say("Another origin of Numo's app; may be repeated."))
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(help=say("A parameter to leave out, such as cookie/ring; may be repeated.")),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help=say("Say only when it is ready."))] = False,  # noqa: FBT002
) -> None:
    """Run a stack: what it says is for developers, and English."""
    origins, absent = tuple(app_origin or ()), tuple(without or ())
    options = StackOptions(port, host, idp_metadata, origins, quiet, absent)
    raise typer.Exit(serve(options))


def serve(options: StackOptions) -> int:
    """Run a stack until Ctrl-C or SIGTERM. Returns the exit code."""
    with functions_log() as (out, log):
        return _run(options, out, log, Ending(log.path))


def _run(options: StackOptions, out: TextIO, log: FunctionsLog, ending: Ending) -> int:
    # Imported here: the rest of `numo-sso` should not wait for moto and Flask.
    from numo_local.errors import StackError  # noqa: PLC0415
    from numo_local.stack import Stack  # noqa: PLC0415

    stack = None
    try:
        if not options.quiet:
            out.write("Starting ...\n")
            out.flush()
        stack = Stack(options, log.path)
        stack.start()
        _announce(out, stack.addresses, quiet=options.quiet)
        log.release(quiet=options.quiet)
        ending.wait()
    except StackError as error:
        sys.stderr.write(f"{log.held}{error}\n")
        return 1
    finally:
        ending.begun()
        if stack is not None:
            stack.stop()
    return 0


def _announce(out: TextIO, addresses: Addresses, *, quiet: bool) -> None:
    if not quiet:
        out.write(_WHERE.format(addresses=addresses, command=command()))
    out.write(f"ready {addresses.api}\n")
    out.flush()


_WHERE = """
Numo SSO, locally. Click here:

  {addresses.stand_ins}/elo   the elo: log in, and click Numo
  {addresses.stand_ins}/      everything else

The API      {addresses.api}
Numo's app   {addresses.app}
The support  {command} --local --port {addresses.port} school list

Ctrl-C ends it.

"""
