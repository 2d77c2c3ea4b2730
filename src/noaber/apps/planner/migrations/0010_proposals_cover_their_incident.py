"""Proposals of before covered one incident: it is the only one that they cover."""

from django.db import migrations


def cover(apps, schema_editor):
    proposals = apps.get_model("planner", "Proposal")
    covers = proposals.incidents.through
    rows = proposals.objects.order_by("pk").values_list("pk", "incident_id")
    covers.objects.bulk_create(
        (covers(proposal_id=proposal, incident_id=incident) for proposal, incident in rows), batch_size=1000
    )


class Migration(migrations.Migration):

    dependencies = [
        ("planner", "0009_proposal_incidents"),
    ]

    operations = [
        migrations.RunPython(cover, migrations.RunPython.noop),
    ]
