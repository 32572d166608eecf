"""How long things are kept, for those who write them and those who count them, in seconds."""

from __future__ import annotations

DAY = 86_400
TRACE_SECONDS = 14 * DAY
