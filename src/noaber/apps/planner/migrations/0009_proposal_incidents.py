from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("planner", "0008_event_of_alerts"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="incidents",
            field=models.ManyToManyField(related_name="+", to="planner.incident"),
        ),
    ]
