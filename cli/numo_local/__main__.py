"""``python -m numo_local``: the local stack without the rest of the command."""

import typer

from numo_local.command import local

typer.run(local)
