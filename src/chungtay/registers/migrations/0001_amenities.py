import datetime
import django.db.models.deletion
import uuid
from django.db import migrations, models


from chungtay.core.append_only import allow, forbid

GUARDED = ("registers_description", "registers_ending", "registers_border")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0005_notices'),
        ('territory', '0001_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='Asset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('kind', models.CharField(max_length=16)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('is_struck', models.BooleanField(default=False)),
                ('part_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='registers.asset')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
            ],
        ),
        migrations.CreateModel(
            name='Border',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField()),
                ('geometry', models.JSONField()),
                ('area_dm2', models.BigIntegerField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Broadcast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('weekdays', models.CharField(max_length=7)),
                ('starts', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='broadcasts', to='registers.asset')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Description',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('holds_from', models.DateField(default=datetime.date(1, 1, 1))),
                ('name', models.CharField(max_length=200)),
                ('name_folded', models.CharField(max_length=200)),
                ('state', models.CharField(blank=True, max_length=10)),
                ('geometry', models.JSONField(null=True)),
                ('length_cm', models.BigIntegerField(null=True)),
                ('area_dm2', models.BigIntegerField(null=True)),
                ('attributes', models.JSONField(default=dict)),
                ('is_public', models.BooleanField(default=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='descriptions', to='registers.asset')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField(null=True)),
                ('is_strike', models.BooleanField(default=False)),
                ('reason', models.CharField(max_length=300)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endings', to='registers.asset')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MapFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(max_length=16)),
                ('name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('written', models.PositiveIntegerField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='asset',
            index=models.Index(fields=['place', 'kind'], name='asset_place_kind'),
        ),
        migrations.AddConstraint(
            model_name='asset',
            constraint=models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='asset_days_in_order'),
        ),
        migrations.AddIndex(
            model_name='border',
            index=models.Index(fields=['place', 'on'], name='border_place_day'),
        ),
        migrations.AddConstraint(
            model_name='broadcast',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='broadcast_days_in_order'),
        ),
        migrations.AddIndex(
            model_name='description',
            index=models.Index(fields=['asset', 'holds_from'], name='description_asset_day'),
        ),
        *(migrations.RunPython(forbid(table), allow(table)) for table in GUARDED),
    ]
