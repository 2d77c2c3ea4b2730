"""`noaber search`: make the index of the search anew from the records."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from noaber.cli import site

if TYPE_CHECKING:
    from noaber.apps.library.kinds import Kind


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("search", help="the index of the search")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    rebuild = actions.add_parser("rebuild", help="make it anew from the records; afterwards the same is found")
    site.add_data_option(rebuild)
    rebuild.set_defaults(run=_rebuild)


def _rebuild(args: argparse.Namespace) -> int:
    site.start_django(args.data)
    site.check_migrated()
    from noaber.apps.library.services.search import rebuild

    total = rebuild(_tell)
    print(f"{total} records can be found.")
    return 0


def _tell(kind: Kind, count: int) -> None:
    sys.stderr.write(f"{kind.code}: {count}\n")
