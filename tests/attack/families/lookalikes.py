"""Codes that look like a pupil's, fold to it, or contain it, and are not it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import table
from attack.scene import LETTERS, PUPIL, REALM
from attack.sources import DJANGO, UTS_36, UTS_39

if TYPE_CHECKING:
    from attack.case import Make

_UNKNOWN = "no user with this persoonscode"


def _code(code: str) -> tuple[Make, str]:
    attributes = scene.attributes(nlEduPersonRealId=[f"{code}@{REALM}"])
    return (lambda bench: bench.made(attributes=attributes)), _UNKNOWN


# A pupil whose school lets them choose a code must not choose a classmate's by its looks.
table(
    __name__,
    f"{UTS_39}; {UTS_36}",
    "user-unknown",
    {
        "cyrillic-letters": _code(LETTERS.replace("c", "\u0441")),
        "greek-letters": _code(LETTERS.replace("i", "\u03b9")),
        "fullwidth-digits": _code("\uff11\uff14\uff10\uff11\uff13\uff16"),
        "arabic-digits": _code("\u0661\u0664\u0660\u0661\u0663\u0666"),
        "mathematical-digits": _code("\U0001d7cf4\U0001d7ce1\U0001d7d1\U0001d7d4"),
        "a-superscript-digit": _code("14013\u2076"),
        "a-circled-digit": _code("\u246040136"),
        "a-letter-for-a-digit": _code("l40136"),
        "a-visible-nul": _code(f"{PUPIL}\u2400"),
        "a-combining-mark": _code(f"{PUPIL}\u0301"),
        "a-variation-selector": _code(f"{PUPIL}\ufe0f"),
        "a-hangul-filler": _code(f"{PUPIL}\u3164"),
        "a-diacritic-left-out": _code("cafe"),
        "another-diacritic": _code("caf\u00e8"),
    },
)

# Case mapping must not make one code of two.
table(
    __name__,
    DJANGO,
    "user-unknown",
    {
        "a-sharp-s": _code("mick7strau\u00df"),
        "a-capital-sharp-s": _code("MICK7STRAU\u1e9e"),
        "a-long-s": _code("mick7\u017ftrauss"),
        "a-dotless-i": _code("m\u0131ck7strauss"),
        "a-dotted-capital-i": _code("M\u0130CK7STRAUSS"),
        "a-ligature": _code("mick7\ufb06rauss"),
        "fullwidth-letters": _code("\uff4dick7strauss"),
    },
)

# Nothing is added to a code, left out of it, or made of it as a pattern.
table(
    __name__,
    "OWASP Testing Guide 4.7, Input Validation Testing",
    "user-unknown",
    {
        "leading-zeros": _code(f"0{PUPIL}"),
        "leading-zeros-left-out": _code(PUPIL[1:]),
        "a-sign": _code(f"+{PUPIL}"),
        "decimals": _code(f"{PUPIL}.0"),
        "an-exponent": _code("1.40136e5"),
        "a-comma-list": _code(f"{PUPIL},{LETTERS}"),
        "a-pattern": _code("*"),
        "a-query-of-sql": _code("' OR '1'='1"),
        "a-query-of-ldap": _code("*)(uid=*"),
        "an-operator-of-a-document-store": _code('{"$ne": ""}'),
        "a-placeholder": _code("{0.__class__}"),
        "a-template": _code("{{7*7}}"),
        "a-script": _code("<script>alert(1)</script>"),
        "a-path": _code(f"../{scene.NEIGHBOUR}/{PUPIL}"),
        "another-entrance-before": _code(f"{scene.NEIGHBOUR}#{PUPIL}"),
        "a-separator-of-keys": _code(f"persoonscode#{PUPIL}"),
        "the-realm-within": _code(f"{PUPIL}@{REALM}"),
        "one-of-a-kind-that-cannot-be-stored": _code("1" * 200),
    },
)
