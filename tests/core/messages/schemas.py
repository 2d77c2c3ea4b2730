"""The standards' own schemas, where they lie beside the checkout: the oracle for what we write and check."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

from noaber.core.messages.vocabulary import RM_MSG

SCHEMAS = Path(__file__).parents[4] / "shared" / "schemas"
_FILES = {
    "urn:oasis:names:tc:emergency:EDXL:DE:1.0": "edxl-de/edxl-de-1.0.xsd",
    "urn:oasis:names:tc:emergency:cap:1.1": "cap/cap-1.1.xsd",
    "urn:oasis:names:tc:emergency:cap:1.2": "cap/cap-1.2.xsd",
}


@cache
def _schema(path: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / path))


def schema_of(root: etree._Element) -> etree.XMLSchema:
    """The schema of the standard that a document claims to follow."""
    name = etree.QName(root)
    return _schema(_FILES.get(name.namespace) or f"edxl-rm/1.0/EDXL-RM{name.localname}.xsd")


def schema_errors(root: etree._Element) -> list[str]:
    """What the standard's schema says is wrong with a document; empty where it is valid, or nothing is known."""
    if not SCHEMAS.is_dir():
        return []
    schema = schema_of(root)
    schema.validate(root)
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


def rm_content(document: bytes) -> list[etree._Element]:
    """The EDXL-RM messages inside an envelope."""
    return etree.fromstring(document).xpath("//m:*[not(ancestor::m:*)]", namespaces={"m": RM_MSG})


def envelope_errors(document: bytes) -> list[str]:
    """What the schemas say is wrong with an envelope or with what is in it."""
    content = [etree.fromstring(etree.tostring(element)) for element in rm_content(document)]
    return [error for root in (etree.fromstring(document), *content) for error in schema_errors(root)]
