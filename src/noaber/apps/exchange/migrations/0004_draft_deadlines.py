"""Drafts that were begun before keep the moment that they meant: so many minutes from when they were begun."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NAMES = {"within_minutes": "needed_by", "latest_minutes": "useless_after"}


def state_moments(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    drafts = apps.get_model("exchange", "RequestDraft").objects
    for draft in drafts.all().iterator():
        draft.lines = [_line(line, draft.created_at) for line in draft.lines]
        draft.save(update_fields=["lines"])


def _line(line: dict[str, Any], begun_at: datetime.datetime) -> dict[str, Any]:
    moments = {
        moment: (begun_at + datetime.timedelta(minutes=line[minutes])).isoformat() if line[minutes] else None
        for minutes, moment in NAMES.items()
        if minutes in line
    }
    return {name: value for name, value in line.items() if name not in NAMES} | moments


class Migration(migrations.Migration):
    dependencies = (("exchange", "0003_recalled_teams"),)
    operations = (migrations.RunPython(state_moments, migrations.RunPython.noop),)
