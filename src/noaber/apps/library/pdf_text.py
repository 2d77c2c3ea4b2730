"""What is written in a PDF, as far as it can be read: a file that is broken, locked or a picture has no text."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

_READER: Final = (sys.executable, "-I", "-m", "noaber.apps.library.pdf_reader")
_MOST_SECONDS: Final = 30
"""Of waiting: a reader that takes longer is stopped, and what it had read is kept."""


def text_of_pdf(content: bytes, *, most: int) -> str:
    """The first `most` characters of its text, without layout; never an error."""
    try:
        done = subprocess.run(
            (*_READER, str(most)),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_MOST_SECONDS,
            check=False,
        )
        read = done.stdout
    except subprocess.TimeoutExpired as error:
        read = error.stdout or b""
    except OSError:
        return ""
    return read.decode("utf-8", "ignore").strip()[:most]
