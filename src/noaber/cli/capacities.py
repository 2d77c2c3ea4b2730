"""`noaber capacities import FILE --owner CODE` and `export`: the same reading, checks and writing as the pages.

A file is a workbook, CSV, or CSV files in a zip. With `--dry-run` nothing is written; standard output then lists every
problem at its row and column, and what would be added and changed. `--faults FILE.csv` keeps every problem.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.site import add_data_option, check_migrated, start_django
from noaber.core.problems import InvalidInput, Problem, Severity

if TYPE_CHECKING:
    from noaber.apps.accounts.models import Organisation
    from noaber.apps.registry.services import ImportPlan

TOLD_EVERY = 0.2
"""Seconds between two lines of progress."""
STEPS = {"read": "reading", "compare": "comparing", "write": "writing", "history": "writing the history"}
STATUSES = ("Actual", "Exercise", "Test")
TLP_LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("capacities", help="import capacities from a file, or export them")
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    _add_import(steps.add_parser("import", help="import a workbook, CSV file or zip, all of it or nothing"))
    _add_export(steps.add_parser("export", help="write the capacities of an owner to a file that can be imported"))


def _add_export(step: argparse.ArgumentParser) -> None:
    step.add_argument("file", metavar="FILE", help="ending in .xlsx or .zip with the packages, or .csv without them")
    step.add_argument("--owner", required=True, metavar="CODE", help="the organisation that owns the capacities")
    step.add_argument("--status", choices=STATUSES, help="of the capacities (else the status of this node)")
    add_data_option(step)
    step.set_defaults(run=run_export)


def _add_import(step: argparse.ArgumentParser) -> None:
    step.add_argument("file", metavar="FILE", help="a workbook (.xlsx), CSV, or CSV files in a zip")
    step.add_argument("--owner", required=True, metavar="CODE", help="the organisation that owns the capacities")
    step.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    step.add_argument("--status", choices=STATUSES, help="of the capacities (else the status of this node)")
    step.add_argument("--tlp", choices=TLP_LABELS, default="AMBER", help="label of new ones whose row names none")
    step.add_argument(
        "--share-with", action="append", default=[], metavar="GROUP", help="sharing group of new ones; may be repeated"
    )
    step.add_argument("--faults", metavar="FILE.csv", help="write every problem to this file")
    add_data_option(step)
    step.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    data = Path(args.file).read_bytes()
    start_django(args.data)
    check_migrated()
    from django.conf import settings

    from noaber.apps.records.history import Author
    from noaber.apps.registry.services import Sharing, import_capacities, plan_import
    from noaber.web.clock import now

    owner = _owner(args.owner)
    _check_groups(args.share_with)
    status = args.status or settings.NOABER_STATUS
    moment = now()
    sharing = Sharing(args.tlp, tuple(args.share_with))
    progress = _Line()
    plan = plan_import(data, owner, status, sharing=sharing, now=moment, tell=progress.tell)
    progress.end()
    if args.faults:
        _write_faults(Path(args.faults), plan.problems)
    if args.dry_run:
        _report(plan)
    if plan.errors:
        raise InvalidInput(plan.errors, args.file)
    if not args.dry_run:
        author = Author(f"noaber capacities import ({_account()})")
        reason = Path(args.file).name
        import_capacities(author, plan, owner, status, now=moment, reason=reason, tell=progress.tell)
        progress.end()
        _warn(plan)
    print(_counts(plan, owner, status, dry_run=args.dry_run))
    return 0


def run_export(args: argparse.Namespace) -> int:
    """Write the capacities of an owner; 2 where the file's ending names no format."""
    start_django(args.data)
    check_migrated()
    from django.conf import settings

    from noaber.apps.registry.presenters.capacities import csv_records
    from noaber.apps.registry.queries.capacities import CapacityFilter, list_capacities
    from noaber.apps.registry.views.capacity_files import FORMATS
    from noaber.web.clock import now

    path = Path(args.file)
    ending = path.suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise InvalidInput([Problem("capacity.choice", params={"text": ending, "known": ", ".join(FORMATS)})], "FILE")
    owner = _owner(args.owner)
    status = args.status or settings.NOABER_STATUS
    rows = list_capacities(owner, status, CapacityFilter(owner=owner.code), now=now()).prefetch_related("groups")
    records = list(csv_records(rows))
    path.write_bytes(FORMATS[ending][1](records))
    print(f"{owner.code}, {status}: {len(records)} capacities in {path.name}")
    return 0


class _Line:
    """The progress as one line of the terminal; nothing where standard error is none."""

    def __init__(self) -> None:
        self._told_at = 0.0
        self._width = 0

    def tell(self, step: str, done: int, total: int) -> None:
        if not sys.stderr.isatty() or (done < total and time.monotonic() - self._told_at < TOLD_EVERY):
            return
        self._told_at = time.monotonic()
        text = f"{STEPS[step]} {done:,} of {total:,}" if total else STEPS[step]
        print(f"\r{text.ljust(self._width)}", end="", file=sys.stderr, flush=True)
        self._width = len(text)

    def end(self) -> None:
        """Clear the line."""
        if self._width:
            print(f"\r{' ' * self._width}\r", end="", file=sys.stderr, flush=True)
            self._width = 0


def _write_faults(path: Path, problems: Sequence[Problem]) -> None:
    """Every problem with its place, what stands there, and what was expected."""
    from noaber.apps.registry.csv_export import BYTE_ORDER_MARK, disarmed
    from noaber.apps.registry.presenters.imports import split_place

    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(BYTE_ORDER_MARK)
        writer = csv.writer(file)
        writer.writerow(("table", "row", "column", "value", "problem", "kind"))
        for problem in problems:
            table, row, column = split_place(problem.where)
            value = disarmed(str(problem.params.get("text", "")))
            writer.writerow(
                (table or "capacities", row, column, value, disarmed(problem.message), problem.severity.value)
            )


def _owner(code: str) -> Organisation:
    from noaber.apps.accounts.models import Organisation

    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise InvalidInput([Problem("registry.no-owner", params={"owner": code})], "--owner")
    return found


def _check_groups(codes: list[str]) -> None:
    from noaber.apps.accounts.models import SharingGroup

    known = set(SharingGroup.objects.values_list("code", flat=True))
    unknown = [Problem("registry.no-group", params={"group": code}) for code in codes if code not in known]
    if unknown:
        raise InvalidInput(unknown, "--share-with")


def _account() -> str:
    """The account of this machine under which the command runs, for the history."""
    return os.environ.get("USER") or str(os.getuid())


def _report(plan: ImportPlan) -> None:
    """Every problem at its place, then every change."""
    for problem in plan.problems:
        print(f"{'warning' if problem.severity is Severity.WARNING else 'error'}: {problem}")
    if plan.errors:
        return
    for row in plan.rows:
        if row.before is None:
            print(f"row {row.row}: {row.code} added")
        for field, (before, after) in row.changes.items():
            print(f"row {row.row}: {row.code} {field}: {before!r} -> {after!r}")
    for code in plan.absent:
        print(f"not in the file, left as it is: {code}")


def _warn(plan: ImportPlan) -> None:
    for problem in plan.problems:
        print(f"warning: {problem}", file=sys.stderr)


def _counts(plan: ImportPlan, owner: Organisation, status: str, *, dry_run: bool) -> str:
    from noaber.apps.registry.services import RowAction

    counts = ", ".join(f"{plan.count(action)} {action}" for action in RowAction)
    suffix = " (dry run: nothing was written)" if dry_run else ""
    return f"{owner.code}, {status}: {counts}{suffix}"
