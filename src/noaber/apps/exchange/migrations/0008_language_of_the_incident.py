from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("exchange", "0007_named_teams_of_offers"),
    ]

    operations = [
        migrations.AddField(
            model_name="requestdraft",
            name="incident_language",
            field=models.CharField(
                blank=True,
                choices=[("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")],
                default="",
                max_length=2,
            ),
            preserve_default=False,
        ),
    ]
