"""In which language a need is written; of those that are there nobody was asked, so it stays unknown."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("planner", "0012_proposal_reasons"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")],
                default="",
                max_length=2,
                verbose_name="written in",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="incident",
            name="language",
            field=models.CharField(
                choices=[("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")],
                max_length=2,
                verbose_name="written in",
            ),
        ),
    ]
