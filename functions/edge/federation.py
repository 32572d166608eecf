"""From the environment to the hub that a deployment trusts, for the two functions that ask it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numo_sso.federation.fetching import Fetcher
from numo_sso.federation.hosts import host_of
from numo_sso.federation.metadata import Expected
from numo_sso.federation.publishing import Federation
from numo_sso.federation.ssm import SsmStore

if TYPE_CHECKING:
    from collections.abc import Mapping


def make_federation(environ: Mapping[str, str], ssm: Any) -> Federation:
    """The hub as ``environ`` describes it.

    Raises:
        KeyError: a variable is not set. None of them has a default that one could trust.
    """
    url = environ["IDP_METADATA_URL"]
    return Federation(
        url=url,
        expected=Expected(
            entity_id=environ["IDP_ENTITY_ID"],
            host=environ["IDP_HOST"].lower() or host_of(url),
            environment=environ["NUMO_ENVIRONMENT"],
            signed_by=environ["IDP_METADATA_CERTIFICATE"],
        ),
        confirm_new_keys=environ["CONFIRM_NEW_KEYS"] != "false",
        store=SsmStore(ssm, environ["PARAMETERS_PATH"]),
        fetch=Fetcher(),
    )
