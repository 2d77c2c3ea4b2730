from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("planner", "0011_proposal_without_one_incident"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="reasons",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="proposal",
            name="rivals",
            field=models.JSONField(default=list),
        ),
    ]
