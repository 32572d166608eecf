"""The attribute that says who it is: nlEduPersonRealId, missing, doubled or in an odd writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import bad, good, table
from attack.scene import PUPIL, REALM
from attack.signed import ATTRIBUTES, add, signed, signed_table
from attack.sources import CORE, MAINKA, UTS_36

if TYPE_CHECKING:
    from collections.abc import Callable

    from attack.bench import Bench

_EMPTY = "nlEduPersonRealId is empty or has several values"
_SIDE = "nlEduPersonRealId with an empty side"
_SPACE = "nlEduPersonRealId with white space at a side"
_CONTROL = "a value with control signs"
_TURNS = "a sign that turns into another"
_LONG = "a value that is too long"
_TWICE = "nlEduPersonRealId occurs twice"
_WITHHELD = "the hub did not release nlEduPersonRealId"
_OURS = f"{PUPIL}@{REALM}"


def _values(*values: str) -> Callable[[Bench], bytes]:
    """A response of the hub with these values for a RealId."""
    return lambda bench: bench.made(attributes=scene.attributes(nlEduPersonRealId=list(values)))


def _named(name: str, more: str = "") -> str:
    """The pupil's RealId as an attribute of another name."""
    return (
        f'<saml:Attribute Name="{name}" {more}>'
        f"<saml:AttributeValue>{_OURS}</saml:AttributeValue></saml:Attribute>"
    )


def _without(*spoils: str) -> Callable[[Bench], bytes]:
    """A response without a RealId, to which other attributes are added."""
    added = [add(ATTRIBUTES, each) for each in spoils]
    attributes = scene.attributes(nlEduPersonRealId=None)
    return lambda bench: signed(bench, *added, attributes=attributes)


# Two values are two people; a side that is empty or trimmed is somebody else's.
table(
    __name__,
    f"{MAINKA}; {CORE} 2.7.3.1: attributes may have any number of values",
    "identity-refused",
    {
        "no-value": (_values(), _EMPTY),
        "an-empty-value": (_values(""), _EMPTY),
        "a-blank-value": (_values(" \t "), _EMPTY),
        "two-values": (_values(_OURS, f"140137@{REALM}"), _EMPTY),
        "the-same-value-twice": (_values(_OURS, _OURS), _EMPTY),
        "an-empty-value-beside": (_values("", _OURS), _EMPTY),
        "no-at": (_values(PUPIL), _SIDE),
        "no-code": (_values(f"@{REALM}"), _SIDE),
        "no-realm": (_values(f"{PUPIL}@"), _SIDE),
        "only-an-at": (_values("@"), _SIDE),
        "blank-sides": (_values(" @ "), _SIDE),
        "a-realm-behind-two-ats": (_values(f"{_OURS}@"), _SIDE),
        "space-before-the-at": (_values(f"{PUPIL} @{REALM}"), _SPACE),
        "space-behind-the-at": (_values(f"{PUPIL}@ {REALM}"), _SPACE),
        "no-break-space-before": (_values(f"\u00a0{_OURS}"), _SPACE),
        "no-break-space-within": (_values(f"140\u00a0136@{REALM}"), _SPACE),
        "ideographic-space-behind": (_values(f"{PUPIL}\u3000@{REALM}"), _SPACE),
        "en-quad-within-the-realm": (_values(f"{PUPIL}@pette\u2000flat"), _SPACE),
        "too-long": (_values(f"{'1' * 300}@{REALM}"), _LONG),
        "a-thousand-combining-marks": (_values(f"1{chr(0x301) * 1000}@{REALM}"), _LONG),
    },
)

# What cannot be seen makes two codes look alike to whoever compares them for support.
table(
    __name__,
    f"{UTS_36}; Boucher, Anderson, Trojan Source, USENIX Security 2023",
    "identity-refused",
    {
        "a-zero-width-space": (_values(f"140\u200b136@{REALM}"), _CONTROL),
        "a-zero-width-joiner": (_values(f"140\u200d136@{REALM}"), _CONTROL),
        "a-soft-hyphen": (_values(f"140\u00ad136@{REALM}"), _CONTROL),
        "a-byte-order-mark": (_values(f"\ufeff{_OURS}"), _CONTROL),
        "a-right-to-left-override": (_values(f"\u202e631041@{REALM}"), _CONTROL),
        "a-bidirectional-isolate": (_values(f"\u2066{PUPIL}\u2069@{REALM}"), _CONTROL),
        "a-line-end-within": (_values(f"140136\n@{REALM}"), _CONTROL),
        "a-tab-within": (_values(f"140\t136@{REALM}"), _CONTROL),
        "a-next-line": (_values(f"{PUPIL}\u0085@{REALM}"), _CONTROL),
        "a-line-separator": (_values(f"140\u2028136@{REALM}"), _CONTROL),
        "an-escape-of-a-terminal": (_values(f"\u009b31m{_OURS}"), _CONTROL),
        "a-tag-sign": (_values(f"{PUPIL}\U000e0031@{REALM}"), _CONTROL),
        "a-private-sign": (_values(f"{PUPIL}\ue000@{REALM}"), _CONTROL),
        "a-sign-that-is-none": (_values(f"{PUPIL}\ufdd0@{REALM}"), _CONTROL),
        "a-control-in-the-realm": (_values(f"{PUPIL}@{REALM}\u200b"), _CONTROL),
    },
)

