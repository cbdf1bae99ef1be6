import django.db.models.deletion
import uuid
from django.db import migrations, models

from chungtay.core.append_only import allow, forbid


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_notices'),
        ('reports', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('is_public', models.BooleanField()),
                ('with_texts', models.BooleanField()),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='reports.report')),
            ],
            options={
                'indexes': [models.Index(fields=['report', '-id'], name='publication_newest')],
            },
        ),
        migrations.RunPython(forbid("reports_publication"), allow("reports_publication")),
    ]
