"""`noaber manage ...`: Django's own commands, with the product's settings."""

from __future__ import annotations

import argparse
import os


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("manage", help="Django's own commands: migrate, createsuperuser, ...", add_help=False)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["noaber manage", *args.arguments])
    return 0
