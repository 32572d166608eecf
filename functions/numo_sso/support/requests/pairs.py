"""Identity providers and realms as people type them."""

from __future__ import annotations

from numo_sso.outcomes import Refused
from numo_sso.saml.values import clean, is_a_side
from numo_sso.support.refusal import SupportRefusal
from numo_sso.support.speech import say


def parse_authority(text: str) -> str:
    """The entity ID of the school's own identity provider, to the letter.

    Raises:
        SupportRefusal: ``authority-malformed``.
    """
    authority = _cleaned(text)
    if authority:
        return authority
    raise SupportRefusal(
        "authority-malformed",
        say("That is no entity ID of an identity provider."),
        say("Take it as school.realm_list shows it. A hub that names none: no_authority instead."),
    )


def parse_realm(text: str) -> str:
    """The realm in lower case, as login reads it.

    Raises:
        SupportRefusal: ``realm-malformed``. What was typed may hold a pupil's code: it is not
            repeated.
    """
    realm = _cleaned(text).lower()
    if is_a_side(realm) and "@" not in realm:
        return realm
    raise SupportRefusal(
        "realm-malformed",
        say("That is no realm."),
        say("It is the part of nlEduPersonRealId behind the last @, without it: petteflatcollege."),
    )


def _cleaned(text: str) -> str:
    """As login cleans what the hub sends; empty where it would refuse that."""
    try:
        return clean(text)
    except Refused:
        return ""
