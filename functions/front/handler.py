"""``front``: gives a page to what the gateway answers by itself, before or instead of our code.

It runs in CloudFront (Lambda@Edge, origin response), where there are no environment variables and
no libraries of ours; an exception here would cost the answer. So it is one module, without imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS = "content-security-policy"
"""Every answer of our code has this header, and no answer of the gateway's own."""

_BUSY = (
    "Het is even te druk",
    (
        "Er willen nu heel veel mensen tegelijk inloggen. Wacht een halve minuut en klik dan"
        " opnieuw op Numo in je elo. Lukt het na een paar keer nog niet? Vertel het je docent."
    ),
    "It is too busy for a moment",
    (
        "Very many people want to log in right now. Wait half a minute, then click Numo in your elo"
        " again. Does it still not work after a few tries? Tell your teacher."
    ),
)
_AWAY = (
    "Inloggen lukt nu niet",
    "Dat ligt aan ons, niet aan jou. Probeer het over een paar minuten opnieuw vanuit je elo.",
    "You cannot log in right now",
    "It is our fault, not yours. Try again from your elo in a few minutes.",
)
_COOKIES = (
    "Je browser bewaart te veel cookies",
    (
        "Je browser stuurt zo veel cookies mee dat we je verzoek niet kunnen lezen. Verwijder de"
        " cookies van deze site, of open Numo in een privévenster."
    ),
    "Your browser keeps too many cookies",
    (
        "Your browser sends so many cookies that we cannot read your request. Clear the"
        " cookies of this site, or open Numo in a private window."
    ),
)
_LARGE = (
    "Dit is te groot om te ontvangen",
    (
        "Er kwam meer binnen dan bij inloggen hoort. Klik opnieuw op Numo in je elo."
        " Gebeurt het weer? Vertel het je docent."
    ),
    "This is too large to receive",
    (
        "More came in than belongs to a login. Click Numo in your elo again. Does it happen"
        " again? Tell your teacher."
    ),
)
WORDS = {"413": _LARGE, "429": _BUSY, "431": _COOKIES, "500": _AWAY, "503": _AWAY, "504": _AWAY}
"""By status: title and text in Dutch, and the same in English."""

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}


def page(status: str) -> str:
    """The page of one of the statuses in ``WORDS``, in both languages."""
    title, text, titel, english = WORDS[status]
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{title}</title><style>body{{font:1.1rem/1.6 system-ui,sans-serif;"
        "max-width:34rem;margin:12vh auto;padding:0 1.25rem}h1{font-size:1.5rem}"
        "section{margin-top:3rem}</style></head><body>"
        f'<main><h1>{title}</h1><p>{text}</p><section lang="en"><h2>{titel}</h2><p>{english}</p>'
        "</section></main></body></html>"
    )


def handler(event: Mapping[str, Any], _context: object) -> Any:
    """Answer an origin response: as it is, or with a page where a browser would see bare JSON."""
    record = event["Records"][0]["cf"]
    response, headers = record["response"], record["response"]["headers"]
    accept = "".join(each["value"] for each in record["request"]["headers"].get("accept", ()))
    if response["status"] not in WORDS or OURS in headers or "text/html" not in accept:
        return response
    ours = {name.lower(): [{"key": name, "value": value}] for name, value in HEADERS.items()}
    return {**response, "headers": {**headers, **ours}, "body": page(response["status"])}
