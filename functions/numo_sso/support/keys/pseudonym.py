"""What a code is called in traces and logs."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from numo_sso.codes import normalise_code
from numo_sso.pseudonyms import pseudonym
from numo_sso.support.keys.store import PSEUDONYM, readable_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numo_sso.support.world import Task


def pseudonyms(task: Task, places: Iterable[str], code: str) -> list[str]:
    """``code`` at each place; nothing where there is no key, for then nobody ever logged in."""
    parameters = task.world.parameters.read()
    if PSEUDONYM not in parameters:
        return []
    key = base64.urlsafe_b64decode(readable_key(PSEUDONYM, parameters[PSEUDONYM])["key"])
    return [pseudonym(place, normalise_code(code), key) for place in places]
