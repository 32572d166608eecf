"""The school's number: nlEduPersonHomeOrganizationId, and that of a location beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attack import scene
from attack.case import bad, good, table
from attack.scene import BRIN, NEIGHBOUR_BRIN
from attack.signed import ATTRIBUTES, add, signed
from attack.sources import CORE, DJANGO, MAINKA

if TYPE_CHECKING:
    from attack.bench import Bench
    from attack.case import Make

_BRIN = "nlEduPersonHomeOrganizationId"
_BRANCH = "nlEduPersonHomeOrganizationBranchId"
_NONE = f"{_BRIN} is no BRIN"
_EMPTY = f"{_BRIN} is empty or has several values"
_CONTROL = "a value with control signs"


def _brins(*values: str, branch: list[str] | None = None) -> Make:
    changes = {_BRIN: list(values) if values else None, _BRANCH: branch}
    return lambda bench: bench.made(attributes=scene.attributes(**changes))


# Which school a login belongs to decides whose accounts it may open.
table(
    __name__,
    "DUO, BRIN: two digits, two letters, and two digits of a location",
    "identity-refused",
    {
        "empty": (_brins(""), _EMPTY),
        "blank": (_brins("  "), _EMPTY),
        "two-schools": (_brins(BRIN, NEIGHBOUR_BRIN), _EMPTY),
        "of-three-signs": (_brins(BRIN[:3]), _NONE),
        "of-five-signs": (_brins(f"{BRIN}0"), _NONE),
        "of-seven-signs": (_brins(f"{BRIN}000"), _NONE),
        "of-two-schools-in-one": (_brins(f"{BRIN},{NEIGHBOUR_BRIN}"), _NONE),
        "with-a-space-within": (_brins(f"{BRIN} 00"), _NONE),
        "letters-first": (_brins("QQ33"), _NONE),
        "a-pattern": (_brins("33??"), _NONE),
        "a-separator-of-keys": (_brins(f"{BRIN}#x"), _NONE),
        "a-no-break-space-behind": (_brins(f"{BRIN}\u00a0"), _NONE),
        "a-line-within": (_brins("33\nQQ"), _CONTROL),
        "a-zero-width-space": (_brins(f"{BRIN}\u200b"), _CONTROL),
        "too-long": (_brins(BRIN * 100), "a value that is too long"),
        "a-branch-of-another-school": (
            _brins(BRIN, branch=[f"{NEIGHBOUR_BRIN}00"]),
            "a location of another school",
        ),
        "a-school-of-another-branch": (
            _brins(NEIGHBOUR_BRIN, branch=[f"{BRIN}00"]),
            "a location of another school",
        ),
        "a-branch-that-is-none": (_brins(BRIN, branch=["main"]), f"{_BRANCH} is no BRIN"),
        "a-school-that-is-none": (_brins("?", branch=[f"{BRIN}00"]), _NONE),
        "an-empty-branch": (
            _brins(BRIN, branch=[""]),
            f"{_BRANCH} is empty or has several values",
        ),
        "two-branches": (
            _brins(BRIN, branch=[f"{BRIN}00", f"{BRIN}01"]),
            f"{_BRANCH} is empty or has several values",
        ),
    },
)

# Signs that become a BRIN's letters or digits when they are upper-cased or read as numbers.
table(
    __name__,
    DJANGO,
    "identity-refused",
    {
        "a-sharp-s": (_brins("33\u00df"), _NONE),
        "long-s": (_brins("33\u017f\u017f"), _NONE),
        "a-dotless-i": (_brins("33q\u0131"), _NONE),
        "a-ligature": (_brins("33\ufb00"), _NONE),
        "fullwidth-letters": (_brins("33\uff31\uff31"), _NONE),
        "fullwidth-digits": (_brins("\uff13\uff13QQ"), _NONE),
        "arabic-digits": (_brins("\u0663\u0663QQ"), _NONE),
        "a-kelvin-sign": (_brins("33Q\u212a"), "a sign that turns into another"),
        "a-cyrillic-letter": (_brins("33\u0425Q"), _NONE),
        "a-combining-mark": (_brins(f"{BRIN}\u0301"), _NONE),
    },
)


@bad("Entree, standard attributes", "brin-missing", "no BRIN among the attributes")
def missing(bench: Bench) -> bytes:
    """A pupil of no school is not a pupil of the school whose code they have."""
    return bench.made(attributes=scene.attributes(nlEduPersonHomeOrganizationId=None))


@bad("Entree, standard attributes", "brin-unknown", "BRIN")
def of_no_customer(bench: Bench) -> bytes:
    """A school that support never heard of is told so, and nothing of others."""
    return bench.made(attributes=scene.attributes(nlEduPersonHomeOrganizationId=["99ZZ"]))


@bad(f"{MAINKA}; {CORE} 2.7.3.1", "identity-refused", f"{_BRIN} occurs twice")
def a_second_attribute(bench: Bench) -> bytes:
    """The school of the first, or of the last."""
    value = f"<saml:AttributeValue>{NEIGHBOUR_BRIN}</saml:AttributeValue>"
    return signed(
        bench, add(ATTRIBUTES, f'<saml:Attribute Name="{_BRIN}">{value}</saml:Attribute>')
    )


@good("DUO, BRIN: letters are letters in either case")
def in_small_letters(bench: Bench) -> bytes:
    """Elos write it as the school once typed it."""
    return bench.made(attributes=scene.attributes(nlEduPersonHomeOrganizationId=[BRIN.lower()]))


@good("XML 1.0 2.10: white space that a program prints around a value")
def with_spaces_around(bench: Bench) -> bytes:
    """A hub that indents its XML signs the indentation with it."""
    value = f"\n        {BRIN}\n      "
    return bench.made(attributes=scene.attributes(nlEduPersonHomeOrganizationId=[value]))


@good("DUO, BRIN: six signs name a location")
def with_its_location(bench: Bench) -> bytes:
    """A location that has no entrance of its own is at the school's."""
    return bench.made(attributes=scene.attributes(nlEduPersonHomeOrganizationId=[f"{BRIN}00"]))


@good("Entree, nlEduPersonHomeOrganizationBranchId")
def a_branch_beside(bench: Bench) -> bytes:
    """The location beside the school's own number."""
    attributes = scene.attributes(nlEduPersonHomeOrganizationBranchId=[f"{BRIN}02"])
    return bench.made(attributes=attributes)
