"""RelayState: it comes back from the hub, anybody can write it, and it has no say in anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack.bench import form_of
from attack.case import Seen, story_table
from attack.sources import DIRECTUS

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Play


def _related(relay_state: str) -> tuple[Play, str]:
    """A login whose RelayState this is: it lands where its own start said."""

    def play(bench: Bench) -> Seen:
        tab = bench.second_tab("?target=/lesson")
        seen = tab.post(form_of(tab.good(), relay_state))
        assert seen.location == f"{bench.arena.entrance_url}/lesson", seen.location
        return seen

    return play, ""


story_table(
    __name__,
    f"{DIRECTUS}; SAML 2.0 Bindings 3.5.3",
    "logged-in",
    {
        "a-url": _related("https://evil.example/"),
        "two-slashes": _related("//evil.example"),
        "backslashes": _related("\\\\evil.example"),
        "a-script": _related("javascript:alert(1)"),
        "a-page-of-data": _related("data:text/html,<script>alert(1)</script>"),
        "a-header": _related("x\r\nLocation: https://evil.example\r\n\r\n"),
        "another-path": _related("/elsewhere"),
        "a-nul": _related("\0"),
        "markup": _related('"><script>alert(1)</script>'),
        "another-flows-id": _related("_0123456789abcdefghijkl"),
        "of-five-thousand-bytes": _related("x" * 5000),
        "signs-of-every-script": _related("\u202e\u0627\u4e2d\U0001f600\u200b"),
    },
)
