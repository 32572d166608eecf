"""A DynamoDB for tests, and what was asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numo_sso.storage.tables import TableNames, Tables


@dataclass
class Aws:
    """A DynamoDB client, the tables bound to it, and every call that was made by it."""

    client: Any
    tables: Tables
    names: TableNames
    calls: list[str] = field(default_factory=list)
