"""One initial migration per app, and none that a database made at once would miss."""

from __future__ import annotations

import pytest
from django.db.migrations import RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader

OURS = {
    key: migration
    for key, migration in MigrationLoader(None).disk_migrations.items()
    if "noaber" in migration.__module__
}


def test_every_app_begins_with_one_initial():
    initial = [app for (app, _), migration in OURS.items() if migration.initial]

    assert sorted(initial) == sorted({app for app, _ in OURS})


@pytest.mark.parametrize("key", OURS, ids="-".join)
def test_what_a_migration_makes_stands_in_the_models(key: tuple[str, str]):
    """An empty database gets its tables from today's models (`web/management/commands/migrate.py`)."""
    hidden = [step for step in OURS[key].operations if isinstance(step, RunSQL | SeparateDatabaseAndState)]

    assert not hidden, "belongs into a receiver of post_migrate, which runs on every database"
