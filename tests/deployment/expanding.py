"""The templates as SAM expands them, by its translator in ``.venv-checkov``."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest

from deployment.deployed import NESTED, ROOT, TEMPLATE

WRITTEN = {"": TEMPLATE, **{n: each for n, each in NESTED.items() if "Transform" in each}}
"""Every template that SAM expands, by the name of its stack; the root has none."""


def expand() -> dict[str, dict[str, Any]]:
    """Each template as CloudFormation gets it, by the name of its stack."""
    interpreter = ROOT / ".venv-checkov/bin/python"
    if not interpreter.exists():
        if os.environ.get("CI"):
            pytest.fail("SAM's translator is not installed, and CI never goes without it")
        pytest.skip("SAM's translator is not installed: make .venv-checkov/.ready")
    done = subprocess.run(  # noqa: S603  # our own arguments
        [str(interpreter), str(ROOT / "tests/deployment/expand.py")],
        input=json.dumps(WRITTEN),
        env={**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"},  # it has nothing to ask AWS
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return made
