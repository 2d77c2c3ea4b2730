"""A deadline is a moment: added beside the minutes, which 0006 turns into it."""

from __future__ import annotations

from django.db import migrations, models



class Migration(migrations.Migration):
    dependencies = (("planner", "0004_own_log"),)
    operations = (
        migrations.AddField("need", "needed_by", models.DateTimeField(null=True, verbose_name="needed by")),
        migrations.AddField(
            "need", "useless_after", models.DateTimeField(blank=True, null=True, verbose_name="of no use after")
        ),
    )
