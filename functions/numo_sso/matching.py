"""From an identity to exactly one account, or to a refusal. Nothing is ever guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numo_sso.codes import normalise_code
from numo_sso.outcomes import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numo_sso.saml.identity import Identity
    from numo_sso.schools import Candidate, SchoolUser

STAFF_ROLES = frozenset({"teacher", "staff"})
STAFF_AFFILIATIONS = frozenset({"employee", "staff"})
_STUDENT = "student"

RosterKey = tuple[str, str, str]
"""Entrance, kind of code, and the code, normalised."""


def roster_keys(candidates: tuple[Candidate, ...], identity: Identity) -> list[RosterKey]:
    """Where this login could be found: once at each candidate, by that entrance's own rule."""
    code = normalise_code(identity.code)
    return [(school.entrance, school.match_rule.value, code) for school in candidates]


def match_user(
    school: Candidate, identity: Identity, found: Mapping[str, SchoolUser]
) -> SchoolUser:
    """The account at ``school`` that this login opens.

    Raises:
        Refused: ``user-unknown``, ``user-elsewhere``, ``user-disabled`` or ``role-differs``.
    """
    user = found.get(school.entrance)
    if user is None:
        if found:
            raise Refused("user-elsewhere", "at another entrance of the same BRIN")
        raise Refused("user-unknown", f"no user with this {school.match_rule.value}")
    if not user.active:
        raise Refused("user-disabled", "disabled in the roster")
    _check_role(user, identity)
    return user


def _check_role(user: SchoolUser, identity: Identity) -> None:
    """Pupils never open an account of staff; staff who are no pupils never one of a pupil.

    The numbers of pupils and of staff overlap at many schools, so the same code can be two people.
    """
    is_staff = bool(STAFF_AFFILIATIONS & identity.affiliations)
    if user.role in STAFF_ROLES and not is_staff:
        raise Refused("role-differs", "a staff account, a login without employee or staff")
    if user.role not in STAFF_ROLES and is_staff and _STUDENT not in identity.affiliations:
        raise Refused("role-differs", "a pupil's account, a login of staff only")
