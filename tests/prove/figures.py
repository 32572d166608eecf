"""docs/security-figures.md: a section for each kind of proof, replaced by whoever measured it."""

from __future__ import annotations

import platform
import re
from pathlib import Path

FILE = Path(__file__).parents[2] / "docs" / "security-figures.md"


def record(section: str, body: str) -> None:
    """Put ``body`` between the section's two marks."""
    text = FILE.read_text(encoding="utf-8")
    start, end = f"<!-- {section}: made by make prove -->", f"<!-- end of {section} -->"
    pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
    if len(pattern.findall(text)) != 1:
        raise ValueError(f"{FILE.name} has no section {section}")
    made = f"{start}\n{body}\n{end}"
    FILE.write_text(pattern.sub(lambda _: made, text), encoding="utf-8")


def machine() -> str:
    return f"Python {platform.python_version()}, {platform.machine()}"
