"""“Within so many minutes” becomes the moment that was meant when it was last said, as the incident's log has it."""

from __future__ import annotations

import datetime

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def state_moments(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    needs = apps.get_model("planner", "Need").objects
    events = apps.get_model("planner", "IncidentEvent").objects
    said = events.filter(kind__in=("need-added", "need-changed"))
    for need in needs.select_related("incident").iterator():
        stated_at = need.incident.opened_at
        stated = None
        for event in said.filter(incident=need.incident, params__need=need.code).order_by("at"):
            if event.params.get("within") != stated:  # another number of teams left the deadline where it was
                stated, stated_at = event.params.get("within"), event.at
        need.needed_by = stated_at + datetime.timedelta(minutes=need.within_minutes)
        if need.latest_minutes is not None:
            need.useless_after = stated_at + datetime.timedelta(minutes=need.latest_minutes)
        need.save(update_fields=["needed_by", "useless_after"])


class Migration(migrations.Migration):
    dependencies = (("planner", "0005_need_moments"),)
    operations = (migrations.RunPython(state_moments, migrations.RunPython.noop),)
