"""Work in a thread of its own, so that what libxml2 remembers of it goes with the thread.

lxml gives all parsers of a thread one dictionary of names, which is never emptied and has a hard
limit. Posts whose names nobody has seen before would fill it: by and by every document with a new
name in it is "not XML", at an instance that lives for hours.
"""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """The result of ``work``, or its exception, from a thread that ends with it."""
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  # raised again where it was asked for
            errors.append(error)

    # An executor does the same for twice the time: it makes a queue and a second lock each time.
    thread = Thread(target=run)
    thread.start()
    thread.join()
    if errors:  # not kept: it leads to this frame, and both to all that was parsed
        raise errors.pop()
    return results.pop()
