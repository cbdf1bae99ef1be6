import django.db.models.deletion
import uuid
from django.db import migrations, models

from chungtay.core.append_only import allow, forbid


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_notices'),
        ('reports', '0002_publication'),
        ('territory', '0001_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoryPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('story', models.UUIDField(db_index=True)),
                ('first', models.DateField(null=True)),
                ('last', models.DateField()),
                ('is_public', models.BooleanField()),
                ('content', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(forbid("reports_storypublication"), allow("reports_storypublication")),
    ]
