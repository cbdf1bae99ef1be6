import chungtay.core.encrypting
import django.db.models.deletion
import uuid
from django.db import migrations, models


from chungtay.core.append_only import allow, forbid

GUARDED = (
    "ledger_checkpoint",
    "ledger_entry",
    "ledger_gift",
    "ledger_landgift",
    "ledger_landregistered",
    "ledger_monthclosing",
    "ledger_pledge",
    "ledger_purpose",
    "ledger_purposedecision",
    "ledger_reconciliation",
    "ledger_toldtotal",
    "ledger_valuationrule",
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('community', '0001_initial'),
        ('people', '0005_notices'),
        ('territory', '0001_places'),
    ]

    operations = [
        migrations.CreateModel(
            name='Book',
            fields=[
                ('place', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='territory.place')),
                ('position', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('cash_dong', models.BigIntegerField(default=0)),
                ('account_dong', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Counting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('drained_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Purpose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('work', 'công trình'), ('fund', 'quỹ của thôn'), ('activity', 'hoạt động chung'), ('support', 'giúp đỡ, cứu trợ'), ('programme', 'chương trình, kế hoạch')], max_length=12)),
                ('asks_decision', models.BooleanField()),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('paper', models.CharField(blank=True, max_length=300)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'year', 'number'), name='purpose_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='Reconciliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('account_book_dong', models.BigIntegerField()),
                ('account_statement_dong', models.BigIntegerField()),
                ('cash_book_dong', models.BigIntegerField()),
                ('cash_counted_dong', models.BigIntegerField()),
                ('explanation', models.CharField(blank=True, max_length=500)),
                ('last_position', models.PositiveBigIntegerField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'on'], name='reconciliation_place_on')],
            },
        ),
        migrations.CreateModel(
            name='ToldTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('line', models.CharField(max_length=40)),
                ('from_day', models.DateField()),
                ('until', models.DateField()),
                ('measured', models.CharField(max_length=12)),
                ('amount', models.BigIntegerField()),
                ('qualifier', models.CharField(blank=True, max_length=8)),
                ('paper', models.CharField(max_length=300)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Total',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=12)),
                ('mark', models.CharField(max_length=16)),
                ('entries', models.BigIntegerField()),
                ('quantity', models.BigIntegerField()),
                ('value_dong', models.BigIntegerField()),
                ('unvalued', models.BigIntegerField()),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'year', 'source', 'kind', 'mark'), name='total_once')],
            },
        ),
        migrations.CreateModel(
            name='ValuationRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('unit', models.CharField(max_length=12)),
                ('item', models.CharField(blank=True, max_length=120)),
                ('rate_dong', models.BigIntegerField()),
                ('legal_basis', models.CharField(max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'unit'], name='valuation_place_unit')],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('size', models.PositiveBigIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('sealed_at', models.DateTimeField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'month'), name='checkpoint_once_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('position', models.PositiveBigIntegerField()),
                ('act', models.CharField(choices=[('record', 'ghi'), ('opening', 'số ban đầu'), ('reverse', 'huỷ'), ('refund', 'hoàn trả'), ('revalue', 'quy đổi lại')], max_length=8)),
                ('source', models.CharField(choices=[('central', 'Ngân sách Trung ương'), ('province', 'Ngân sách tỉnh'), ('district', 'Ngân sách huyện (trước 01/7/2025)'), ('commune', 'Ngân sách xã'), ('integrated', 'Vốn lồng ghép'), ('credit', 'Vốn tín dụng'), ('enterprise', 'Doanh nghiệp'), ('people', 'Người dân đóng góp'), ('natives', 'Con em xa quê'), ('other', 'Nguồn khác, tài trợ'), ('state', 'Vốn Nhà nước, không tách cấp'), ('social', 'Dân, doanh nghiệp, tín dụng, không tách'), ('untold', 'Không kể nguồn nào')], max_length=12)),
                ('kind', models.CharField(choices=[('committed', 'Vốn cam kết'), ('disbursed', 'Vốn giải ngân'), ('cash', 'Tiền mặt'), ('labour', 'Ngày công'), ('land', 'Hiến đất'), ('goods', 'Hiện vật'), ('unsplit', 'Không kể hình thức'), ('spent', 'Chi từ tiền đóng góp'), ('moved', 'Chuyển quỹ tiền mặt và tài khoản'), ('balance', 'Số dư ban đầu')], max_length=12)),
                ('on', models.DateField()),
                ('year', models.PositiveSmallIntegerField()),
                ('receipt', models.PositiveIntegerField(null=True)),
                ('quantity', models.BigIntegerField(null=True)),
                ('value_dong', models.BigIntegerField(null=True)),
                ('unvalued', models.SmallIntegerField(default=0)),
                ('cash_dong', models.BigIntegerField(default=0)),
                ('account_dong', models.BigIntegerField(default=0)),
                ('mark', models.CharField(choices=[('measured', 'measured'), ('told', 'told'), ('stated', 'stated'), ('reconstructed', 'reconstructed'), ('simulated', 'simulated')], max_length=16)),
                ('paper', models.CharField(blank=True, max_length=300)),
                ('private', models.CharField(blank=True, max_length=64)),
                ('before', models.CharField(blank=True, max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='ledger.entry')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('purpose', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.purpose')),
                ('told', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.toldtotal')),
                ('rule', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.valuationrule')),
            ],
            options={
                'indexes': [models.Index(fields=['purpose', 'kind', 'source'], name='entry_purpose'), models.Index(fields=['place', 'year', 'source', 'kind'], name='entry_place_year'), models.Index(fields=['place', 'on'], name='entry_place_on')],
                'constraints': [models.UniqueConstraint(fields=('place', 'position'), name='entry_one_chain_a_place'), models.UniqueConstraint(condition=models.Q(('receipt__isnull', False)), fields=('place', 'year', 'receipt'), name='entry_receipt_once'), models.UniqueConstraint(condition=models.Q(('act__in', ['reverse', 'refund'])), fields=('of',), name='entry_reversed_once'), models.CheckConstraint(condition=models.Q(models.Q(('unvalued', 1), ('value_dong__isnull', True)), ('unvalued', -1), models.Q(('unvalued', 0), ('value_dong__isnull', False)), _connector='OR'), name='entry_unknown_is_not_zero'), models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['record', 'opening']), ('of__isnull', True)), models.Q(('act__in', ['reverse', 'refund', 'revalue']), ('of__isnull', False)), _connector='OR'), name='entry_of_what_it_changes')],
            },
        ),
        migrations.CreateModel(
            name='Pledge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('source', models.CharField(choices=[('central', 'Ngân sách Trung ương'), ('province', 'Ngân sách tỉnh'), ('district', 'Ngân sách huyện (trước 01/7/2025)'), ('commune', 'Ngân sách xã'), ('integrated', 'Vốn lồng ghép'), ('credit', 'Vốn tín dụng'), ('enterprise', 'Doanh nghiệp'), ('people', 'Người dân đóng góp'), ('natives', 'Con em xa quê'), ('other', 'Nguồn khác, tài trợ'), ('state', 'Vốn Nhà nước, không tách cấp'), ('social', 'Dân, doanh nghiệp, tín dụng, không tách'), ('untold', 'Không kể nguồn nào')], max_length=12)),
                ('kind', models.CharField(choices=[('committed', 'Vốn cam kết'), ('disbursed', 'Vốn giải ngân'), ('cash', 'Tiền mặt'), ('labour', 'Ngày công'), ('land', 'Hiến đất'), ('goods', 'Hiện vật'), ('unsplit', 'Không kể hình thức'), ('spent', 'Chi từ tiền đóng góp'), ('moved', 'Chuyển quỹ tiền mặt và tài khoản'), ('balance', 'Số dư ban đầu')], max_length=12)),
                ('quantity', models.BigIntegerField(null=True)),
                ('value_dong', models.BigIntegerField(null=True)),
                ('paper', models.CharField(max_length=300)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pledges', to='ledger.purpose')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PurposeDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('document', models.CharField(max_length=300)),
                ('decision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='community.decision')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('purpose', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='ledger.purpose')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MonthClosing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('month', models.DateField()),
                ('cash_dong', models.BigIntegerField()),
                ('account_dong', models.BigIntegerField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.place')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('reconciliation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.reconciliation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('place', 'month'), name='month_closed_once')],
            },
        ),
        migrations.CreateModel(
            name='Gift',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='gift', serialize=False, to='ledger.entry')),
                ('giver_key', models.CharField(blank=True, db_index=True, max_length=64)),
                ('is_public', models.BooleanField(default=False)),
                ('item', models.CharField(blank=True, max_length=120)),
                ('unit_word', models.CharField(blank=True, max_length=30)),
            ],
        ),
        migrations.CreateModel(
            name='Hidden',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='hidden', serialize=False, to='ledger.entry')),
                ('told', chungtay.core.encrypting.EncryptedText()),
                ('nonce', models.CharField(blank=True, max_length=32)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LandGift',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='land', serialize=False, to='ledger.entry')),
                ('co_owners', models.CharField(max_length=8)),
                ('area_before', models.BigIntegerField()),
                ('area_after', models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Uncounted',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='ledger.entry')),
            ],
        ),
        migrations.CreateModel(
            name='LandRegistered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('by_label', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('on', models.DateField()),
                ('document', models.CharField(max_length=300)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                ('land', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='registered', to='ledger.landgift')),
            ],
            options={
                'abstract': False,
            },
        ),
        *(migrations.RunPython(forbid(table), allow(table)) for table in GUARDED),
    ]
