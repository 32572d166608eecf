"""After a refusal for want of a user: who has nearly this code. The login itself is over by then.

Nothing here lets anybody in or changes what the user sees. It costs one read, one sealing and one
write, and only where the code was not found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from numo_sso.near_codes import SEVERAL, near_codes
from numo_sso.schools import names_agree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numo_sso.near_codes import RosterCode, Rule
    from numo_sso.saml.identity import Identity
    from numo_sso.schools import Candidate, SchoolUser


class NearMiss(NamedTuple):
    """A refused code, and the user whose code is near to it, if there is one."""

    entrance: str
    reference: str
    kind: str
    """The rule by which the school matches."""
    refused: str
    """Pseudonym of the refused code."""
    code: str
    """The refused code itself, to be sealed."""
    rule: str
    """Of :class:`numo_sso.near_codes.Rule`, or ``several``; empty where nobody is near."""
    persoonscode: str
    names: str
    """``agree``, ``differ``, or ``unknown`` where the login brought none."""
    at: int


class NearMisses(Protocol):
    """Where near codes are looked up, and what is found is kept."""

    def find(self, entrance: str, codes: Sequence[RosterCode]) -> dict[RosterCode, SchoolUser]:
        """Who has these codes; one round trip.

        Raises:
            Refused: ``storage-failed``.
        """
        ...

    def keep(self, miss: NearMiss) -> None:
        """Keep it for two weeks, its code sealed; without the code where it cannot be sealed.

        Raises:
            Refused: ``storage-failed``.
        """
        ...


def keep_near_miss(
    near: NearMisses, school: Candidate, identity: Identity, reference: str, refused: str, at: int
) -> None:
    """Look for near codes and keep what is found, or that nothing was.

    Raises:
        Refused: ``storage-failed``.
    """
    wanted = near_codes(identity.code, school.match_rule)
    found = near.find(school.entrance, list(wanted))
    users = {user.persoonscode: user for user in found.values()}
    rules = [rule for code, rule in wanted.items() if code in found]
    near.keep(
        NearMiss(
            entrance=school.entrance,
            reference=reference,
            kind=school.match_rule.value,
            refused=refused,
            code=identity.code,
            rule=_rule(rules, users),
            persoonscode=next(iter(users)) if len(users) == 1 else "",
            names=_names(identity, users),
            at=at,
        )
    )


def _rule(rules: list[Rule], users: dict[str, SchoolUser]) -> str:
    if len(users) > 1:
        return SEVERAL
    return rules[0].value if rules else ""


def _names(identity: Identity, users: dict[str, SchoolUser]) -> str:
    """A code says nothing of a person, so a near one less: their names must say it too."""
    if len(users) != 1 or not (identity.given_name and identity.surname):
        return "unknown"
    (user,) = users.values()
    return "agree" if names_agree(identity, user) else "differ"
