"""The history of records moves here from the registry; its table and its rows stay as they are."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0007_capacity_releaser"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Change",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=20, verbose_name="kind of record")),
                        ("subject_id", models.BigIntegerField()),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("added", "added"),
                                    ("changed", "changed"),
                                    ("state", "state reported"),
                                    ("imported", "imported"),
                                    ("bulk", "changed with others"),
                                    ("undone", "taken back"),
                                    ("withdrawn", "withdrawn"),
                                    ("verified", "verified"),
                                    ("checked", "checked against its source"),
                                    ("loaded", "loaded from the reference data"),
                                ],
                                max_length=12,
                                verbose_name="what",
                            ),
                        ),
                        ("by", models.CharField(max_length=200, verbose_name="by")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("fields", models.JSONField(default=dict)),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.organisation",
                                verbose_name="for",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "db_table": "registry_change",
                        "ordering": ("-at", "-pk"),
                        "indexes": [
                            models.Index(fields=["subject", "subject_id", "-at"], name="change_of_subject"),
                        ],
                    },
                ),
            ],
        ),
    ]