# Normalised, these are other signs: the code of another pupil, in a writing of one's own.
table(
    __name__,
    "Unicode Standard Annex 15: singletons",
    "identity-refused",
    {
        "a-kelvin-sign": (_values(f"mic\u212a7strauss@{REALM}"), _TURNS),
        "a-kelvin-sign-in-the-realm": (_values(f"{PUPIL}@{REALM}\u212a"), _TURNS),
        "a-greek-question-mark": (_values(f"{PUPIL}\u037e@{REALM}"), _TURNS),
        "a-greek-varia": (_values(f"{PUPIL}\u1fef@{REALM}"), _TURNS),
    },
)

signed_table(
    __name__,
    f"{MAINKA}; {CORE} 2.7.3.1",
    "identity-refused",
    {
        "a-second-attribute-behind": (
            add(ATTRIBUTES, _named("nlEduPersonRealId").replace("140136", "140137")),
            _TWICE,
        ),
        "a-second-attribute-before": (
            add(ATTRIBUTES, _named("nlEduPersonRealId").replace("140136", "140137"), 0),
            _TWICE,
        ),
        "a-second-attribute-of-another-format": (
            add(ATTRIBUTES, _named("nlEduPersonRealId", 'NameFormat="urn:example"')),
            _TWICE,
        ),
    },
)


@bad(f"{MAINKA}; {CORE} 2.7.3", "identity-refused", _TWICE)
def a_second_statement(bench: Bench) -> bytes:
    """The first statement is read, or the last; each has another pupil."""
    second = f"<saml:AttributeStatement>{_named('nlEduPersonRealId')}</saml:AttributeStatement>"
    return signed(bench, add("{*}Assertion", second))


@bad(f"{CORE} 2.7.3.1.1: a value may hold elements", "identity-refused", _EMPTY)
def an_element_in_the_value(bench: Bench) -> bytes:
    """Text that is cut by an element is read to the cut, or through it."""
    value = f"<saml:AttributeValue>{PUPIL}<x/>7@{REALM}</saml:AttributeValue>"
    return _without(f'<saml:Attribute Name="nlEduPersonRealId">{value}</saml:Attribute>')(bench)


# Only the one name says who it is; whoever may set another attribute must not be believed.
table(
    __name__,
    f"{CORE} 2.7.3.1: names are compared to the letter",
    "realid-missing",
    {
        "missing": (_without(), _WITHHELD),
        "of-another-case": (_without(_named("nlEduPersonRealID")), _WITHHELD),
        "of-a-name-with-a-space": (_without(_named("nlEduPersonRealId ")), _WITHHELD),
        "of-a-name-with-a-line-end": (_without(_named("&#10;nlEduPersonRealId")), _WITHHELD),
        "of-a-longer-name": (_without(_named("urn:mace:nlEduPersonRealId")), _WITHHELD),
        "of-a-look-alike-name": (_without(_named("nlEduPersonRe\u0430lId")), _WITHHELD),
        "by-a-friendly-name-only": (
            _without(_named("urn:oid:1.2.3", 'FriendlyName="nlEduPersonRealId"')),
            _WITHHELD,
        ),
        "the-profile-id-only": (_without(_named("nlEduPersonProfileId")), _WITHHELD),
    },
)


@bad(f"{CORE} 2.7.3", "realid-missing", _WITHHELD)
def an_attribute_of_an_attribute(bench: Bench) -> bytes:
    """An attribute within another's value is that value, and nobody's attribute."""
    inner = _named("nlEduPersonRealId")
    outer = f"<saml:AttributeValue>{inner}</saml:AttributeValue>"
    return _without(f'<saml:Attribute Name="note">{outer}</saml:Attribute>')(bench)


@good("Entree, nlEduPersonRealId: a user id, and behind the last sign its realm")
def two_ats(bench: Bench) -> bytes:
    """The last one divides, so that the code keeps its own."""
    return _values(f"{scene.MAIL}@{REALM}")(bench)


@good("XML 1.0 2.10: white space that a program prints around a value")
def printed_on_lines_of_its_own(bench: Bench) -> bytes:
    """A hub that indents its XML signs the indentation with it."""
    return _values(f"\n      {_OURS}\n    ")(bench)


@good("Unicode Standard Annex 15: NFC and NFD are the same text")
def a_diacritic_in_two_signs(bench: Bench) -> bytes:
    """An Apple in the school composes otherwise than the roster."""
    return _values(f"cafe\u0301@{REALM}")(bench)


@good("RFC 8265 3.3: user names whose case does not matter")
def capitals(bench: Bench) -> bytes:
    """An elo that prints its codes in capitals means the same pupil."""
    return _values(f"MICK7STRAUSS@{REALM.upper()}")(bench)
