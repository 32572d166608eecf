"""The shape of every answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numo_sso.support.refusal import SupportRefusal


@dataclass(frozen=True)
class Answer:
    """What an action did, or under ``dry_run`` would do."""

    message: str
    changes: list[str] = field(default_factory=list)
    next_steps: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)

    def encode(self, action: str, *, dry_run: bool) -> dict[str, Any]:
        return {
            "ok": True,
            "action": action,
            "message": self.message,
            "changes": self.changes,
            "next_steps": self.next_steps,
            "data": self.data,
            "dry_run": dry_run,
        }


def encode_refusal(refusal: SupportRefusal) -> dict[str, Any]:
    """A coded error; ``details`` is there where a program can do something with it."""
    error: dict[str, Any] = {
        "code": refusal.code,
        "message": refusal.message,
        "hint": refusal.hint,
    }
    return {"ok": False, "error": error | ({"details": refusal.details} if refusal.details else {})}
