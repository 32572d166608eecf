"""Options of the commands that read a school's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from numo_cli.speech import say

SchoolFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        readable=True,
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
