"""`noaber search`: read the files of the library again, and make the index of the search anew from the records."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from noaber.cli import site

if TYPE_CHECKING:
    from noaber.apps.records.kinds import Kind


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("search", help="the index of the search")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    rebuild = actions.add_parser("rebuild", help="read the files of the library and make it anew from the records")
    site.add_data_option(rebuild)
    rebuild.set_defaults(run=_rebuild)


def _rebuild(args: argparse.Namespace) -> int:
    site.start_django(args.data)
    site.check_migrated()
    from noaber.apps.library.services.search import rebuild
    from noaber.apps.library.services.texts import read_texts_again

    changed = read_texts_again()
    if changed:
        print(f"{changed} files say more, or something else, than was read of them before.")
    total = rebuild(_tell)
    print(f"{total} records can be found.")
    return 0


def _tell(kind: Kind, count: int) -> None:
    sys.stderr.write(f"{kind.code}: {count}\n")
