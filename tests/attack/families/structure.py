"""Other messages, and messages of another build: what is not the hub's form is not read."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from attack.case import bad
from attack.surgery import (
    assertion_of,
    bad_edit,
    cut,
    holding,
    part,
    rewritten,
)

if TYPE_CHECKING:
    from lxml import etree

    from attack.bench import Bench

ONE_ASSERTION = "not exactly one assertion at its place"
SCHEMA = "not valid by the schema of SAML"


@bad_edit("SAML 2.0 Core 3.2.1: the order of its parts", "response-malformed", SCHEMA)
def status_before_the_issuer(root: etree._Element) -> None:
    """Another order than the schema's is another reader's chance."""
    root.insert(0, part(root, "samlp:Status"))


@bad_edit("SAML 2.0 Core 3.3.3: the order of its parts", "response-malformed", SCHEMA)
def assertion_before_the_status(root: etree._Element) -> None:
    """The same."""
    part(root, "samlp:Status").addprevious(assertion_of(root))


@bad_edit("SAML 2.0 Core 2.3.3: the order of its parts", "response-malformed", SCHEMA)
def conditions_before_the_subject(root: etree._Element) -> None:
    """The same within the assertion."""
    true = assertion_of(root)
    part(true, "saml:Subject").addprevious(part(true, "saml:Conditions"))


@bad_edit("CVE-2021-21238 (pysaml2): no check by the schema", "response-malformed", SCHEMA)
def element_that_nobody_knows_in_the_response(root: etree._Element) -> None:
    """What a schema does not know is where the next attack hides."""
    root.append(root.makeelement("{urn:other}x", {}))


@bad_edit("CVE-2021-21238 (pysaml2): no check by the schema", "response-malformed", SCHEMA)
def element_that_nobody_knows_in_the_assertion(root: etree._Element) -> None:
    """The same, within."""
    assertion_of(root).append(root.makeelement("{urn:other}x", {}))


@bad_edit("CVE-2021-21238 (pysaml2): no check by the schema", "response-malformed", SCHEMA)
def attribute_that_nobody_knows_on_the_assertion(root: etree._Element) -> None:
    """The same, as an attribute."""
    assertion_of(root).set("Trusted", "true")


@bad_edit("SAML 2.0 Core 3.2.2: one Status", "response-malformed", SCHEMA)
def two_statuses(root: etree._Element) -> None:
    """One says Success, the other says no."""
    status = part(root, "samlp:Status")
    second = deepcopy(status)
    part(second, "samlp:StatusCode").set("Value", "urn:oasis:names:tc:SAML:2.0:status:Responder")
    status.addnext(second)


@bad_edit("SAML 2.0 Core 3.2.2.1: one StatusCode", "response-malformed", SCHEMA)
def two_status_codes(root: etree._Element) -> None:
    """The same, within one Status."""
    code = part(root, ".//samlp:StatusCode")
    code.addnext(deepcopy(code))


@bad_edit("SAML 2.0 Core 3.2.2: Status is required", "response-malformed", SCHEMA)
def no_status(root: etree._Element) -> None:
    """Silence is not Success."""
    cut(part(root, "samlp:Status"))


@bad_edit("SAML 2.0 Core 3.2.2.1", "response-malformed", SCHEMA)
def status_code_without_a_value(root: etree._Element) -> None:
    """The same."""
    del part(root, ".//samlp:StatusCode").attrib["Value"]


@bad("SAML 2.0 Core 3.3.3", "response-malformed", ONE_ASSERTION)
def success_without_an_assertion(bench: Bench) -> bytes:
    """Yes, and nobody named."""
    return bench.made(with_assertion=False)


@bad_edit("SAML 2.0 Core 3.2.2", "response-malformed", ONE_ASSERTION)
def neither_status_nor_assertion(root: etree._Element) -> None:
    """A response that says nothing."""
    cut(part(root, "samlp:Status"))
    cut(assertion_of(root))


@bad("SAML 2.0 Core 3.2.2.2", "hub-refused", "a Success that is qualified")
def success_with_a_second_thought(bench: Bench) -> bytes:
    """A code below Success takes some of it back."""
    return bench.made(sub_status="urn:oasis:names:tc:SAML:2.0:status:AuthnFailed")


@bad_edit("XML Schema 1, 3.4: element-only content", "response-malformed", SCHEMA)
def text_between_the_elements_of_the_response(root: etree._Element) -> None:
    """Text where none belongs."""
    part(root, "samlp:Status").tail = "evil"


@bad_edit("XML Schema 1, 3.4: element-only content", "response-malformed", SCHEMA)
def text_between_the_elements_of_the_assertion(root: etree._Element) -> None:
    """The same, within."""
    part(root, ".//saml:Conditions").tail = "evil"


@bad("SAML 2.0 Core 2.7.2: Subject and statements", "response-malformed", SCHEMA)
def two_subjects(bench: Bench) -> bytes:
    """Whose attributes are these?"""
    root = bench.tree()
    subject = part(root, ".//saml:Subject")
    subject.addnext(deepcopy(subject))
    return bench.written(root)


@bad("SAML 2.0 Core 2.3.3: one Conditions", "response-malformed", SCHEMA)
def two_conditions(bench: Bench) -> bytes:
    """One is checked, the other expired."""
    root = bench.tree()
    conditions = part(root, ".//saml:Conditions")
    conditions.addnext(deepcopy(conditions))
    return bench.written(root)


@bad("XML Schema 1, 2.6.2: xsi:nil", "response-malformed", SCHEMA)
def assertion_that_says_it_is_nil(bench: Bench) -> bytes:
    """Empty by its word, and full."""
    nil = b"<saml:Assertion xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true' "
    return rewritten(bench.good(), b"<saml:Assertion ", nil)


@bad("XML Schema 1, 2.6.1: xsi:type", "response-malformed", SCHEMA)
def assertion_that_says_it_is_of_another_type(bench: Bench) -> bytes:
    """A schema-aware reader binds it to another class."""
    typed = (
        b"<saml:Assertion xmlns:i='http://www.w3.org/2001/XMLSchema-instance'"
        b" i:type='saml:AdviceType' "
    )
    return rewritten(bench.good(), b"<saml:Assertion ", typed)


@bad("SAML 2.0 Core 2.7.1: any Statement by its xsi:type", "response-malformed", SCHEMA)
def statement_of_an_unknown_type(bench: Bench) -> bytes:
    """An abstract Statement takes any type that is derived from it; we know none."""
    root = bench.tree()
    assertion_of(root).append(holding("saml:Statement"))
    return bench.written(root)
