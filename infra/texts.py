"""What support and its command say in English, found in the code, and the Dutch of it.

The English stands where it is said; ``locale/nl.po`` has the Dutch by it, for people to write;
``locale/nl.mo`` is made of that, for gettext to read. A test holds the three together.

Typer's own words around the command are a third speaker: what it marks for gettext has its Dutch
here, and a new version's texts are found as ours are.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
_OURS = {
    "say": None,
    "later": None,
    "counted": (1, 2),
    # Why metadata is refused: what knows of no support, which shows it.
    "MetadataRefused": (2,),
    "Code": (3,),
    "Sayable": None,
    "OddSignature": None,
}


@dataclass(frozen=True)
class Speaker:
    """Python files that have texts, and where the Dutch of them is."""

    name: str
    code: tuple[Path, ...]
    """Directories, and files besides."""
    dutch: Path
    """The ``.po``; the ``.mo`` is beside it."""
    marks: Mapping[str, tuple[int, ...] | None]
    """By which functions a text is known, and which of their arguments are texts."""


def _our(name: str, package: str, *code: str) -> Speaker:
    return Speaker(
        name, tuple(ROOT / each for each in code), ROOT / package / "locale/nl.po", _OURS
    )


def _typer() -> Speaker:
    spec = find_spec("typer")
    assert spec  # noqa: S101  # it is in the lock file
    assert spec.origin  # noqa: S101
    # Where gettext looks for the texts of a domain `typer`.
    dutch = ROOT / "cli/numo_cli/locale/nl/LC_MESSAGES/typer.po"
    return Speaker("typer", (Path(spec.origin).parent,), dutch, {"_": None})


SPEAKERS = (
    _our("support", "functions/numo_sso/support", "functions"),
    # The local stack's pages have words of their own; its command is one of numo-sso's.
    _our("command", "cli/numo_cli", "cli/numo_cli", "cli/numo_local/command.py"),
    _typer(),
)


def found(speaker: Speaker) -> Catalog:
    """Every text of its Python files, without any Dutch."""
    catalog = Catalog()
    for path in speaker.code:
        for texts in _texts(path, speaker.marks):
            catalog.add(texts)
    return catalog


def _texts(path: Path, marks: Mapping[str, tuple[int, ...] | None]) -> list[str | tuple[str, ...]]:
    if path.is_dir():
        return [each for _, _, each, _, _ in extract_from_dir(path, keywords=marks)]
    return [each for _, each, _, _ in extract_from_file("python", path, marks)]


def written(speaker: Speaker) -> Catalog:
    """The Dutch as it was written; empty where there is none yet."""
    if not speaker.dutch.exists():
        return Catalog(locale="nl")
    with speaker.dutch.open("rb") as file:
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


def bring_together(speaker: Speaker) -> list[str]:
    """Write both files anew from the code and the Dutch so far; what still has none."""
    catalog = written(speaker)
    catalog.update(found(speaker), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    speaker.dutch.parent.mkdir(parents=True, exist_ok=True)
    with speaker.dutch.open("wb") as file:
        write_po(file, catalog, no_location=True, omit_header=True, sort_output=True, width=0)
    speaker.dutch.with_suffix(".mo").write_bytes(compiled(catalog))
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
