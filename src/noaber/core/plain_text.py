"""What a text may hold that people write: whatever XML 1.0 can carry, so that it can leave in any file of ours."""

from __future__ import annotations

import re
from typing import Final

UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def find_unfit(text: str) -> str | None:
    """The first character that no text may hold, as U+0001; None where all fit."""
    found = UNFIT.search(text)
    return None if found is None else f"U+{ord(found.group()):04X}"
