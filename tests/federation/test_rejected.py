"""A key that support took out of force comes back by nobody's hand but support's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.support import NOW, metadata
from numo_sso.federation.digest import fingerprints
from numo_sso.support.keys.made import new_sp_key

if TYPE_CHECKING:
    from kit.support import Deployment

OLD = new_sp_key("old", NOW - 60)["certificate"]
EVIL = new_sp_key("evil", NOW - 60)["certificate"]
PATH = "https://engine.entree-s.kennisnet.nl/authentication/idp/single-sign-on/key:1"


@pytest.fixture
def taken_back(numo: Deployment) -> Deployment:
    """The hub added a key beside its own, and support went back to before it."""
    numo.metadata = metadata(OLD)
    numo.done("metadata.refresh")
    numo.metadata = metadata(OLD, EVIL)
    assert numo.done("metadata.refresh")["data"]["code"] == "metadata-published"
    numo.done("metadata.restore", version=1, ticket="NUMO-1")
    return numo


def test_another_word_in_the_document_does_not_bring_it_back(taken_back: Deployment) -> None:
    """What was rejected is the key, and not the document that it stood in."""
    taken_back.metadata = metadata(OLD, EVIL, location=PATH)
    assert taken_back.done("metadata.refresh")["data"]["code"] == "metadata-held"


def test_it_stays_out_through_what_is_published_meanwhile(taken_back: Deployment) -> None:
    """The hub says something good, and a day later the rejected key again."""
    taken_back.metadata = metadata(OLD, location=PATH)
    assert taken_back.done("metadata.refresh")["data"]["code"] == "metadata-published"
    taken_back.metadata = metadata(OLD, EVIL, location=PATH)
    assert taken_back.done("metadata.refresh")["data"]["code"] == "metadata-held"


def test_a_document_by_hand_takes_out_what_it_does_not_name(numo: Deployment) -> None:
    """The way out when the hub's own document cannot be trusted holds against that document."""
    numo.metadata = metadata(OLD, EVIL)
    numo.done("metadata.refresh")
    numo.done("metadata.refresh", document=metadata(OLD).decode())
    assert numo.done("metadata.refresh")["data"]["code"] == "metadata-held"


def test_support_may_confirm_it_after_all(taken_back: Deployment) -> None:
    """Then it is in force, and no longer rejected."""
    taken_back.metadata = metadata(OLD, EVIL, location=PATH)
    taken_back.done("metadata.refresh")
    named = fingerprints(taken_back.parameter("idp-pending"))
    taken_back.done("metadata.confirm", fingerprints=named, ticket="NUMO-2")
    taken_back.metadata = metadata(OLD, EVIL)
    assert taken_back.done("metadata.refresh")["data"]["code"] == "metadata-published"


def test_a_chain_makes_no_keys(numo: Deployment) -> None:
    """An authority's certificate beside the hub's own is not the hub's key."""
    document = metadata(OLD, EVIL).decode()
    between = document[document.index("</ds:X509Certificate>") : document.rindex(EVIL[:40])]
    chain = document.replace(between, "</ds:X509Certificate><ds:X509Certificate>")
    numo.metadata = chain.encode()
    assert numo.refused("metadata.refresh")["code"] == "metadata-certificate"
