"""`noaber serve`: the site, by a production ASGI server, in one process."""

from __future__ import annotations

import argparse

from noaber.cli import site


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("serve", help="serve the site")
    site.add_data_option(parser)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Bring an embedded database up to date; a PostgreSQL, which others may share, only by `noaber manage migrate`."""
    site.start_django(args.data)
    from django.db import connection

    site.check_port(args.host, args.port)
    if connection.vendor == "sqlite":
        site.migrate()
    else:
        site.check_migrated()
    _load_reference()
    site.collect_static()
    site.say(f"Noaber is at http://{args.host}:{args.port}/")
    return site.serve(args.host, args.port)


def _load_reference() -> None:
    from noaber.apps.registry.services import load_reference

    load_reference()
