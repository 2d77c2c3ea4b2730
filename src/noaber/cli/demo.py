"""`noaber demo`: the exercise “Juli 2021”, brought in once and served on this machine."""

from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import threading
import time
import webbrowser

from noaber.cli import site

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("demo", help="a filled site on this machine")
    site.add_data_option(parser)
    site.add_address_options(parser)
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Bring the exercise in where it is not there yet, and serve it until told to stop."""
    site.check_port(args.host, args.port)
    start_exercise(args.data)
    if args.host not in LOCAL_HOSTS:
        _answer_to_any_name()
    with site.claim_data():
        return _serve(args)


def _serve(args: argparse.Namespace) -> int:
    """The exercise's clock runs for as long as somebody serves it."""
    from noaber.web import clock

    site.migrate()
    _load()
    site.collect_static()
    address = f"http://{'localhost' if args.host in ('127.0.0.1', '0.0.0.0') else args.host}:{args.port}/"  # noqa: S104
    site.say(_welcome(address))
    if not args.no_browser and _has_display():
        threading.Thread(target=_open_browser, args=(args.host, args.port, address), daemon=True).start()
    try:
        return site.serve(args.host, args.port)
    finally:
        clock.hold()


def start_exercise(data: str | None) -> None:
    """Make Django ready on a node that serves the exercise, whatever the environment says of its status."""
    os.environ["NOABER_STATUS"] = "Exercise"
    os.environ["NOABER_DEMO"] = "1"
    site.start_django(data)


def _answer_to_any_name() -> None:
    """A class reaches this machine by a name or number that is not known here."""
    from django.conf import settings

    if "NOABER_HOSTS" not in os.environ:
        settings.ALLOWED_HOSTS = ["*"]


def _load() -> None:
    """The exercise's clock starts when all is in; it stands still while nobody serves it."""
    from noaber.apps.demo.load import check_empty, is_loaded, load_exercise
    from noaber.apps.registry.services import load_reference
    from noaber.reference.demo.scenario import load_scenario
    from noaber.web import clock

    check_empty()
    if not is_loaded():
        site.say("Bringing in the exercise “Juli 2021” (once) ...")
    if load_exercise() or not clock.is_set():
        clock.start(load_scenario().starts_at)
        return
    load_reference()
    clock.resume()


def _welcome(address: str) -> str:
    from noaber.apps.demo.cast import PASSWORD, accounts

    rows = [(row.username, row.display_name, row.organisation, ", ".join(row.roles)) for row in accounts()]
    heads = ("user", "person", "organisation", "role")
    widths = [max(len(row[index]) for row in [heads, *rows]) for index in range(3)]
    table = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in [heads, *rows]
    ]
    return "\n".join(
        [
            "",
            *table,
            "",
            f"Everyone's password: {PASSWORD}",
            "This is an exercise: places and agreements are real; its course, people and numbers are invented.",
            "“./run noaber story next” lets the neighbours play on. Ctrl+C stops, and with it the exercise's clock.",
            "",
            f"Noaber is at {address}",
        ]
    )


def _has_display() -> bool:
    if sys.platform.startswith(("win", "darwin", "cygwin")):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_browser(host: str, port: int, address: str) -> None:
    """Open the first page when it can be served; that no browser opens is no failure."""
    for _ in range(100):
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
            continue
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(address)
        return
