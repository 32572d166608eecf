"""Where ``numo-sso`` begins: its language is known before any help text is made."""

from __future__ import annotations

import os

from numo_cli.speech import language_of_terminal, speaking


def main() -> None:
    """Run the command that was typed, in the language of its terminal."""
    with speaking(language_of_terminal(os.environ)):
        from numo_cli.main import main as command  # noqa: PLC0415  # help is made at import

        command()
