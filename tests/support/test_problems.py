"""What is wrong with a request is said in our words, in both languages, and nothing is repeated."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from numo_sso.support.actions import ACTIONS
from numo_sso.support.imports.rows import LinkRow, UserRow
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.requests.problems import problem
from numo_sso.support.speech import speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

MODELS: set[type[BaseModel]] = {each.request for each in ACTIONS.values()} | {UserRow, LinkRow}
SECRET = "0140136!"
ODD: tuple[Any, ...] = (
    None, True, -1, 1.5, inf, 10**30, "", "1" * 5000, SECRET, SECRET * 40_000, "\x00", "\ud800",
    {}, [], [None], ["\ud800"], [SECRET], [{}], ["x"] * 20_000,
)  # fmt: skip


def errors() -> Iterator[ErrorDetails]:
    """What pydantic says of every field of every request when an odd value is in it, or none."""
    for model in MODELS:
        for field in (*model.model_fields, "unknown"):
            for odd in ODD:
                try:
                    model.model_validate({field: odd})
                except ValidationError as error:
                    yield from error.errors(include_url=False, include_input=False)
                except SupportRefusal:
                    continue


def test_no_error_is_told_in_pydantics_words() -> None:
    """Each kind that our models can give has words, and Dutch ones."""
    kinds = {each["type"]: each for each in errors()}
    assert len(kinds) > 20
    for error in kinds.values():
        english = problem(error)
        assert english not in {"is not as it should be", error["msg"]}
        with speaking("nl"):
            dutch = problem(error)
        if error["type"] != "value_error":  # whoever raised it has said it
            assert dutch not in {"is niet zoals het moet", english}


def test_no_error_repeats_what_was_sent() -> None:
    """It may be somebody's code, and errors are copied into tickets."""
    assert not [told for each in errors() if SECRET in (told := problem(each))]


def test_a_kind_of_a_later_pydantic_has_words_too() -> None:
    assert problem({"type": "novel", "loc": (), "msg": "?", "input": 1}) == "is not as it should be"
