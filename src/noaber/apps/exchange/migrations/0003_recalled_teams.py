"""Deployments that were recalled are marked so; `noaber journal rebuild` adds what else is derived from the messages."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def mark_recalled(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    deployments = apps.get_model("exchange", "Deployment").objects
    recalled = [
        pk
        for pk, changes in deployments.values_list("pk", "changes").iterator()
        if any(change.get("state") == "RECALLED" for change in changes)
    ]
    for begin in range(0, len(recalled), 500):
        deployments.filter(pk__in=recalled[begin : begin + 500]).update(is_taken_back=True)


class Migration(migrations.Migration):
    dependencies = (("exchange", "0002_what_was_lost"),)
    operations = (migrations.RunPython(mark_recalled, migrations.RunPython.noop),)
