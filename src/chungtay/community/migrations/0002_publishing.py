import chungtay.core.encrypting
import django.db.models.deletion
import uuid
from django.db import migrations, models

from chungtay.core.append_only import allow, forbid

GUARDED = ("community_newsstep",)


class Migration(migrations.Migration):

    dependencies = [
        ('community', '0001_initial'),
        ('evidence', '0002_only_grow'),
        ('people', '0005_notices'),
        ('territory', '0001_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='NameRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(unique=True)),
                ('digest', models.CharField(max_length=64)),
                ('name', chungtay.core.encrypting.EncryptedText(blank=True)),
                ('where', chungtay.core.encrypting.EncryptedText()),
                ('why', chungtay.core.encrypting.EncryptedText(blank=True)),
                ('contact', chungtay.core.encrypting.EncryptedText(blank=True)),
                ('received_at', models.DateTimeField()),
                ('due', models.DateField()),
                ('state', models.CharField(choices=[('received', 'đã tiếp nhận'), ('done', 'đã rút tên'), ('partly', 'đã rút một phần'), ('refused', 'không rút được, có nêu lý do'), ('more', 'cần thêm thông tin')], default='received', max_length=10)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
            ],
        ),
        migrations.CreateModel(
            name='NameRequestStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('received', 'đã tiếp nhận'), ('done', 'đã rút tên'), ('partly', 'đã rút một phần'), ('refused', 'không rút được, có nêu lý do'), ('more', 'cần thêm thông tin')], max_length=10)),
                ('words', chungtay.core.encrypting.EncryptedText(blank=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='community.namerequest')),
            ],
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('mark', models.CharField(max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('struck_at', models.DateTimeField(null=True)),
                ('struck_by', models.CharField(blank=True, max_length=200)),
                ('struck_reason', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('news', 'tin'), ('notice', 'thông báo')], max_length=8)),
                ('about_kind', models.CharField(blank=True, choices=[('', 'cả địa bàn'), ('title', 'danh hiệu'), ('work', 'công trình'), ('meeting', 'cuộc họp, quyết định')], max_length=8)),
                ('about_ref', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('draft', 'bản nháp'), ('published', 'đã đăng'), ('withdrawn', 'đã gỡ')], default='draft', max_length=10)),
                ('publish_from', models.DateField(null=True)),
                ('publish_to', models.DateField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='NewsItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alt', models.CharField(max_length=300)),
                ('caption', models.CharField(blank=True, max_length=300)),
                ('spoken', models.TextField(blank=True)),
                ('spoken_language', models.CharField(blank=True, max_length=8)),
                ('at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evidence.file')),
                ('news', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='community.news')),
            ],
        ),
        migrations.CreateModel(
            name='NewsStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'bản nháp'), ('published', 'đã đăng'), ('withdrawn', 'đã gỡ')], max_length=10)),
                ('publish_from', models.DateField(null=True)),
                ('publish_to', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('news', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='community.news')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='NewsText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=8)),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('body', models.TextField(blank=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('news', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='community.news')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('mark', models.CharField(max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('struck_at', models.DateTimeField(null=True)),
                ('struck_by', models.CharField(blank=True, max_length=200)),
                ('struck_reason', models.CharField(blank=True, max_length=300)),
                ('what', models.CharField(max_length=300)),
                ('channel', models.CharField(max_length=12)),
                ('where', models.CharField(max_length=300)),
                ('known_on', models.DateField(null=True)),
                ('posted_from', models.DateField()),
                ('planned_to', models.DateField()),
                ('times', models.PositiveSmallIntegerField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('ended_reason', models.CharField(blank=True, max_length=300)),
                ('ended_by', models.CharField(blank=True, max_length=200)),
                ('news', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='community.news')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
        ),
        migrations.AddIndex(
            model_name='namerequest',
            index=models.Index(fields=['place', 'state', 'due'], name='name_request_place_state_due'),
        ),
        migrations.AddIndex(
            model_name='news',
            index=models.Index(fields=['place', 'state', 'publish_from'], name='news_place_state_from'),
        ),
        migrations.AddConstraint(
            model_name='newstext',
            constraint=models.UniqueConstraint(fields=('news', 'language', 'number'), name='news_version_once'),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['place', 'posted_from'], name='posting_place_from'),
        ),
        *(migrations.RunPython(forbid(table), allow(table)) for table in GUARDED),
    ]
