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
    """Serve what is there. An exercise's clock that stands still runs on."""
    site.check_port(args.host, args.port)
    site.start_django(args.data)
    site.prepare_database()
    site.collect_static()
    from noaber.web import clock

    clock.resume()
    site.say(f"Noaber is at http://{args.host}:{args.port}/")
    return site.serve(args.host, args.port)
