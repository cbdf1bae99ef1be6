import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_initial'),
        ('ledger', '0001_initial'),
        ('people', '0005_notices'),
        ('territory', '0001_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('number', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=20)),
                ('need', models.CharField(blank=True, max_length=1000)),
                ('state', models.CharField(choices=[('need', 'đề xuất'), ('decided', 'dân đã quyết'), ('filed', 'đã có hồ sơ'), ('funded', 'đã xếp nguồn vốn'), ('contracted', 'đã ký hợp đồng'), ('building', 'đang làm'), ('stopped', 'tạm dừng'), ('accepted', 'đã nghiệm thu'), ('handed_over', 'đã bàn giao'), ('settled', 'đã quyết toán'), ('kept', 'đang sử dụng, có người bảo trì'), ('cancelled', 'không làm nữa')], max_length=12)),
                ('is_on_record', models.BooleanField(default=False)),
                ('lat_e6', models.IntegerField(null=True)),
                ('lon_e6', models.IntegerField(null=True)),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.decision')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('purpose', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.purpose')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'state'], name='work_place_state')],
                'constraints': [models.UniqueConstraint(fields=('place', 'number'), name='work_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('number', models.CharField(blank=True, max_length=60)),
                ('builder', models.CharField(max_length=200)),
                ('builder_kind', models.CharField(choices=[('community', 'cộng đồng tự làm'), ('crew', 'tổ, nhóm thợ tại chỗ'), ('company', 'doanh nghiệp, hợp tác xã')], max_length=10)),
                ('value_dong', models.BigIntegerField()),
                ('on', models.DateField(null=True)),
                ('start', models.DateField(null=True)),
                ('end', models.DateField(null=True)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='works.work')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('value_dong__gt', 0)), name='contract_has_value'), models.CheckConstraint(condition=models.Q(('start__isnull', True), ('end__isnull', True), ('end__gte', models.F('start')), _connector='OR'), name='contract_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='DiaryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('crew', models.CharField(max_length=200)),
                ('people', models.PositiveIntegerField()),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='diary', to='works.work')),
            ],
            options={
                'indexes': [models.Index(fields=['work', 'on'], name='diary_work_on')],
            },
        ),
        migrations.CreateModel(
            name='ToldProgress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('hundredths', models.PositiveIntegerField()),
                ('source', models.CharField(max_length=300)),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='works.work')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('move', models.CharField(choices=[('propose', 'đề xuất'), ('enter', 'nhập công trình đã có'), ('decide', 'ghi quyết định của dân'), ('file', 'lập hồ sơ đơn giản'), ('fund', 'xếp nguồn vốn'), ('contract', 'ký hợp đồng'), ('start', 'khởi công'), ('stop', 'tạm dừng'), ('resume', 'làm tiếp'), ('accept', 'nghiệm thu'), ('hand_over', 'bàn giao'), ('settle', 'quyết toán'), ('upkeep', 'giao bảo trì'), ('cancel', 'thôi không làm')], max_length=12)),
                ('state', models.CharField(choices=[('need', 'đề xuất'), ('decided', 'dân đã quyết'), ('filed', 'đã có hồ sơ'), ('funded', 'đã xếp nguồn vốn'), ('contracted', 'đã ký hợp đồng'), ('building', 'đang làm'), ('stopped', 'tạm dừng'), ('accepted', 'đã nghiệm thu'), ('handed_over', 'đã bàn giao'), ('settled', 'đã quyết toán'), ('kept', 'đang sử dụng, có người bảo trì'), ('cancelled', 'không làm nữa')], max_length=12)),
                ('on', models.DateField()),
                ('document', models.CharField(blank=True, max_length=300)),
                ('party', models.CharField(blank=True, max_length=300)),
                ('amount_dong', models.BigIntegerField(null=True)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='works.work')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WorkFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('edition', models.PositiveSmallIntegerField()),
                ('on', models.DateField()),
                ('document', models.CharField(blank=True, max_length=300)),
                ('lines_dong', models.BigIntegerField()),
                ('other_dong', models.BigIntegerField(default=0)),
                ('reserve_dong', models.BigIntegerField(default=0)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='works.work')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('work', 'edition'), name='work_file_edition_once')],
            },
        ),
        migrations.CreateModel(
            name='PhotoPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(max_length=120)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='works.work')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('work', 'name'), name='photo_point_once')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('amount_dong', models.BigIntegerField()),
                ('document', models.CharField(max_length=300)),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.entry')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='works.payment')),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='works.work')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount_dong__gt', 0), ('undoes__isnull', True)), models.Q(('amount_dong__lt', 0), ('undoes__isnull', False)), _connector='OR'), name='payment_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='Due',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accepted', 'nghiệm thu'), ('settled', 'chênh lệch quyết toán'), ('opening', 'nợ có từ trước')], max_length=10)),
                ('on', models.DateField()),
                ('amount_dong', models.BigIntegerField()),
                ('document', models.CharField(blank=True, max_length=300)),
                ('work', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dues', to='works.work')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('work', 'kind'), name='due_once_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Strike',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='strike', to='works.diaryentry')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BillLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=200)),
                ('unit', models.CharField(max_length=20)),
                ('quantity', models.BigIntegerField()),
                ('price_dong', models.BigIntegerField()),
                ('product', models.CharField(blank=True, max_length=20)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='works.workfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'item'), name='bill_line_item_once')],
            },
        ),
        migrations.CreateModel(
            name='DiaryQuantity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=12)),
                ('quantity', models.BigIntegerField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quantities', to='works.diaryentry')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('entry', 'item'), name='diary_item_once')],
            },
        ),
        migrations.CreateModel(
            name='FundingLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('central', 'Ngân sách Trung ương'), ('province', 'Ngân sách tỉnh'), ('district', 'Ngân sách huyện (trước 01/7/2025)'), ('commune', 'Ngân sách xã'), ('integrated', 'Vốn lồng ghép'), ('credit', 'Vốn tín dụng'), ('enterprise', 'Doanh nghiệp'), ('people', 'Người dân đóng góp'), ('natives', 'Con em xa quê'), ('other', 'Nguồn khác, tài trợ'), ('state', 'Vốn Nhà nước, không tách cấp'), ('social', 'Dân, doanh nghiệp, tín dụng, không tách'), ('untold', 'Không kể nguồn nào')], max_length=12)),
                ('amount_dong', models.BigIntegerField()),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funding', to='works.step')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('step', 'source'), name='funding_line_source_once')],
            },
        ),
        migrations.AddField(
            model_name='Work',
            name='contract',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='works.contract'),
        ),
        migrations.AddField(
            model_name='Work',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='works.workfile'),
        ),
    ]
