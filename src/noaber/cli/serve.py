"""`noaber serve`: the site, by a production ASGI server, in one process."""

from __future__ import annotations

import argparse
from contextlib import nullcontext

from noaber.cli import site


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("serve", help="serve the site")
    site.add_data_option(parser)
    site.add_address_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve what is there. An exercise's clock that stands still runs on."""
    site.check_port(args.host, args.port)
    site.start_django(args.data)
    from django.db import connection

    with site.claim_data() if connection.vendor == "sqlite" else nullcontext():
        site.prepare_database()
        site.collect_static()
        from noaber.web import clock

        clock.resume()
        site.say(f"Noaber is at http://{args.host}:{args.port}/")
        return site.serve(args.host, args.port)
