"""Responses that are wrong from their first byte: spoiled first, and then signed by the hub."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from attack.case import table
from numo_local.hub.response import render, sign
from numo_sso.saml import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from attack.bench import Bench
    from attack.case import Make

Value = str | Callable[["Bench"], str] | None
"""A text, one that depends on the bench, or None: the attribute goes."""
Spoil = Callable[[etree._Element, "Bench"], object]
"""Changes a response in place, before it is signed."""

A = names.ASSERTION
SUBJECT = f"{A}/{names.SUBJECT}"
CONFIRMATION = f"{SUBJECT}/{names.SUBJECT_CONFIRMATION}"
DATA = f"{CONFIRMATION}/{names.SUBJECT_CONFIRMATION_DATA}"
CONDITIONS = f"{A}/{names.CONDITIONS}"
RESTRICTION = f"{CONDITIONS}/{names.AUDIENCE_RESTRICTION}"
AUDIENCE = f"{RESTRICTION}/{names.AUDIENCE}"
STATEMENT = f"{A}/{names.AUTHN_STATEMENT}"
CODE = f"{names.STATUS}/{names.STATUS_CODE}"
ATTRIBUTES = f"{A}/{names.ATTRIBUTE_STATEMENT}"


def signed(bench: Bench, *spoils: Spoil, **changes: Any) -> bytes:
    """A response that the hub signs as the spoils left it, after a good one has verified."""
    bench.good()
    root = render(bench.options(**changes))
    for spoil in spoils:
        spoil(root, bench)
    assertion = root.find(A)
    if assertion is not None:
        sign(assertion, bench.hub)
    return bench.written(root)


def making(*spoils: Spoil, **changes: Any) -> Make:
    """The same, as what a case is made of."""
    return lambda bench: signed(bench, *spoils, **changes)


def signed_table(
    family: str, source: str, outcome: str, spoils: Mapping[str, tuple[Spoil, str]]
) -> None:
    """Keep cases that are one spoil each; see :func:`attack.case.table`."""
    makes = {name: (making(spoil), reason) for name, (spoil, reason) in spoils.items()}
    table(family, source, outcome, makes)


def put(path: str, name: str, value: Value) -> Spoil:
    """Set an attribute, or remove it."""

    def spoil(root: etree._Element, bench: Bench) -> None:
        element = at(root, path)
        if value is None:
            del element.attrib[name]
        else:
            element.set(name, _settle(value, bench))

    return spoil


def text(path: str, value: Value) -> Spoil:
    """Replace an element's text."""

    def spoil(root: etree._Element, bench: Bench) -> None:
        at(root, path).text = _settle(value or "", bench)

    return spoil


def remove(path: str) -> Spoil:
    """Remove every element at a path."""

    def spoil(root: etree._Element, _bench: Bench) -> None:
        for element in root.findall(path):
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

    return spoil


def add(path: str, xml: str, place: int | None = None) -> Spoil:
    """Add an element, written with the prefixes saml, samlp, xsi and xs, as the n-th child."""
    spaces = (
        f'xmlns:saml="{names.SAML}" xmlns:samlp="{names.SAMLP}" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    )

    def spoil(root: etree._Element, _bench: Bench) -> None:
        parent = at(root, path)
        (child,) = etree.fromstring(f"<x {spaces}>{xml}</x>")
        parent.insert(len(parent) if place is None else place, child)

    return spoil


def at(root: etree._Element, path: str) -> etree._Element:
    """The first element at a path; the response itself where it is ``.``."""
    element = root if path == "." else root.find(path)
    assert element is not None, path
    return element


def moment(seconds: float) -> Callable[[Bench], str]:
    """A time so many seconds from now, as SAML writes it."""
    return lambda bench: instant(bench.now + seconds)


def instant(seconds: float, form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime(form)


def _settle(value: str | Callable[[Bench], str], bench: Bench) -> str:
    return value if isinstance(value, str) else value(bench)
