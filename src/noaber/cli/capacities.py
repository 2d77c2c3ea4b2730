"""`noaber capacities import FILE.csv --owner CODE`: the same reading, checks and writing as the page.

With `--dry-run` nothing is written; standard output then lists every problem at its row and column, and what would
be added and changed.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from noaber.cli.site import add_data_option, check_migrated, start_django
from noaber.core.problems import InvalidInput, Problem, Severity

if TYPE_CHECKING:
    from noaber.apps.accounts.models import Organisation
    from noaber.apps.registry.services import ImportPlan

STATUSES = ("Actual", "Exercise", "Test")
TLP_LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("capacities", help="try out or import a CSV file of capacities")
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    step = steps.add_parser("import", help="import a CSV file, all of it or nothing")
    step.add_argument("file", metavar="FILE.csv")
    step.add_argument("--owner", required=True, metavar="CODE", help="the organisation that owns the capacities")
    step.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    step.add_argument("--status", choices=STATUSES, help="of the capacities (else the status of this node)")
    step.add_argument("--tlp", choices=TLP_LABELS, default="AMBER", help="label of new ones whose row names none")
    step.add_argument(
        "--share-with", action="append", default=[], metavar="GROUP", help="sharing group of new ones; may be repeated"
    )
    add_data_option(step)
    step.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    data = Path(args.file).read_bytes()
    start_django(args.data)
    check_migrated()
    from django.conf import settings

    from noaber.apps.registry.services import Author, Sharing, import_capacities, plan_import
    from noaber.web.clock import now

    owner = _owner(args.owner)
    _check_groups(args.share_with)
    status = args.status or settings.NOABER_STATUS
    moment = now()
    sharing = Sharing(args.tlp, tuple(args.share_with))
    plan = plan_import(data, owner, status, sharing=sharing, now=moment)
    if args.dry_run:
        _report(plan)
    if plan.errors:
        raise InvalidInput(plan.errors, args.file)
    if not args.dry_run:
        author = Author(f"noaber capacities import ({_account()})")
        import_capacities(author, plan, owner, status, now=moment, reason=Path(args.file).name)
        _warn(plan)
    print(_counts(plan, owner, status, dry_run=args.dry_run))
    return 0


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
