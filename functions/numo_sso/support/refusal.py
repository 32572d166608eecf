"""How an action says no."""

from __future__ import annotations

from typing import Any


class SupportRefusal(Exception):  # noqa: N818  # the answer to a request, not a bug
    """An action that is not done. The code is stable; the hint says what to do about it."""

    def __init__(
        self, code: str, message: str, hint: str, details: dict[str, Any] | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.hint = hint
        self.details = details or {}
