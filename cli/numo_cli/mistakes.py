"""What was typed wrongly, in our words: Typer says it in English only."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from typer._click.exceptions import (  # typer exports only BadParameter of these
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from numo_cli.speech import say

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def in_our_words() -> Iterator[None]:
    """Let a mistake out as a ``UsageError`` that says it."""
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except UsageError as error:
        raise UsageError(_said(error), error.ctx) from error


def _said(error: UsageError) -> str:
    if isinstance(error, MissingParameter) and error.param:
        return _missing(error.param)
    if isinstance(error, BadParameter) and error.param:
        return _bad(error.param, error.message)
    if isinstance(error, NoSuchOption):
        return _unknown(error)
    if isinstance(error, BadOptionUsage):
        if "does not take" in error.message:
            return say("Option {name} takes no value.", name=error.option_name)
        return say("Option {name} needs a value.", name=error.option_name)
    return error.format_message()


def _missing(param: Any) -> str:
    name = param.get_error_hint()
    if param.param_type_name == "option":
        return say("Missing option {name}.", name=name)
    if choices := _choices(param):
        return say("Missing argument {name}: {choices}.", name=name, choices=choices)
    return say("Missing argument {name}.", name=name)


def _bad(param: Any, reason: str) -> str:
    """Typer's own reason is only left where a value is of a kind that no command here takes."""
    name, kind = param.get_error_hint(), param.type_descriptor
    if choices := _choices(param):
        return say("{name} is one of: {choices}.", name=name, choices=choices)
    if kind.is_ranged:
        least, most = kind.parameter_info.min, kind.parameter_info.max
        if most is None:
            return say("{name} is a number, {least} or more.", name=name, least=least)
        return say("{name} is a number from {least} to {most}.", name=name, least=least, most=most)
    return say("Invalid value for {name}: {reason}", name=name, reason=reason)


def _choices(param: Any) -> str:
    return ", ".join(each.value for each in param.type_descriptor.choices or ())


def _unknown(error: NoSuchOption) -> str:
    if not error.possibilities:
        return say("No such option: {name}.", name=error.option_name)
    near = ", ".join(sorted(error.possibilities))
    return say("No such option: {name}. Near to it: {near}.", name=error.option_name, near=near)
