"""Finds elements of a page by the simple part of CSS selectors: `.places a[aria-current]`, `#toasts .toast`."""

from __future__ import annotations

import re

from lxml import html

_STEP = re.compile(
    r"(?P<tag>^[a-z0-9]+)|\.(?P<class>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w-]+)(?:=(?P<value>[^\]]+))?\]"
)


def _condition(match: re.Match[str]) -> str:
    if match["class"]:
        return f"[contains(concat(' ', normalize-space(@class), ' '), ' {match['class']} ')]"
    if match["id"]:
        return f"[@id='{match['id']}']"
    return f"[@{match['name']}='{match['value']}']" if match["value"] else f"[@{match['name']}]"


def _step(selector: str) -> str:
    matches = list(_STEP.finditer(selector))
    if "".join(match[0] for match in matches) != selector:
        raise ValueError(f"cannot read the selector {selector!r}")
    tag = next((match["tag"] for match in matches if match["tag"]), "*")
    return tag + "".join(_condition(match) for match in matches if not match["tag"])


def select(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """The descendants of `element` that fit; steps are separated by spaces."""
    return list(element.xpath(".//" + "//".join(_step(step) for step in selector.split())))


def text(element: html.HtmlElement) -> str:
    """What a reader sees of it, on one line."""
    return " ".join(element.text_content().split())
