"""`migrate`, quick where there is nothing yet: an empty database gets today's tables at once.

Walking every migration makes Django render all models again at each step, which takes longer with every table. On an
empty database the walk ends where today's models are, so they are made directly and the migrations noted as done.
What else a database needs (triggers, guards) is set by `post_migrate`, as after every migrate.
"""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        database = connections[options["database"]]
        whole = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        if whole and not database.introspection.table_names():
            self._make_at_once(database)
        super().handle(*args, **options)

    def _make_at_once(self, database: BaseDatabaseWrapper) -> None:
        """Make the tables of every app that has migrations, and note those as done."""
        loader = MigrationLoader(database)
        recorder = MigrationRecorder(database)
        self.verbosity = 0
        self.sync_apps(database, loader.migrated_apps)
        recorder.ensure_schema()
        for app_label, name in loader.graph.nodes:
            recorder.record_applied(app_label, name)
