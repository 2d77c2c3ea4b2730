"""Prints the schema of a fresh database as JSON: made at once, or by walking every migration."""

from __future__ import annotations

import json
import sys
from typing import Any

from noaber.cli.site import start_django


def main(way: str) -> None:
    start_django(None)
    from django.core.management import call_command
    from django.core.management.commands.migrate import Command as Walk
    from django.db import connection

    call_command(Walk() if way == "walked" else "migrate", verbosity=0)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        told = {table: _table(connection, cursor, table) for table in tables}
    sys.stdout.write(json.dumps(told, sort_keys=True))


def _table(connection: Any, cursor: Any, table: str) -> dict[str, Any]:
    columns = connection.introspection.get_table_description(cursor, table)
    constraints = connection.introspection.get_constraints(cursor, table)
    return {
        "columns": sorted([column.name, str(column.type_code), column.null_ok, column.default] for column in columns),
        "constraints": sorted(json.dumps(_constraint(name, one), sort_keys=True) for name, one in constraints.items()),
    }


def _constraint(name: str, constraint: dict[str, Any]) -> dict[str, Any]:
    named = {key: value for key, value in constraint.items() if key not in ("columns", "definition", "options")}
    counted = name.startswith(("__unnamed", "fk_"))
    return {"name": "" if counted else name, "columns": constraint["columns"] or [], **named}


if __name__ == "__main__":
    main(sys.argv[1])
