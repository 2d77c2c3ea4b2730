"""Would the tests see it? A fixed sample of small faults in the core, the permissions and the services, one at a time.

A fault is one of Cosmic Ray's operators at one place, or a call whose answer nobody takes left out: a check of
permission, a line of history. Each is made in a copy of the tree, where the tests of its package run: those that stand
closest first, on SQLite. `survivors.json` says of those that no test can see why that is; the others are printed with
their difference. The sample is drawn by names, so it stays the same while the code does.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator

from bench._dropped_call import DropCall

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "noaber"
SURVIVORS = Path(__file__).with_name("survivors.json")
COPIES = os.cpu_count() or 2
SAMPLE_OF_EACH = {"core": 40, "permissions": 20, "services": 60}
LONGEST_S = 600
"""A fault that makes the tests hang is seen."""
TAKEN = (
    "AddNot",
    "NumberReplacer",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceUnaryOperator_Delete_Not",
    "ReplaceComparisonOperator_Eq_NotEq",
    "ReplaceComparisonOperator_NotEq_Eq",
    "ReplaceComparisonOperator_Lt_LtE",
    "ReplaceComparisonOperator_LtE_Lt",
    "ReplaceComparisonOperator_Gt_GtE",
    "ReplaceComparisonOperator_GtE_Gt",
    "ReplaceComparisonOperator_Is_IsNot",
    "ReplaceComparisonOperator_IsNot_Is",
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add",
    "ZeroIterationForLoop",
)
"""One of a kind each: what is less than might as well be at most, but need not be five other things besides."""
OPERATORS: dict[str, Operator] = {name: get_operator(f"core/{name}")() for name in TAKEN} | {"DropCall": DropCall()}


@dataclass(frozen=True)
class Mutant:
    """One fault: an operator at one of its places in a file."""

    part: str
    file: Path
    operator: str
    occurrence: int
    line: int

    @property
    def name(self) -> str:
        """As `survivors.json` knows it: no line numbers, which move."""
        return f"{self.file.relative_to(SOURCE)} {self.operator} {self.occurrence}"

    def code(self) -> str:
        """The file with the fault."""
        mutated: str | None = mutate_code(
            self.file.read_text(encoding="utf-8"), OPERATORS[self.operator], self.occurrence
        )
        if mutated is None:
            raise LookupError(self.name)
        return mutated

    def difference(self) -> str:
        """The lines that the fault changes."""
        lines = self.file.read_text(encoding="utf-8").splitlines(), self.code().splitlines()
        return "\n".join(list(difflib.unified_diff(*lines, lineterm="", n=1))[2:])

    def tests(self) -> Iterator[list[str]]:
        """The tests that ought to see it, in the order in which they are asked."""
        room = self.file.relative_to(SOURCE).parts
        below = [f"tests/{folder}/{room[1]}" for folder in (("core",) if room[0] == "core" else ("apps", "pages"))]
        yield from ([path] for path in below if (ROOT / path).is_dir())
        if room[0] == "core" and len(room) == 2:
            yield ["tests/core"]
        if room[0] == "apps":
            yield ["tests/apps/test_every_step.py", "-k", f"{room[1]}."]


def part_of(file: Path) -> str:
    """`core`, `permissions` or `services`; empty where faults are not looked for."""
    parts = file.relative_to(SOURCE).parts
    if parts[0] == "core":
        return "core"
    if parts[0] == "apps" and file.stem == "permissions":
        return "permissions"
    return "services" if parts[0] == "apps" and "services" in (*parts[2:-1], file.stem) else ""


def all_mutants() -> Iterator[Mutant]:
    for file in sorted(SOURCE.rglob("*.py")):
        if part := part_of(file):
            nodes = list(ast_nodes(get_ast(file.read_text(encoding="utf-8"))))
            for name, operator in OPERATORS.items():
                places = [position for node in nodes for position in operator.mutation_positions(node)]
                for occurrence, place in enumerate(places):
                    yield Mutant(part, file, name, occurrence, place[0][0])


def sample() -> list[Mutant]:
    """The first of each part by the hash of their names; as many calls left out as all other faults of the services."""
    found: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in sorted(all_mutants(), key=lambda one: hashlib.sha256(one.name.encode()).digest()):
        found[f"{mutant.part} {mutant.operator == 'DropCall'}"].append(mutant)
    taken = []
    for part, number in SAMPLE_OF_EACH.items():
        calls = found[f"{part} True"][: number // 2]
        taken += [*calls, *found[f"{part} False"][: number - len(calls)]]
    return taken


def is_seen(mutant: Mutant, copy: Path) -> bool:
    """Make the fault in the copy, run its tests, and take it out again."""
    file = copy / mutant.file.relative_to(ROOT)
    sound = file.read_bytes()
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    environment.pop("NOABER_DATABASE_URL", None)
    file.write_text(mutant.code(), encoding="utf-8")
    try:
        return any(_fails(tests, copy, environment) for tests in mutant.tests())
    finally:
        file.write_bytes(sound)


def _fails(tests: list[str], copy: Path, environment: dict[str, str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not slow", *tests]
    try:
        code = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=LONGEST_S, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return True
    return code not in (0, 5)


def run() -> None:
    """Print how many are seen, by part, and every one that is not."""
    reasons: dict[str, str] = json.loads(SURVIVORS.read_text(encoding="utf-8")) if SURVIVORS.exists() else {}
    mutants = sample()
    print(f"{len(mutants)} faults", flush=True)
    with tempfile.TemporaryDirectory(prefix="noaber-mutants-") as folder:
        copies: Queue[Path] = Queue()
        for number in range(COPIES):
            copies.put(_copy_of_the_tree(Path(folder) / str(number)))

        def try_one(mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                seen = is_seen(mutant, copy)
            finally:
                copies.put(copy)
            print(f"{'seen    ' if seen else 'survived'} {mutant.name} (line {mutant.line})", flush=True)
            return seen

        with ThreadPoolExecutor(COPIES) as pool:
            seen = dict(zip(mutants, pool.map(try_one, mutants), strict=True))
    _print_summary(seen, reasons)


def _copy_of_the_tree(copy: Path) -> Path:
    for part in ("src", "tests"):
        shutil.copytree(ROOT / part, copy / part)
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _print_summary(seen: dict[Mutant, bool], reasons: dict[str, str]) -> None:
    for part in (*SAMPLE_OF_EACH, ""):
        of_part = [found for mutant, found in seen.items() if part in ("", mutant.part)]
        print(
            f"{part or 'all':12} {sum(of_part):4} of {len(of_part):4} seen: {100 * sum(of_part) / len(of_part):.0f} %"
        )
    for mutant in (mutant for mutant, found in seen.items() if not found):
        print(f"\n{mutant.name} (line {mutant.line}): {reasons.get(mutant.name, 'no reason is given')}")
        print(mutant.difference())
