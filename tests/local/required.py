"""What a test needs of the machine: here it skips without, in CI it fails."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping


def required_program(name: str, package: str) -> str:
    """Return the path of a program that this machine must have."""
    return found(shutil.which(name), name, package)


def required_folder(path: Path, package: str) -> Path:
    """Return a folder that this machine must have."""
    return Path(found(str(path) if path.is_dir() else None, str(path), package))


def found(
    path: str | None, what: str, package: str, environ: Mapping[str, str] = os.environ
) -> str:
    """Return ``path``; where there is none, skip with the reason, or in CI fail with it."""
    if path is not None:
        return path
    reason = f"{what} is not on this machine: apt-get install {package}"
    if environ.get("CI") == "true":
        pytest.fail(f"{reason} (CI skips nothing)")
    pytest.skip(reason)
