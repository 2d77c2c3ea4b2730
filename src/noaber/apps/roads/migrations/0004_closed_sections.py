from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roads", "0003_network_builds")]

    operations = [
        migrations.AddField(
            model_name="closure",
            name="sections",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
