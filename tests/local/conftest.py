"""One stack for all tests that only ask it something."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from numo_local.process import RunningStack, running_stack

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    with running_stack() as running:
        yield running
