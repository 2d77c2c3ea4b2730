"""The index of search is derived: its tables are dropped, made in their new shape, and filled anew after migrating."""

import django.db.models.deletion
from django.db import migrations, models


def forget_words(apps, schema_editor):
    """SQLite keeps the words of the texts in a table of FTS5, which is set up again after migrating."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS library_words")


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('library', '0004_document_themes'),
    ]

    operations = [
        migrations.RunPython(forget_words, migrations.RunPython.noop),
        migrations.DeleteModel(name='SearchTag'),
        migrations.DeleteModel(name='SearchText'),
        migrations.DeleteModel(name='SearchEntry'),
        migrations.CreateModel(
            name='Shelf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('status', models.CharField(blank=True, max_length=8)),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('languages', models.PositiveSmallIntegerField(default=0)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='ShelfTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tag', models.CharField(max_length=60)),
                ('shelf', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tags', to='library.shelf')),
            ],
            options={
                'indexes': [models.Index(fields=['tag', 'shelf'], name='shelves_with_tag')],
                'constraints': [models.UniqueConstraint(fields=('shelf', 'tag'), name='one_tag_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('record_id', models.BigIntegerField(default=0)),
                ('record_key', models.CharField(blank=True, default='', max_length=300)),
                ('on', models.DateField(blank=True, null=True)),
                ('audience', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.audience')),
                ('shelf', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='library.shelf')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'record_id', 'record_key'), name='one_entry_each')],
            },
        ),
        migrations.CreateModel(
            name='SearchText',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='library.searchentry')),
                ('title_words', models.TextField(blank=True)),
                ('words', models.TextField(blank=True)),
            ],
        ),
    ]
