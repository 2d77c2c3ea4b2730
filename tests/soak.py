"""What is tried briefly in the suite and for long in `./run bench soak`."""

from __future__ import annotations

import os
from typing import Final

IS_SOAK: Final = bool(os.environ.get("NOABER_SOAK"))


def seeds(few: int) -> range:
    """The seeds of a random trial: few in the suite, twenty times as many in a soak."""
    return range(few * 20 if IS_SOAK else few)
