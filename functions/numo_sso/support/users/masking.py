"""A user as support sees them: enough to tell two apart on the phone, or everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numo_sso.storage.tables import RosterUser

_SHOWN = 2
_LONG = 5
"""Of a shorter code the last two characters would say too much."""
_PLAIN = ("role", "group", "active")
_PERSONAL = ("persoonscode", "idgebr", "given_name", "infix", "surname", "mail")


def user_data(user: RosterUser, *, personal: bool) -> dict[str, Any]:
    """The user's fields, those that name them masked unless ``personal``."""
    data = {name: getattr(user, name) for name in (*_PERSONAL, *_PLAIN)}
    data["updated_at"] = int(user.updated_at)
    return data if personal else data | _masked(user)


def mask_code(code: str | None) -> str | None:
    """``•••••36``: how long it is, and how it ends."""
    if not code:
        return code
    shown = code[-_SHOWN:] if len(code) >= _LONG else ""
    return shown.rjust(len(code), "•")


def _masked(user: RosterUser) -> dict[str, Any]:
    return {
        "persoonscode": mask_code(user.persoonscode),
        "idgebr": mask_code(user.idgebr),
        "given_name": _initial(user.given_name),
        "infix": user.infix,
        "surname": _initial(user.surname),
        "mail": f"•••@{user.mail.rpartition('@')[2]}" if user.mail else None,
    }


def _initial(name: str) -> str:
    return f"{name[:1]}."
