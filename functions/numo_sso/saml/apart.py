"""Work in a thread of its own, so that what libxml2 remembers of it goes with the thread.

lxml gives all parsers of a thread one dictionary of names, which is never emptied and has a hard
limit. Posts whose names nobody has seen before would fill it: by and by every document with a new
name in it is "not XML", at an instance that lives for hours.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """The result of ``work``, or its exception, from a thread that ends with it."""
    thread = _Thread(work)
    thread.start()
    thread.join()
    if thread.error is not None:
        raise thread.error
    return thread.results[0]


class _Thread(threading.Thread, Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        super().__init__()
        self._work = work
        self.results: list[T] = []
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.results.append(self._work())
        except BaseException as error:  # noqa: BLE001  # raised where it was asked for
            self.error = error
