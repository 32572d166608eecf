"""One emulator a run of the tests; each test has tables of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from race.emulator import PROGRAM, running_emulator

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of an emulator that serves."""
    if not PROGRAM.exists():
        missing = "no emulator: make .venv-ministack/.ready installs it"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)
    with running_emulator(tmp_path_factory.mktemp("ministack")) as endpoint:
        yield endpoint
