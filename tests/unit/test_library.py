"""The layer on python3-saml answers as the library would by itself."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest
from lxml import etree
from onelogin.saml2 import response as patched
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Own

from kit.world import Browser, World
from numo_sso.saml import library
from numo_sso.saml.apart import apart


@pytest.fixture(scope="module")
def document() -> etree._Element:
    world = World()
    return etree.fromstring(world.answer(world.start(Browser())))


QUERIES = [
    "/samlp:Response/saml:Issuer",
    "//saml:Assertion",
    "//saml:EncryptedAssertion",
    ".//ds:Reference",
    "/samlp:Response/saml:Assertion/saml:Issuer/text()",
    "count(//saml:Attribute)",
    Utils.ASSERTION_SIGNATURE_XPATH,
    Utils.RESPONSE_SIGNATURE_XPATH,
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_compiled_query_finds_what_the_librarys_own_finds(
    document: etree._Element, query: str
) -> None:
    asked = patched.OneLogin_Saml2_XML.query
    (signature,) = Own.query(document, "//ds:Signature")
    for context in (None, signature):
        assert asked(document, query, context) == Own.query(document, query, context)


def test_what_a_message_says_is_a_variable_and_never_part_of_a_query(
    document: etree._Element,
) -> None:
    asked = patched.OneLogin_Saml2_XML.query
    query = "/samlp:Response/saml:Assertion[@ID=$tagid]"
    ids = [document[-1].get("ID"), "other", "' or '1'='1"]
    found = [asked(document, query, None, each) for each in ids]
    assert found == [Own.query(document, query, None, each) for each in ids]
    assert [len(each) for each in found] == [1, 0, 0]


def test_a_response_compiles_no_query_that_an_earlier_one_has_compiled() -> None:
    """Or a message could fill the memory with texts of its own."""
    world = World()
    assert world.log_in(Browser()).status == 303
    compiled = library._xpath.cache_info()
    assert world.log_in(Browser()).status == 303
    after = library._xpath.cache_info()
    assert after.misses == compiled.misses
    assert after.hits > compiled.hits


def test_work_that_is_done_apart_gives_its_result_or_its_own_exception() -> None:
    def fails() -> Any:
        raise LookupError("of the work itself")

    assert apart(lambda: [1, 2]) == [1, 2]
    with pytest.raises(LookupError, match="of the work itself"):
        apart(fails)


def test_what_failed_apart_is_forgotten_at_once() -> None:
    """Not when the collector gets to it: by then a flood of posts that are no XML fills memory."""
    parsed: list[weakref.ref[Any]] = []

    class Parsed:
        """What a frame of the work holds when it fails."""

    def fails() -> Any:
        held = Parsed()
        parsed.append(weakref.ref(held))
        raise LookupError

    gc.disable()
    try:
        with pytest.raises(LookupError):
            apart(fails)
        assert [each() for each in parsed] == [None]
    finally:
        gc.enable()
