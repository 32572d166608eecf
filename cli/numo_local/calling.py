"""How to call the command again."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path


def command() -> str:
    """The way in which it was called, if it was by its name: it is seldom on the PATH."""
    called = sys.argv[0]
    return shlex.quote(called) if Path(called).name == "numo-sso" else ".venv/bin/numo-sso"
