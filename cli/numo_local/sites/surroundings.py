"""What the pages know of the stack around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request

if TYPE_CHECKING:
    from numo_local.addresses import Addresses
    from numo_local.aws.outage import Outage
    from numo_local.gateway.faults import Faults
    from numo_local.hub.hub import Hub
    from numo_local.samples.people import Person, Samples

ELO_COOKIE = "elo_user"
"""Who is logged in to the elo on this browser. The schools' identity providers are the elo's."""
SCHOOL_COOKIE = "ssonot"
"""Which school this browser belongs to, as the elo told the hub."""


@dataclass(frozen=True)
class Surroundings:
    """Everything that a page may need."""

    addresses: Addresses
    samples: Samples
    hub: Hub
    faults: Faults
    outage: Outage
    idp_entity_id: str
    """Who the stack trusts: the stand-in, or another identity provider in its place."""

    def logged_in(self) -> Person | None:
        """Who is logged in to the elo, according to this browser."""
        return self.samples.person(request.cookies.get(ELO_COOKIE, ""))

    @property
    def stand_in_is_idp(self) -> bool:
        return self.idp_entity_id == self.hub.entity_id
