"""Who answers for which territory, and who releases the means of whom: filled with the reference data."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='released_by',
            field=models.ForeignKey(blank=True, help_text='Empty where it releases them itself, or where nothing is known.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='accounts.organisation', verbose_name='its means are released by'),
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('territory', models.CharField(db_index=True, max_length=5)),
                ('answers_for', models.CharField(max_length=5)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='accounts.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'territory'), name='answers_once_for_each')],
            },
        ),
    ]
