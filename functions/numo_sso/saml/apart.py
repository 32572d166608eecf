"""Work in a thread of its own, so that what libxml2 remembers of it goes with the thread.

lxml gives all parsers of a thread one dictionary of names, which is never emptied and has a hard
limit. Posts whose names nobody has seen before would fill it: by and by every document with a new
name in it is "not XML", at an instance that lives for hours.
"""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def apart(work: Callable[[], T]) -> T:
    """The result of ``work``, or its exception, from a thread that ends with it."""
    results: list[T] = []
    errors: list[BaseException] = []
    ended = allocate_lock()

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001  # raised again where it was asked for
            errors.append(error)
        finally:
            ended.release()

    # Thread does the same for more: its start waits until the thread runs, and then its end is
    # waited for; an executor makes a queue as well.
    ended.acquire()
    start_new_thread(run, ())
    ended.acquire()
    if errors:  # not kept: it leads to this frame, and both to all that was parsed
        raise errors.pop()
    return results.pop()
