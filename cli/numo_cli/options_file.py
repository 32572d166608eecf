"""Options of the commands that read a school's file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from numo_cli.speech import say


def readable(path: Path | None) -> Path | None:
    """A file that can be read; Typer's own check says in English what is wrong with it.

    Raises:
        typer.BadParameter: there is none, or it is not for whoever typed its name.
    """
    if path is not None and not (path.is_file() and os.access(path, os.R_OK)):
        raise typer.BadParameter(say("There is no file {path} that can be read.", path=path))
    return path


SchoolFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        readable=False,
        callback=readable,
        help=say("A CSV or XLSX file."),
    ),
]
Mapping = Annotated[
    list[str] | None, typer.Option("--map", help=say("FIELD=HEADING; may be repeated."))
]
PlainNumbers = Annotated[
    bool, typer.Option("--plain-numbers", help=say("No code begins with zero: take numbers so."))
]
SkipInvalid = Annotated[
    bool, typer.Option("--skip-invalid", help=say("Take the good lines, leave the others."))
]
MoveIdgebr = Annotated[
    bool,
    typer.Option("--move-idgebr", help=say("Take IDGebrs from users who are not in the file.")),
]
