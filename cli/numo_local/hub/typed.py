"""The reference identity provider's form: attributes as somebody types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.datastructures import MultiDict

ATTRIBUTES: Mapping[str, str] = {
    "nlEduPersonHomeOrganizationId": "BRIN, 4 or 6 characters",
    "nlEduPersonHomeOrganizationBranchId": "BRIN of the location, 6 characters",
    "nlEduPersonHomeOrganization": "Name of the school",
    "nlEduPersonRealId": "Login name in the elo @ realm",
    "eduPersonAffiliation": "student, employee, staff or affiliate",
    "givenName": "Given name",
    "nlEduPersonTussenvoegsels": "Infix, such as “van der”",
    "sn": "Surname",
    "mail": "Mail address",
    "uid": "Pseudonym @ realm",
    "nlEduPersonProfileId": "Profile",
    "eckId": "ECK iD",
    "nlEduPersonUnit": "Class",
}
"""Every attribute of the form, with what it holds."""
AUTHORITY = "authority"
MORE = "more"


def read_typed(form: MultiDict[str, str]) -> dict[str, Sequence[str]]:
    """Take the attributes from the form: one value a line, and no attribute without a value."""
    typed = {name: _lines(form.get(name, "")) for name in ATTRIBUTES}
    for line in _lines(form.get(MORE, "")):
        name, _, value = line.partition("=")
        typed.setdefault(name.strip(), []).append(value.strip())
    return {name: values for name, values in typed.items() if name and values}


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]
