"""What support and its command say in English, found in the code, and the Dutch of it.

The English stands where it is said; ``locale/nl.po`` has the Dutch by it, for people to write;
``locale/nl.mo`` is made of that, for gettext to read. A test holds the three together.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SPEAKERS = (ROOT / "functions/numo_sso/support", ROOT / "cli/numo_cli")
"""Directories that each have texts of their own."""
_MARKS = {"say": None, "later": None, "counted": (1, 2)}
"""By which functions a text is known, and which of their arguments are texts."""


def found(speaker: Path) -> Catalog:
    """Every text of the Python files below ``speaker``, without any Dutch."""
    catalog = Catalog()
    for _, _, texts, _, _ in extract_from_dir(speaker, keywords=_MARKS):
        catalog.add(texts)
    return catalog


def written(speaker: Path) -> Catalog:
    """The Dutch as it was written; empty where there is none yet."""
    path = speaker / "locale/nl.po"
    if not path.exists():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def compiled(catalog: Catalog) -> bytes:
    """What gettext reads; without a time, so that the same texts make the same bytes."""
    never = datetime.fromtimestamp(0, UTC)
    plain = Catalog(locale="nl", creation_date=never, revision_date=never)
    for message in catalog:
        if message.id:
            plain.add(message.id, message.string)
    file = BytesIO()
    write_mo(file, plain)
    return file.getvalue()


def bring_together(speaker: Path) -> list[str]:
    """Write both files anew from the code and the Dutch so far; what still has none."""
    catalog = written(speaker)
    catalog.update(found(speaker), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    directory = speaker / "locale"
    directory.mkdir(exist_ok=True)
    with (directory / "nl.po").open("wb") as file:
        write_po(file, catalog, no_location=True, omit_header=True, sort_output=True, width=0)
    (directory / "nl.mo").write_bytes(compiled(catalog))
    return [str(each.id) for each in catalog if each.id and not all(strings(each.string))]


def strings(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """One text, or both of a text that counts; an empty one where there is none."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def main() -> int:
    """The number of texts without Dutch is the exit code's reason."""
    missing = [each for speaker in SPEAKERS for each in bring_together(speaker)]
    sys.stdout.writelines(f"no Dutch yet: {each}\n" for each in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
