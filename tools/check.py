"""Everything that can be checked without running the product; each check is run, then the failures are named."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

CHECKS: dict[str, list[str]] = {
    "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "lint": [str(BIN / "ruff"), "check", "--quiet", "."],
    "types": [str(BIN / "mypy")],
    "imports": [str(BIN / "lint-imports"), "--no-cache"],
    "templates": [str(BIN / "djlint"), "src/noaber", "--lint", "--quiet"],
    "migrations": [PYTHON, "-m", "noaber.cli.main", "manage", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "tools/messages.py", "check"],
    "locks": [PYTHON, "tools/lock.py", "check"],
}


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "NOABER_DATA": data}
        environment.pop("NOABER_DATABASE_URL", None)
        for name, command in CHECKS.items():
            print(f"── {name} ──", flush=True)
            if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
                failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
