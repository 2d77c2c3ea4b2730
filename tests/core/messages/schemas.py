"""The standards' own schemas, where they lie beside the checkout: the oracle for what we write and check."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

SCHEMAS = Path(__file__).parents[4] / "shared" / "schemas"
_FILES = {
    "urn:oasis:names:tc:emergency:EDXL:DE:1.0": "edxl-de/edxl-de-1.0.xsd",
    "urn:oasis:names:tc:emergency:cap:1.1": "cap/cap-1.1.xsd",
    "urn:oasis:names:tc:emergency:cap:1.2": "cap/cap-1.2.xsd",
}

needs_schemas = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason="the standards' schemas are not beside the checkout (../shared/schemas)"
)


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
