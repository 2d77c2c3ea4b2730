"""What the suite does briefly, done for long: a storm of kills, the planner's seeds, and laws on a thousand examples.

A law that names its own number of examples keeps to it.

Not a measurement: it passes or fails, as the suite does. Run it before a release, and after a change of what it tries.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHAT = ("crash", "core")


def run() -> None:
    """Run these tests on both databases; the exit code is that of the suite."""
    command = [sys.executable, str(ROOT / "tools" / "test.py"), *WHAT]
    code = subprocess.run(command, env={**os.environ, "NOABER_SOAK": "1"}, check=False).returncode
    if code:
        raise SystemExit(code)
