"""What the commands that need the site share: choosing the data directory, making it ready, serving it."""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import socket
import sys
import threading
from pathlib import Path

from noaber.core.problems import InvalidInput, Problem


def add_data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="the data directory (else $NOABER_DATA, else ./.noaber)")


def start_django(data: str | None) -> None:
    """Choose the data directory and make Django ready; nothing is read or written yet but the secret key.

    Raises
    ------
    InvalidInput
        Where a setting of the environment cannot be used.
    """
    if data:
        os.environ["NOABER_DATA"] = data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise InvalidInput([Problem("site.setting", params={"reason": str(error)})]) from error


def migrate() -> None:
    """Bring the tables up to date; does nothing where they are."""
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise InvalidInput([Problem("site.database", params={"reason": str(error).split("\n")[0]})]) from error


def check_migrated() -> None:
    """Refuse to serve tables that are older than the program."""
    waiting = count_waiting_migrations()
    if waiting:
        raise InvalidInput([Problem("site.not-migrated", params={"count": waiting})])


def count_waiting_migrations() -> int:
    """How many changes of the tables wait to be made."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError as error:
        raise InvalidInput([Problem("site.database", params={"reason": str(error).split("\n")[0]})]) from error


def prepare_database() -> None:
    """Bring the tables and the reference data up to date.

    The tables of an embedded database are; those of a PostgreSQL, which others may share, only by `noaber manage
    migrate`, and tables older than the program are refused.
    """
    from django.db import connection

    from noaber.apps.registry.services import load_reference

    if connection.vendor == "sqlite":
        migrate()
    else:
        check_migrated()
    load_reference()


def collect_static() -> None:
    """Hash and compress the static files, once for each state of the program."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {os.path.getmtime(storage.path(path))}\n".encode())
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
    stamp.write_text(digest.hexdigest())


def check_port(host: str, port: int) -> None:
    """Say so at once where another program listens there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise InvalidInput([Problem("site.port", params={"port": port, "reason": error.strerror})]) from error


def serve(host: str, port: int) -> int:
    """Serve until told to stop; one process, many requests at once."""
    import uvicorn

    config = uvicorn.Config(
        "noaber.config.asgi:application",
        host=host,
        port=port,
        lifespan="off",
        log_level="warning",
        timeout_graceful_shutdown=3,
        proxy_headers=True,
        server_header=False,
    )
    threading.Thread(target=_warm_up, daemon=True).start()
    _obey_once()
    uvicorn.Server(config).run()
    return 0


def _warm_up() -> None:
    """Read the place names while nobody waits for them."""
    from noaber.reference.gazetteer import load_gazetteer

    load_gazetteer()


def _obey_once() -> None:
    """The server obeys these signals itself and raises them again when it has stopped: there is nothing left to do."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)


def say(text: str) -> None:
    print(text, flush=True, file=sys.stdout)
