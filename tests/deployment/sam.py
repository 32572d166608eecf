"""The command ``sam``, at the version that deploys, in an environment of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAM_VERSION = "1.170.0"
SAM = f"aws-sam-cli=={SAM_VERSION}"
"""It pins an older boto3 than ours."""


def find_sam() -> list[str]:
    """How to run it. Without uv, or without a network to fetch it by, there is none: a skip."""
    uv = shutil.which("uv") or str(Path(sys.executable).parent / "uv")
    command = [uv, "tool", "run", "--from", SAM, "sam"]
    environ = {**os.environ, "SAM_CLI_TELEMETRY": "0"}
    if Path(uv).exists():
        tried = subprocess.run(  # noqa: S603  # our own arguments
            [*command, "--version"], env=environ, capture_output=True, check=False
        )
        if tried.returncode == 0:
            return command
    if os.environ.get("CI"):
        pytest.fail(f"{SAM} cannot be run here, and CI never goes without it")
    pytest.skip(f"{SAM} cannot be run here: it needs uv, and a network the first time")
