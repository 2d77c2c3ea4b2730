from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("planner", "0010_proposals_cover_their_incident"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="proposal",
            name="incident",
        ),
        migrations.AlterField(
            model_name="proposal",
            name="incidents",
            field=models.ManyToManyField(related_name="proposals", to="planner.incident"),
        ),
    ]
