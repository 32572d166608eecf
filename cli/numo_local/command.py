"""``numo-sso local``: the command that starts a stack and ends it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from numo_local.options import DEFAULT_PORT, StackOptions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from numo_local.addresses import Addresses


def local(
    port: Annotated[int, typer.Option(help="Port to serve on; 0 takes any.")] = DEFAULT_PORT,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    idp_metadata: Annotated[
        str,
        typer.Option(help="URL or file: an identity provider in the place of the stand-in."),
    ] = "",
    app_origin: Annotated[
        list[str] | None, typer.Option(help="Another origin of Numo's app; may be repeated.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only when it is ready.")] = False,  # noqa: FBT002
) -> None:
    """Run Numo SSO here, with an elo, a hub and a small Numo around it. Ctrl-C ends it."""
    raise typer.Exit(serve(StackOptions(port, host, idp_metadata, tuple(app_origin or ()), quiet)))


def serve(options: StackOptions) -> int:
    """Run a stack until Ctrl-C or SIGTERM. Returns the exit code."""
    # Imported here: the rest of `numo-sso` should not wait for moto and Flask.
    from numo_local.errors import StackError  # noqa: PLC0415
    from numo_local.stack import Stack  # noqa: PLC0415

    ended = _ended_by_signal()
    out = sys.stdout
    with _functions_log(quiet=options.quiet):
        try:
            stack = Stack(options)
        except StackError as error:
            return _complain(error)
        try:
            stack.start()
            _announce(out, stack.addresses, quiet=options.quiet)
            ended.wait()
        except StackError as error:
            return _complain(error)
        finally:
            stack.stop()
    return 0


def _ended_by_signal() -> threading.Event:
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    return ended


@contextmanager
def _functions_log(*, quiet: bool) -> Iterator[None]:
    """On Lambda a function's standard output is its log; here that goes to standard error."""
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere if quiet else sys.stderr):
        yield


def _announce(out: TextIO, addresses: Addresses, *, quiet: bool) -> None:
    if not quiet:
        out.write(_WHERE.format(addresses=addresses))
    out.write(f"ready {addresses.api}\n")
    out.flush()


_WHERE = """
Numo SSO, locally. Click here:

  {addresses.stand_ins}/elo   the elo: log in, and click Numo
  {addresses.stand_ins}/      everything else

The API      {addresses.api}
Numo's app   {addresses.app}
The support  numo-sso --local --port {addresses.port} school list

Ctrl-C ends it.

"""


def _complain(error: Exception) -> int:
    sys.stderr.write(f"{error}\n")
    return 1
