"""`lock`: choose versions for requirements*.in and write them with hashes; `check`: do the locks fit the .in files?

`check` asks no index: every package that a .in file names must be locked at a version that it allows, and each
locked package must carry a hash. Choosing needs uv, which is taken from the index for that moment only.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from itertools import pairwise
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.in": "requirements.lock",
    "requirements-dev.in": "requirements-dev.lock",
    "requirements-bench.in": "requirements-bench.lock",
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(path: Path) -> list[Requirement]:
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def locked(path: Path) -> dict[str, str]:
    found = (PIN.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {canonical(match[1]): match[2] for match in found if match}


def find_problems() -> list[str]:
    problems = []
    pins = {lock: locked(ROOT / lock) for lock in LOCKS.values()}
    for source, lock in LOCKS.items():
        for requirement in wanted(ROOT / source):
            version = pins[lock].get(canonical(requirement.name))
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                problems.append(f"{lock}: {requirement} is not locked (found {version}); run ./run lock")
        text = (ROOT / lock).read_text(encoding="utf-8")
        if text.count("==") > text.count("--hash=sha256:"):
            problems.append(f"{lock}: a package has no hash; run ./run lock")
    for smaller, larger in pairwise(pins):
        for name, version in pins[smaller].items():
            other = pins[larger].get(name)
            if other != version:
                problems.append(f"{name} is {version} in {smaller} and {other} in {larger}; run ./run lock")
    return problems


def relock() -> None:
    """Resolve the .in files, the largest first, with the versions of each holding for the next smaller."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        options = [
            "--quiet",
            "--python-version",
            "3.11",
            "--generate-hashes",
            "--custom-compile-command",
            "./run lock",
        ]
        uv = [python, "-m", "uv", "pip", "compile", *options, "--no-emit-index-url", "--no-emit-find-links"]
        constraint: list[str] = []
        for source, lock in reversed(LOCKS.items()):
            subprocess.run([*uv, source, *constraint, "-o", lock], cwd=ROOT, check=True)
            constraint = ["-c", lock]


def main(action: str) -> int:
    if action == "check":
        problems = find_problems()
        print("\n".join(problems) or "The locks fit.")
        return 1 if problems else 0
    relock()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "update"))
