"""The two processes of a build: one follows and tells the database, one computes and knows no database.

Both are our own command. What computes may be killed for want of memory, or to cancel; the follower is there to say so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from django.conf import settings

_NOABER: Final = (sys.executable, "-m", "noaber.cli.main", "network")


def start_follower(pk: int) -> None:
    """Start following a build, apart from this server: it goes on when the server stops."""
    process = subprocess.Popen(
        [*_NOABER, "carry-out", str(pk)],
        env=os.environ | {"NOABER_DATA": str(settings.DATA)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()  # the system forgets an ended process once it was asked


def start_building(extracts: Sequence[Path], output: Path) -> subprocess.Popen[str]:
    """Start computing; it tells its steps as lines, and ends with its standard input."""
    return subprocess.Popen(
        [*_NOABER, "build", *map(str, extracts), "--output", str(output), "--progress-lines"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
