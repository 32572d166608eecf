"""What pydantic finds wrong with a field, in our own words, which follow the field's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from numo_sso.support.speech import later, say

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_OWN = "value_error"
"""Of a ValueError from a validator of ours, which has said it already."""
_WORDS = {
    "bool_parsing": later("must be true or false"),
    "bool_type": later("must be true or false"),
    "dict_type": later("must be an object"),
    "enum": later("must be one of {choices}"),
    "extra_forbidden": later("is no field of this action"),
    "finite_number": later("must be a whole number"),
    "greater_than_equal": later("must be at least {ge}"),
    "int_from_float": later("must be a whole number"),
    "int_parsing": later("must be a whole number"),
    "int_parsing_size": later("must be a whole number"),
    "int_type": later("must be a whole number"),
    "less_than_equal": later("must be at most {le}"),
    "list_type": later("must be a list"),
    "literal_error": later("must be one of {choices}"),
    "missing": later("is missing"),
    "string_pattern_mismatch": later("must be written as {pattern}"),
    "string_too_long": later("is too long: at most {max_length} characters"),
    "string_too_short": later("is too short: at least {min_length}"),
    "string_type": later("must be text"),
    "string_unicode": later("must be text"),
    "too_long": later("is too long: at most {max_length}"),
    "too_short": later("is too short: at least {min_length}"),
    "tuple_type": later("must be a list"),
}
_OTHERWISE = later("is not as it should be")
_CHOICE = re.compile(r"'([^']*)'")


def problem(error: ErrorDetails) -> str:
    """One error in a few words. What was sent is not repeated: it may hold a pupil's code."""
    context = error.get("ctx", {})
    if error["type"] == _OWN:
        return str(context["error"])
    choices = ", ".join(_CHOICE.findall(str(context.get("expected"))))
    return say(_WORDS.get(error["type"], _OTHERWISE), **context, choices=choices)
