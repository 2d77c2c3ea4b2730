"""`noaber manage ...`: Django's own commands, with the product's settings."""

from __future__ import annotations

import argparse

from noaber.cli import site
from noaber.core.problems import InvalidInput, Problem


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("manage", help="Django's own commands: migrate, createsuperuser, ...", add_help=False)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    site.start_django(None)
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(["noaber manage", *args.arguments])
    except OperationalError as error:
        raise InvalidInput([Problem("site.database", params={"reason": str(error).split("\n")[0]})]) from error
    return 0
