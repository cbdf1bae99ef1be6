import django.db.models.deletion
import uuid
from django.db import migrations, models

from chungtay.core.append_only import allow, forbid


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_notices'),
        ('recognition', '0005_rechecks'),
        ('territory', '0001_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='title',
            name='dossier_uid',
            field=models.UUIDField(null=True, unique=True),
        ),
        migrations.CreateModel(
            name='ToldRank',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('standards', models.JSONField()),
                ('rank', models.PositiveIntegerField()),
                ('words', models.CharField(max_length=300)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WithdrawalCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('opened_on', models.DateField()),
                ('reason', models.CharField(max_length=1000)),
                ('finding', models.JSONField()),
                ('standard_version', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64)),
                ('explanation', models.TextField(blank=True)),
                ('explained_by', models.CharField(blank=True, max_length=200)),
                ('explained_at', models.DateTimeField(null=True)),
                ('proposal', models.CharField(blank=True, max_length=10)),
                ('proposal_reason', models.CharField(blank=True, max_length=1000)),
                ('proposed_by', models.CharField(blank=True, max_length=200)),
                ('proposed_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=10)),
                ('outcome_reason', models.CharField(blank=True, max_length=1000)),
                ('outcome_on', models.DateField(null=True)),
                ('decision_number', models.CharField(blank=True, max_length=60)),
                ('decided_by', models.CharField(blank=True, max_length=200)),
                ('outcome_by', models.CharField(blank=True, max_length=200)),
                ('outcome_at', models.DateTimeField(null=True)),
                ('authority', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('title', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='recognition.title')),
            ],
        ),
        migrations.CreateModel(
            name='TitleEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('acknowledged', 'được thừa nhận cho nơi kế tiếp'), ('withdrawn', 'bị thu hồi'), ('given_up', 'được nơi giữ danh hiệu xin thôi')], max_length=16)),
                ('on', models.DateField()),
                ('decision_number', models.CharField(blank=True, max_length=60)),
                ('decided_by', models.CharField(max_length=200)),
                ('reason', models.CharField(blank=True, max_length=600)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('title', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='recognition.title')),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recognition.withdrawalcase')),
            ],
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('ref', models.CharField(blank=True, max_length=40)),
                ('text', models.CharField(max_length=600)),
                ('at', models.DateTimeField()),
                ('over_at', models.DateTimeField(null=True)),
                ('title', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recognition.title')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('over_at__isnull', True)), fields=('title', 'kind', 'ref'), name='title_alarm_once')],
            },
        ),
        migrations.CreateModel(
            name='Expiring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('name', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('standard_code', models.CharField(max_length=100)),
                ('criterion', models.CharField(max_length=20)),
                ('valid_from', models.DateField(null=True)),
                ('valid_until', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=300)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='expiring_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('due_on', models.DateField()),
                ('held_on', models.DateField()),
                ('holds', models.JSONField()),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('agreed', models.BooleanField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('answered_label', models.CharField(blank=True, max_length=200)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('title', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='recognition.title')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed__isnull', True), ('agreed', True), _connector='OR'), fields=('title', 'due_on'), name='title_review_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='withdrawalcase',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('title',), name='title_one_open_case'),
        ),
        migrations.AddConstraint(
            model_name='titleevent',
            constraint=models.UniqueConstraint(fields=('title', 'kind', 'place'), name='title_event_once'),
        ),
        migrations.RunPython(forbid("recognition_titleevent"), allow("recognition_titleevent")),
    ]
