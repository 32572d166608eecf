"""What a link may suggest about the school: it picks from our list, and adds nothing to it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit
from zlib import decompress

from lxml import etree

from attack.case import Seen, story_table

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Play


def _hinted(name: str, value: str) -> tuple[Play, str]:
    """A start with this hint: the hub is asked for no provider, and told nothing of it."""

    def play(bench: Bench) -> Seen:
        seen = bench.get(f"/v1/sso?{name}={quote(value, safe='')}")
        query = parse_qs(urlsplit(seen.location).query)
        document = etree.fromstring(decompress(base64.b64decode(query["SAMLRequest"][0]), -15))
        assert document.find("{*}Scoping") is None
        assert value not in etree.tostring(document, encoding="unicode")
        assert "Signature" in query
        return seen

    return play, ""


# A provider of the attacker's choice would be one that the attacker speaks by.
story_table(
    __name__,
    "SAML 2.0 Core 3.4.1.2 and 3.4.1.5: Scoping, IDPList",
    "started",
    {
        "a-provider-that-is-not-listed": _hinted("idp", "https://evil.example/idp"),
        "a-part-of-a-provider": _hinted("idp", "magister.example"),
        "a-provider-of-markup": _hinted("idp", '"/><samlp:IDPEntry ProviderID="x'),
        "a-school-of-a-path": _hinted("school", "../petteflat"),
        "a-school-of-a-pattern": _hinted("school", "*"),
        "a-school-of-signs-beyond-ascii": _hinted("school", "p\u0435tteflat"),
        "a-brin-of-a-pattern": _hinted("brin", "%"),
        "a-brin-of-sql": _hinted("brin", "' OR 1=1 --"),
        "a-brin-that-upper-cases-to-another": _hinted("brin", "33\u00df"),
        "a-hint-of-seven-thousand-signs": _hinted("idp", "x" * 7000),
    },
)
