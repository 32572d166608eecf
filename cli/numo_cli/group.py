"""Commands that belong together, below one name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from numo_cli.frame import FramedCommand
from numo_cli.speech import say
from numo_cli.usage import Commands

if TYPE_CHECKING:
    from collections.abc import Callable

_OPTIONS = say("[OPTIONS]")


class Group(typer.Typer):
    """Commands of our own classes, so that what Typer says around them is said as the rest.

    Args:
        about: what they are for.
        cls: the class of the group itself.
    """

    def __init__(self, about: str, *, cls: type[Commands] = Commands, **options: Any) -> None:
        super().__init__(
            cls=cls,
            help=about,
            no_args_is_help=True,
            options_metavar=_OPTIONS,
            subcommand_metavar=say("COMMAND [ARGS]..."),
            **options,
        )

    def command(self, name: str | None = None, **options: Any) -> Callable[..., Any]:
        """Put a command below the group; ``help`` and ``epilog`` are what people read of it."""
        return super().command(name, cls=FramedCommand, options_metavar=_OPTIONS, **options)
