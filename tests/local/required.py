"""What a test needs of the machine: here it skips without, in CI it fails."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def required_program(name: str, package: str) -> str:
    """Return the path of a program that this machine must have."""
    return found(shutil.which(name), name, package)


def required_folder(path: Path, package: str) -> Path:
    """Return a folder that this machine must have."""
    return Path(found(str(path) if path.is_dir() else None, str(path), package))


def found(path: str | None, what: str, package: str) -> str:
    if path is not None:
        return path
    reason = f"{what} is not on this machine: apt-get install {package}"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}, which CI never skips")
    pytest.skip(reason)
