"""The words for people of elements and codes of the message standards; the tables are in `label_tables.py`."""

from __future__ import annotations

from functools import cache

from noaber.core.messages.label_tables import CODES, ELEMENTS, LISTS

LANGUAGES = ("nl", "fr", "de", "en")

_LIST_OF_ELEMENT = {
    "status": "status",
    "distributionStatus": "status",
    "msgType": "kind",
    "distributionType": "kind",
    "distributionKind": "kind",
    "MessageContentType": "message",
    "contentDescription": "message",
    "urn:noaber:message-type": "message",
    "urn:noaber:line:risk-checked": "flag",
    "urn:noaber:language": "language",
}
"""The list of codes of an element or value list, where it has another name."""


@cache
def _labels(table: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for line in table.strip().splitlines():
        name, *words = (part.strip() for part in line.split(" | "))
        found[name] = tuple(words)
    return found


@cache
def _codes() -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for block in CODES.strip().removeprefix("[").split("\n["):
        name, _, table = block.partition("]\n")
        found[name] = _labels(table)
    return found


def element_label(name: str, language: str) -> str | None:
    """The word for an element; None where there is none."""
    words = _labels(ELEMENTS).get(name)
    return words[LANGUAGES.index(language)] if words else None


def list_label(urn: str, language: str) -> str | None:
    """The word for a value list of ours; None for a list of others."""
    words = _labels(LISTS).get(urn)
    return words[LANGUAGES.index(language)] if words else None


def code_label(name: str, value: str, language: str) -> str | None:
    """The word for a code of the list or element `name`; None where it is no code, or not known."""
    words = _codes().get(_LIST_OF_ELEMENT.get(name, name), {}).get(value.strip())
    return words[LANGUAGES.index(language)] if words else None
