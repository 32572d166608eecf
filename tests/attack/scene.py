"""The schools and people that every arena of the corpus has, and who vouches for them."""

from __future__ import annotations

from kit import world
from kit.world import AUTHORITY, HUB, REALM, SSO_URL, hub_key

__all__ = ["AUTHORITY", "HUB", "REALM", "SSO_URL", "hub_key"]

ENTRANCE = "aanval"
NAME = "Aanval College"
BRIN = "33QQ"
PUPIL = "140136"
TEACHER = "docbon"
"""Staff."""
LETTERS = "mick7strauss"
"""A pupil whose code has letters that others look like, fold to, or are written by."""
CAFE = "caf\u00e9"
"""A pupil whose code has a diacritic, in NFC as the roster keeps it."""
MAIL = "p.puk@aanval.example"
"""A pupil whose code has a sign that a RealId has too."""
GONE = "900001"
"""A pupil that the roster has disabled."""
NEIGHBOUR = "buren"
NEIGHBOUR_NAME = "Geheime Buren"
NEIGHBOUR_BRIN = "44RR"
NEIGHBOUR_GIVEN_NAME = "Zonnestraal"
NEIGHBOUR_AUTHORITY = "https://buren.example/idp"
NEIGHBOUR_REALM = "burencollege"

ATTRIBUTES: dict[str, list[str]] = {
    **world.ATTRIBUTES,
    "nlEduPersonHomeOrganizationId": [BRIN],
    "nlEduPersonHomeOrganization": [NAME],
    "nlEduPersonRealId": [f"{PUPIL}@{REALM}"],
}

PERSONAL = (PUPIL, "Pietje", "9f86d081884c7d65")
"""What must be in no log."""


def attributes(**changes: list[str] | None) -> dict[str, list[str]]:
    """The attributes with some replaced; None leaves one out."""
    merged = {**ATTRIBUTES, **changes}
    return {name: values for name, values in merged.items() if values is not None}
