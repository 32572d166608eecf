"""From bytes to a document that has the form of SAML metadata. Nothing in it is believed yet."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from lxml import etree

from numo_sso.federation.codes import MetadataRefused
from numo_sso.federation.hosts import shown
from numo_sso.saml.ids import ids_in

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

MAX_BYTES = 2_000_000
_LIBRARY = "onelogin.saml2"
"""python3-saml carries the schemas of OASIS and W3C; nothing else of it is used here."""
_SCHEMA = "saml-schema-metadata-2.0.xsd"


def parse(document: bytes) -> _Element:
    """The root of a document that is small enough, has no DTD, and is valid by the schema.

    Raises:
        MetadataRefused: ``metadata-too-large``, ``metadata-malformed``, ``metadata-dtd`` or
            ``metadata-schema``.
    """
    if len(document) > MAX_BYTES:
        raise MetadataRefused(
            "metadata-too-large", "The document has more than {bytes} bytes.", bytes=MAX_BYTES
        )
    root = _read(document)
    if root.getroottree().docinfo.internalDTD is not None:
        raise MetadataRefused("metadata-dtd", "The document has a DTD.")
    _check_schema(root)
    _check_ids(root)
    return root


def _read(document: bytes) -> _Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(document, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MetadataRefused(
            "metadata-malformed", "The document is not well-formed XML."
        ) from error


def _check_schema(root: _Element) -> None:
    try:
        _schema().assertValid(root)
    except etree.DocumentInvalid as error:
        raise MetadataRefused(
            "metadata-schema",
            "The document does not have the form of SAML metadata: {reason}",
            reason=shown(str(error)),
        ) from error


@cache
def _schema() -> XMLSchema:
    """The schema and all that it imports, from files beside each other: no network is asked."""
    with as_file(files(_LIBRARY) / "schemas") as folder:
        return etree.XMLSchema(etree.parse(str(folder / _SCHEMA)))


def _check_ids(root: _Element) -> None:
    ids = ids_in(root)
    if len(ids) != len(set(ids)):
        raise MetadataRefused("metadata-malformed", "An id occurs twice in the document.")
