"""The audience of an incident holds its territory: whoever answers for that sees it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('library', '0005_search_shelves'),
    ]

    operations = [
        migrations.AddField(
            model_name='audience',
            name='territory',
            field=models.CharField(blank=True, default='', max_length=5),
        ),
    ]
