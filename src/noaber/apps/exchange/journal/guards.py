"""The database's own refusal to change the journal: triggers, on both databases.

Entries are never updated or deleted. A payload is never updated, and deleted only when every journal that holds
it has an entry saying that it was erased. They are set after every migrate, because SQLite loses a table's
triggers without a word when Django rebuilds it.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

ENTRY = "exchange_journalentry"
PAYLOAD = "exchange_payload"

STILL_HELD = f"""EXISTS (
    SELECT 1 FROM {ENTRY} AS held
    WHERE held.payload_digest = OLD.digest AND held.kind IN ('sent', 'received')
      AND NOT EXISTS (
        SELECT 1 FROM {ENTRY} AS gone
        WHERE gone.organisation_id = held.organisation_id AND gone.kind = 'erased'
          AND gone.payload_digest = OLD.digest))"""  # noqa: S608

GUARDS: dict[str, tuple[str, str, str, str]] = {
    "noaber_entry_update": (ENTRY, "UPDATE", "", "The journal is append-only."),
    "noaber_entry_delete": (ENTRY, "DELETE", "", "The journal is append-only."),
    "noaber_payload_update": (PAYLOAD, "UPDATE", "", "A payload is never changed."),
    "noaber_payload_delete": (PAYLOAD, "DELETE", STILL_HELD, "A journal still holds this payload."),
}
"""By name of the trigger: table, event, condition (empty: always), refusal."""

TRUNCATE_GUARDS = {"noaber_entry_truncate": ENTRY, "noaber_payload_truncate": PAYLOAD}
"""PostgreSQL only: SQLite has no TRUNCATE."""


def install_guards(connection: BaseDatabaseWrapper) -> None:
    """Set every guard that is missing or differs; what is in order is left alone."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in _postgresql_functions():
                cursor.execute(statement)
        for name in find_missing_guards(connection):
            cursor.execute(_drop(connection, name))
            cursor.execute(_create(connection, name))


def remove_guards(connection: BaseDatabaseWrapper) -> None:
    """Take the guards off. The product never calls this; the tests do, to clean up after themselves."""
    with connection.cursor() as cursor:
        for name in _guards_of(connection):
            cursor.execute(_drop(connection, name))


def find_missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the guards that are not there, or not as they should be."""
    if connection.vendor == "sqlite":
        return _missing_in_sqlite(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            " AND tgname LIKE 'noaber_%%'"
        )
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in _guards_of(connection) if name not in present]


def _missing_in_sqlite(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        present = dict(cursor.fetchall())
    return [name for name in GUARDS if present.get(name) != _create(connection, name)]


def _guards_of(connection: BaseDatabaseWrapper) -> list[str]:
    return [*GUARDS, *(TRUNCATE_GUARDS if connection.vendor == "postgresql" else ())]


def _drop(connection: BaseDatabaseWrapper, name: str) -> str:
    if connection.vendor == "sqlite":
        return f"DROP TRIGGER IF EXISTS {name}"
    table = TRUNCATE_GUARDS.get(name) or GUARDS[name][0]
    return f"DROP TRIGGER IF EXISTS {name} ON {table}"


def _create(connection: BaseDatabaseWrapper, name: str) -> str:
    if name in TRUNCATE_GUARDS:
        return (
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {TRUNCATE_GUARDS[name]}"
            " FOR EACH STATEMENT EXECUTE FUNCTION noaber_entry_delete()"
        )
    table, event, condition, refusal = GUARDS[name]
    if connection.vendor == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    when = f" WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table}{when} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"


def _postgresql_functions() -> list[str]:
    return [_postgresql_function(name) for name in GUARDS]


def _postgresql_function(name: str) -> str:
    _, _, condition, refusal = GUARDS[name]
    raised = f"RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"IF {condition} THEN {raised} END IF; RETURN OLD;" if condition else raised
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
