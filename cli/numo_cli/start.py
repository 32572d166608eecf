"""Where ``numo-sso`` begins: its language is known before any help text is made."""

from __future__ import annotations

import os

from numo_cli.speech import language_of_terminal, let_typer_speak, speaking


def main() -> None:
    """Run the command that was typed, in the language of its terminal."""
    language = language_of_terminal(os.environ)
    let_typer_speak(language, os.environ)
    with speaking(language):
        from numo_cli.main import main as command  # noqa: PLC0415  # help is made at import

        command()
