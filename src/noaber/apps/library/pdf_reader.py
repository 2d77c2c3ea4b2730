"""The text of a PDF on the way in, its words on the way out: `python -m noaber.apps.library.pdf_reader MOST`.

It runs as a process of its own (`pdf_text`): what reads a PDF is a large program in C, and the file comes from
outside. Whatever it does to its reader, the site goes on. Each page is written as soon as it is read, so that what was
read remains where a later page is the end of it.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from typing import Final

from pypdfium2 import PdfDocument, PdfiumError

MOST_PAGES: Final = 1_000
_MOST_MEMORY: Final = 1024**3
"""Bytes of address space, its own program included."""
_MOST_SECONDS: Final = 20
"""Of a processor."""
_BROKEN_WORD: Final = ("\x02", "\ufffe", "\xad")
"""What stands where a hyphen parts a word at the end of a line, or may part it."""


def main() -> None:
    _bound(resource.RLIMIT_AS, _MOST_MEMORY)
    _bound(resource.RLIMIT_CPU, _MOST_SECONDS)
    with contextlib.suppress(PdfiumError):
        _write_pages(sys.stdin.buffer.read(), int(sys.argv[1]))


def _bound(what: int, most: int) -> None:
    """Take no more than that; a system that cannot hold one to it has the clock of whoever waits."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _write_pages(content: bytes, most: int) -> None:
    """The first so many characters, a page after the other. Raises `PdfiumError` where the file cannot be opened."""
    left = most
    with PdfDocument(content) as document:
        for number in range(min(len(document), MOST_PAGES)):
            text = _read_page(document, number)[:left]
            sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "ignore"))
            sys.stdout.buffer.flush()
            left -= len(text)
            if left <= 0:
                return


def _read_page(document: PdfDocument, number: int) -> str:
    """The words of a page, nothing of one that is damaged."""
    try:
        text: str = document[number].get_textpage().get_text_bounded()
    except PdfiumError:
        return ""
    for sign in _BROKEN_WORD:
        text = text.replace(f"{sign}\r\n", "").replace(sign, "")
    return text.replace("\r\n", "\n")


if __name__ == "__main__":
    main()
