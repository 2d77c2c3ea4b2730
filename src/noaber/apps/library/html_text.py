"""What stands on a page of the web, without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

_BEGINS: Final = re.compile(r"\ufeff?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_LOOKED_AT: Final = 2_000
_SOFT_HYPHEN: Final = "\xad"
_UNSHOWN: Final = frozenset({"script", "style"})
_BLOCKS: Final = """
address article aside blockquote br caption dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 header hr li
main nav ol option p pre section table td th title tr ul
"""
_APART: Final = frozenset(_BLOCKS.split())
"""What begins a line of its own."""


def is_html(text: str) -> bool:
    """Whether the text says at its beginning that it is a page of the web."""
    return _BEGINS.match(text[:_LOOKED_AT]) is not None


def text_of_html(text: str) -> str:
    """The words that a reader of the page sees, each paragraph on a line; nothing is fetched."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return ""
    lines = (" ".join(line.split()) for line in "".join(_shown(root)).split("\n"))
    return "\n".join(line for line in lines if line)


def _shown(root: etree._Element) -> Iterator[str]:
    """The pieces of text in their order, with a line break before and after what stands apart."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _APART:
            yield "\n"
        if event == "start" and element.tag not in _UNSHOWN:
            yield _on_a_line(element.text)
        if event == "end":
            yield _on_a_line(element.tail)


def _on_a_line(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace(_SOFT_HYPHEN, "")
