"""Settings for every test, and one stack for all tests that only ask it something."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from numo_local.process import RunningStack, running_stack

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the command says in a process of its own is English here, as in this process, whatever the
# developer's locale is.
os.environ["LANGUAGE"] = "en"

# No test fails for being slow: machines differ. Runs repeat exactly; `make prove` explores.
settings.register_profile(
    "repeatable", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """A running stack, started once in each worker."""
    with running_stack() as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest story first: what one worker takes minutes for, the other must not wait for."""
    items.sort(key=lambda item: item.path.name != "test_august.py")
