"""Who finds an incident depends on its territory too: the index is derived, and filled anew after migrating."""

from django.db import migrations


def forget(apps, schema_editor):
    for name in ("SearchText", "SearchEntry", "Audience"):
        apps.get_model("library", name).objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0006_audience_territory'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
