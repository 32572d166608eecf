"""docs/security-figures.md: a section for each kind of proof, replaced by whoever measured it."""

from __future__ import annotations

import platform
import re
from pathlib import Path

FILE = Path(__file__).parents[2] / "docs" / "security-figures.md"


def record(section: str, body: str) -> None:
    """Put ``body`` between the section's two marks."""
    before, _, after = _around(section)
    FILE.write_text(f"{before}\n{body}\n{after}", encoding="utf-8")


def recorded(section: str) -> str:
    """What stands between the section's two marks."""
    return _around(section)[1]


def _around(section: str) -> tuple[str, str, str]:
    """The text up to a section, with its first mark; what is in it; and the rest, with its last."""
    text = FILE.read_text(encoding="utf-8")
    start, end = f"<!-- {section}: made by make prove -->", f"<!-- end of {section} -->"
    pattern = re.compile(f"(.*{re.escape(start)})\n(.*)\n({re.escape(end)}.*)", re.DOTALL)
    found = pattern.fullmatch(text)
    if found is None:
        raise ValueError(f"{FILE.name} has no section {section}")
    before, inside, after = found.groups()
    return before, inside, after


def machine() -> str:
    return f"Python {platform.python_version()}, {platform.machine()}"
