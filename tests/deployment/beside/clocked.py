"""The login as it is built, with a clock that each event sets: its ``now``, seconds since 1970.

It lies beside the runtime's client, and takes the place of ``sso.handler`` in an instance whose
five minutes are not to last five minutes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from edge.aws.clients import ShortWays
from edge.http import decode, encode
from edge.settings import Settings
from sso.handler import build

if TYPE_CHECKING:
    from collections.abc import Mapping


class Hands:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


_clock = Hands()
_app = build(Settings.from_environ(os.environ), ShortWays(os.environ), _clock)


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request at its hour."""
    _clock.now = event["now"]
    return encode(_app.handle(lambda: decode(event)))
