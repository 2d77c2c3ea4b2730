"""Who may help whom, said plainly: the rules read off the JSON of a text, one `if` at a time.

Written against the words of the rules and not against `noaber.core.agreements`. Places are sets of the smallest
territories (here: five characters of a small alphabet), so that nothing rests on comparing prefixes.
"""

from __future__ import annotations

from itertools import product
from typing import Any

LEAVES = [country + "".join(tail) for country in ("AA", "BB", "CC") for tail in product("12", repeat=3)]


def area(code: str) -> set[str]:
    """The smallest territories of a code."""
    return set(LEAVES) if code == "*" else {leaf for leaf in LEAVES if leaf[: len(code)] == code}


def covers_place(side: dict[str, list[str]], place: str) -> str:
    """yes, no or unknown: whether one side of a text covers a place."""
    here = area(place)
    for code in side["codes"]:
        if here <= area(code):
            return "yes"
    for code in side["codes"] + side["within"]:
        if here & area(code):
            return "unknown"
    return "no"


def covers_code(scope: Any, code: str) -> str:
    """yes, no or unknown: whether a list of codes covers one."""
    if scope == "*":
        return "yes"
    if scope == "unknown":
        return "unknown"
    for word in ("yes", "no", "unknown"):
        if code in scope[word]:
            return word
    return str(scope["otherwise"])


def covers_owner(text: dict[str, Any], owner: str | None) -> str:
    """yes, no or unknown: whether an organisation may help under a text."""
    names = text["provider_organisations"]
    if names == []:
        return "yes"
    if owner is None:
        return "unknown"
    for name in names:
        if owner == name or owner.startswith(name + "-"):
            return "yes"
    return "no"


def in_force_by_days(text: dict[str, Any], on: str) -> str:
    """yes, no or unknown, from the days of the text alone; days as ISO strings compare as days."""
    words = ("unknown", "none")
    if text["valid_until"] not in words and on > text["valid_until"]:
        return "no"
    if text["signed"] not in words and on < text["signed"]:
        return "no"
    if text["in_force"] not in words:
        return "yes" if on >= text["in_force"] else "no"
    if "counted_from" in text:
        return "yes" if on >= text["counted_from"] else "unknown"
    if text["signed"] not in words:
        return "yes"
    return "unknown"


def in_force(text: dict[str, Any], texts: list[dict[str, Any]], on: str) -> str:
    """The same, when others may have taken its place."""
    own = in_force_by_days(text, on)
    if own == "no":
        return "no"
    successors = [in_force_by_days(other, on) for other in texts if text["id"] in other["replaces"]]
    if "yes" in successors:
        return "no"
    if "unknown" in successors:
        return "unknown"
    return own


def verdict_of_text(text: dict[str, Any], texts: list[dict[str, Any]], question: dict[str, Any], on: str) -> str:
    """yes, no or unknown for one text."""
    parts = [
        covers_place(text["providers"], question["from"]),
        covers_owner(text, question["owner"]),
        covers_place(text["receivers"], question["to"]),
        covers_code(text["help_types"], question["help"]),
        covers_code(text["hazards"], question["hazard"]),
        in_force(text, texts, on),
    ]
    if "no" in parts:
        return "no"
    return "unknown" if "unknown" in parts else "yes"


def verdict(texts: list[dict[str, Any]], question: dict[str, Any], on: str) -> str:
    """home, yes, unknown or no-text."""
    if question["from"][:2] == question["to"][:2]:
        return "home"
    found = [verdict_of_text(text, texts, question, on) for text in texts if text["level"] != "union"]
    if "yes" in found:
        return "yes"
    return "unknown" if "unknown" in found else "no-text"
