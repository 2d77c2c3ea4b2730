"""Teams that were offered before are named; `noaber journal rebuild` adds those that requests ask for by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

AT_ONCE = 500


def name_teams(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    named = apps.get_model("exchange", "NamedTeam")
    named.objects.bulk_create(_rows(apps, named), batch_size=AT_ONCE)


def _rows(apps: StateApps, named: Any) -> Iterator[Any]:
    offers = apps.get_model("exchange", "Offer").objects.exclude(owner="").order_by()
    for thread_id, owner, team_id, line_id, pk in offers.values_list("thread_id", "owner", "team_id", "line_id", "pk"):
        yield named(thread_id=thread_id, owner=owner, unit=f"{owner}:{team_id}", line_id=line_id, offer_id=pk)


class Migration(migrations.Migration):
    dependencies = (("exchange", "0006_named_teams"),)
    operations = (migrations.RunPython(name_teams, migrations.RunPython.noop),)
