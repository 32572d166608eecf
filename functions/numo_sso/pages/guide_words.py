"""The form of the school guide's words. Both languages have the same sections, in one order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of the guide.

    In its text ``{name}`` stands for an address of the deployment, words between backticks are set
    as code, and ``[words](name)`` is a link to an address.
    """

    id: str
    """Its anchor, the same in every language: outcome pages lead to it."""
    title: str
    says: tuple[str | tuple[str, ...], ...]
    """Paragraphs; a tuple among them is a list."""


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The guide in one language."""

    title: str
    lead: str
    contents: str
    button: str
    """What stands beside the picture of the button."""
    sections: tuple[Section, ...]
    school: str
    """The school of the examples, as an entrance is written."""
