"""What the commands that need the site share: choosing the data directory, making it ready, serving it."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from noaber.core.problems import InvalidInput, Problem


def add_data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", metavar="DIR", help="the data directory (else $NOABER_DATA, else ./.noaber)")


def port_number(text: str) -> int:
    """A port to listen on, for argparse."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"“{text}” is no port; give a number from 1 to 65535")
    return int(text)


def add_address_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1); 0.0.0.0 for all")
    parser.add_argument("--port", type=port_number, default=8000, help="the port to listen on (8000)")


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


@contextlib.contextmanager
def claim_data() -> Iterator[None]:
    """Be the only server of the data directory: an embedded database and an exercise's clock have one.

    The claim ends with the process, however it ends.

    Raises
    ------
    InvalidInput
        Where another server has claimed it.
    """
    from django.conf import settings

    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "server.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InvalidInput([Problem("site.served", params={"data": str(settings.DATA)})]) from error
        yield


def check_database() -> None:
    """Say so at once where the database does not answer: the pool of a PostgreSQL would try for half a minute."""
    import psycopg
    from django.db import DatabaseError, connection

    try:
        with connection.wrap_database_errors:
            if connection.vendor == "postgresql":
                psycopg.connect(**connection.get_connection_params()).close()
            else:
                connection.ensure_connection()
    except DatabaseError as error:
        raise InvalidInput([Problem("site.database", params={"reason": str(error).split("\n")[0]})]) from error


def migrate() -> None:
    """Bring the tables up to date, and what search knows; does nothing where they are."""
    from django.core.management import call_command
    from django.db import OperationalError

    from noaber.apps.library.services.search import rebuild_if_empty

    check_database()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        rebuild_if_empty()
    except OperationalError as error:
        raise InvalidInput([Problem("site.database", params={"reason": str(error).split("\n")[0]})]) from error


def check_migrated() -> None:
    """Refuse tables that are older than the program, and an embedded database that nobody made."""
    from django.conf import settings
    from django.db import connection

    embedded = connection.settings_dict["NAME"]  # of another database it is a text
    if isinstance(embedded, Path) and not embedded.exists():
        raise InvalidInput([Problem("site.no-data", params={"data": str(settings.DATA)})])
    waiting = count_waiting_migrations()
    if waiting:
        raise InvalidInput([Problem("site.not-migrated", params={"count": waiting})])


def count_waiting_migrations() -> int:
    """How many changes of the tables wait to be made."""
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    check_database()
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

    from noaber.apps.accounts.feed import watcher

    class Server(uvicorn.Server):
        """Ends the live updates of open pages first: they would last for as long as the pages do."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            watcher().close()
            await super().shutdown(sockets)

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
    _warm_up_after_first_answer()
    _obey_once()
    Server(config).run()
    return 0


def _warm_up_after_first_answer() -> None:
    """Read the place names while nobody waits: a second of work that neither the first page nor a search bears."""
    from django.core.signals import request_finished

    from noaber.reference.gazetteer import load_gazetteer

    def start(**_: object) -> None:
        request_finished.disconnect(start)
        timer = threading.Timer(1.0, load_gazetteer)
        timer.daemon = True
        timer.start()

    request_finished.connect(start, weak=False)


def _obey_once() -> None:
    """The server obeys these signals itself and raises them again when it has stopped: there is nothing left to do."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)


def say(text: str) -> None:
    print(text, flush=True, file=sys.stdout)
