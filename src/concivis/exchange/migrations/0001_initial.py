import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('hubs', '0002_append_only'),
        ('initiatives', '0001_initial'),
        ('places', '0002_prefix_order'),
        ('twinning', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('format', models.CharField(choices=[('pairs', 'table of pairs'), ('wikidata', 'Wikidata query result')], max_length=10)),
                ('filename', models.CharField(max_length=200, verbose_name='file')),
                ('stored', models.CharField(max_length=80)),
                ('sha256', models.CharField(max_length=64)),
                ('mapping', models.JSONField(default=dict)),
                ('remarks', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('uploaded', 'uploaded'), ('staging', 'being read'), ('staged', 'ready to look at'), ('applying', 'being applied'), ('applied', 'applied'), ('undone', 'undone'), ('failed', 'could not be read')], default='uploaded', max_length=10)),
                ('failure', models.CharField(blank=True, max_length=500)),
                ('counts', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('staged_at', models.DateTimeField(blank=True, null=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batches', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='hubs.hub')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='twinning.source')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='BatchEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('country', models.CharField(blank=True, max_length=100)),
                ('code', models.CharField(blank=True, max_length=2)),
                ('admin', models.CharField(blank=True, max_length=200)),
                ('wikidata_id', models.CharField(blank=True, max_length=16)),
                ('geonames_id', models.BigIntegerField(null=True)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('population', models.BigIntegerField(null=True)),
                ('how', models.CharField(choices=[('id', 'by its number'), ('name_near', 'by name and coordinates'), ('name_only', 'by name'), ('name_far', 'by name, against the coordinates'), ('other_country', 'by name and coordinates, in another country'), ('similar_near', 'by a similar name nearby'), ('created', 'to be created'), ('ambiguous', 'to be decided'), ('rejected', 'rejected'), ('chosen', 'chosen by a person')], max_length=14)),
                ('made_place', models.BooleanField(default=False)),
                ('notes', models.JSONField(default=list)),
                ('proposals', models.JSONField(default=list)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ends', to='exchange.batch')),
                ('place', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batch_ends', to='places.place')),
                ('twin', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.batchend')),
            ],
        ),
        migrations.CreateModel(
            name='BatchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('repeated', 'repeated'), ('ambiguous', 'to be decided'), ('rejected', 'rejected')], max_length=10)),
                ('text', models.CharField(blank=True, max_length=100)),
                ('kind', models.CharField(choices=[('twinning', 'twinning'), ('friendship', 'friendship'), ('contact', 'contact'), ('project', 'project partnership'), ('solidarity', 'solidarity partnership'), ('climate', 'climate partnership'), ('pact', 'pact of friendship')], default='twinning', max_length=16)),
                ('started', models.DateField(null=True)),
                ('started_precision', models.CharField(blank=True, choices=[('year', 'year'), ('month', 'month'), ('day', 'day')], max_length=5)),
                ('ended', models.DateField(null=True)),
                ('ended_precision', models.CharField(blank=True, choices=[('year', 'year'), ('month', 'month'), ('day', 'day')], max_length=5)),
                ('locator', models.CharField(blank=True, max_length=120)),
                ('notes', models.JSONField(default=list)),
                ('undo', models.JSONField(default=dict)),
                ('a', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.batchend')),
                ('b', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='exchange.batchend')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='exchange.batch')),
                ('partnership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='batch_rows', to='twinning.partnership')),
            ],
        ),
        migrations.CreateModel(
            name='Disbursement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paid_on', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('receiver', models.CharField(blank=True, max_length=200)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disbursements', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('paid_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ExternalId',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('initiatives', 'Initiatives'), ('organisations', 'Organisations')], max_length=16)),
                ('external_id', models.CharField(max_length=100)),
                ('object_id', models.CharField(max_length=16)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
        ),
        migrations.CreateModel(
            name='IatiFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('version', models.CharField(max_length=10)),
                ('filename', models.CharField(max_length=200)),
                ('stored', models.CharField(max_length=80)),
                ('state', models.CharField(choices=[('uploaded', 'uploaded'), ('staging', 'being read'), ('staged', 'ready to look at'), ('applying', 'being applied'), ('applied', 'applied'), ('undone', 'undone'), ('failed', 'could not be read')], default='staging', max_length=10)),
                ('failure', models.CharField(blank=True, max_length=500)),
                ('counts', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='iati_files', to='hubs.hub')),
            ],
            options={
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='IatiRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('line', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('repeated', 'repeated'), ('ambiguous', 'to be decided'), ('rejected', 'rejected')], max_length=10)),
                ('identifier', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('notes', models.JSONField(default=list)),
                ('values', models.JSONField(default=dict)),
                ('beside', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('beside_before', models.JSONField(default=dict)),
                ('object_id', models.CharField(blank=True, max_length=16)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('done', models.BooleanField(default=False)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='exchange.iatifile')),
            ],
            options={
                'ordering': ('number',),
            },
        ),
        migrations.CreateModel(
            name='Publisher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=100, verbose_name='identifier of your organisation')),
                ('organisation_type', models.CharField(choices=[('10', 'government'), ('11', 'local government'), ('15', 'other public body'), ('22', 'association at home'), ('60', 'foundation'), ('80', 'training and research')], default='11', max_length=2, verbose_name='kind of organisation')),
                ('hub', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='iati_publisher', to='hubs.hub')),
            ],
        ),
        migrations.CreateModel(
            name='RememberedColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('initiatives', 'Initiatives'), ('organisations', 'Organisations')], max_length=16)),
                ('heading', models.CharField(max_length=200)),
                ('field', models.CharField(blank=True, max_length=40)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('initiatives', 'Initiatives'), ('organisations', 'Organisations')], max_length=16)),
                ('filename', models.CharField(max_length=200)),
                ('stored', models.CharField(blank=True, max_length=80)),
                ('mapping', models.JSONField(default=dict)),
                ('remarks', models.JSONField(default=list)),
                ('rule', models.CharField(choices=[('add', 'add as a new entry'), ('overwrite', 'overwrite the entry that is there'), ('leave', 'leave out')], default='overwrite', max_length=10)),
                ('publishes', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('uploaded', 'uploaded'), ('staging', 'being read'), ('staged', 'ready to look at'), ('applying', 'being applied'), ('applied', 'applied'), ('undone', 'undone'), ('failed', 'could not be read')], default='uploaded', max_length=10)),
                ('failure', models.CharField(blank=True, max_length=500)),
                ('counts', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('staged_at', models.DateTimeField(blank=True, null=True)),
                ('applied_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='hubs.hub')),
            ],
            options={
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='SheetRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('new', 'new'), ('changed', 'changed'), ('unchanged', 'unchanged'), ('repeated', 'repeated'), ('ambiguous', 'to be decided'), ('rejected', 'rejected')], max_length=10)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('values', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('notes', models.JSONField(default=list)),
                ('match', models.CharField(blank=True, choices=[('', 'not found'), ('id', 'found by its number here'), ('external', 'found by its number in your list'), ('name', 'found by its name'), ('similar', 'found by a similar name')], max_length=8)),
                ('object_id', models.CharField(blank=True, max_length=16)),
                ('version', models.CharField(blank=True, max_length=40)),
                ('choice', models.CharField(blank=True, choices=[('add', 'add as a new entry'), ('overwrite', 'overwrite the entry that is there'), ('leave', 'leave out')], max_length=10)),
                ('done', models.CharField(blank=True, choices=[('add', 'add as a new entry'), ('overwrite', 'overwrite the entry that is there'), ('leave', 'leave out')], max_length=10)),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='exchange.sheet')),
            ],
        ),
        migrations.CreateModel(
            name='Takeout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('state', models.CharField(choices=[('making', 'being made'), ('ready', 'ready'), ('failed', 'failed')], default='making', max_length=8)),
                ('stored', models.CharField(blank=True, max_length=80)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('until', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='takeouts', to='hubs.hub')),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='ActivityFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(blank=True, max_length=200)),
                ('reporter', models.CharField(blank=True, max_length=100)),
                ('shares', models.JSONField(default=dict)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
                ('initiative', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='iati_facts', to='initiatives.initiative')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('identifier', ''), _negated=True), fields=('hub', 'identifier'), name='iati_identifier_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'staging', 'staged', 'applying', 'applied', 'undone', 'failed'])), name='batch_state_known'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['pairs', 'wikidata'])), name='batch_format_known'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='batch_applied_says_when'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), models.Q(('applied_at__isnull', False), ('undone_at__isnull', False)), _connector='OR'), name='batch_undone_was_applied'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='batch_failed_says_why'),
        ),
        migrations.AddIndex(
            model_name='batchend',
            index=models.Index(fields=['batch', 'how'], name='batch_end_by_how'),
        ),
        migrations.AddConstraint(
            model_name='batchend',
            constraint=models.CheckConstraint(condition=models.Q(('how__in', ['id', 'name_near', 'name_only', 'name_far', 'other_country', 'similar_near', 'created', 'ambiguous', 'rejected', 'chosen'])), name='batch_end_how_known'),
        ),
        migrations.AddConstraint(
            model_name='batchend',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how__in', ['ambiguous', 'rejected']), _negated=True), ('place__isnull', True), _connector='OR'), name='batch_end_undecided_has_no_place'),
        ),
        migrations.AddIndex(
            model_name='batchrow',
            index=models.Index(models.F('batch'), models.F('state'), models.F('line'), name='batch_row_by_state'),
        ),
        migrations.AddConstraint(
            model_name='batchrow',
            constraint=models.UniqueConstraint(fields=('batch', 'line'), name='batch_line_once'),
        ),
        migrations.AddConstraint(
            model_name='batchrow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'changed', 'unchanged', 'repeated', 'ambiguous', 'rejected'])), name='batch_row_state_known'),
        ),
        migrations.AddConstraint(
            model_name='batchrow',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'rejected'), models.Q(('a__isnull', False), ('b__isnull', False)), _connector='OR'), name='batch_row_ends_or_rejected'),
        ),
        migrations.AddConstraint(
            model_name='disbursement',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('currency', ''), _negated=True)), name='disbursement_is_money'),
        ),
        migrations.AddIndex(
            model_name='externalid',
            index=models.Index(fields=['hub', 'kind', 'object_id'], name='external_id_by_entry'),
        ),
        migrations.AddConstraint(
            model_name='externalid',
            constraint=models.UniqueConstraint(fields=('hub', 'kind', 'external_id'), name='external_id_once'),
        ),
        migrations.AddConstraint(
            model_name='externalid',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['initiatives', 'organisations'])), name='external_id_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='iatifile',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'staging', 'staged', 'applying', 'applied', 'undone', 'failed'])), name='iati_file_state_known'),
        ),
        migrations.AddConstraint(
            model_name='iatifile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='iati_file_applied_says_when'),
        ),
        migrations.AddConstraint(
            model_name='iatirow',
            constraint=models.UniqueConstraint(fields=('file', 'number'), name='iati_row_once'),
        ),
        migrations.AddConstraint(
            model_name='iatirow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'changed', 'unchanged', 'repeated', 'ambiguous', 'rejected'])), name='iati_row_state_known'),
        ),
        migrations.AddConstraint(
            model_name='publisher',
            constraint=models.CheckConstraint(condition=models.Q(('identifier', ''), _negated=True), name='iati_publisher_is_identified'),
        ),
        migrations.AddConstraint(
            model_name='publisher',
            constraint=models.CheckConstraint(condition=models.Q(('organisation_type__in', ['10', '11', '15', '22', '60', '80'])), name='iati_publisher_type_known'),
        ),
        migrations.AddConstraint(
            model_name='rememberedcolumn',
            constraint=models.UniqueConstraint(fields=('hub', 'kind', 'heading'), name='remembered_column_once'),
        ),
        migrations.AddConstraint(
            model_name='rememberedcolumn',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['initiatives', 'organisations'])), name='remembered_column_kind_known'),
        ),
        migrations.AddIndex(
            model_name='sheet',
            index=models.Index(fields=['created_at'], name='sheet_by_age'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['initiatives', 'organisations'])), name='sheet_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'staging', 'staged', 'applying', 'applied', 'undone', 'failed'])), name='sheet_state_known'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(('rule__in', ['add', 'overwrite', 'leave'])), name='sheet_rule_known'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'applied'), _negated=True), ('applied_at__isnull', False), _connector='OR'), name='sheet_applied_says_when'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), _negated=True), models.Q(('applied_at__isnull', False), ('undone_at__isnull', False)), _connector='OR'), name='sheet_undone_was_applied'),
        ),
        migrations.AddConstraint(
            model_name='sheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='sheet_failed_says_why'),
        ),
        migrations.AddIndex(
            model_name='sheetrow',
            index=models.Index(fields=['sheet', 'state', 'line'], name='sheet_row_by_state'),
        ),
        migrations.AddConstraint(
            model_name='sheetrow',
            constraint=models.UniqueConstraint(fields=('sheet', 'line'), name='sheet_line_once'),
        ),
        migrations.AddConstraint(
            model_name='sheetrow',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'changed', 'unchanged', 'repeated', 'ambiguous', 'rejected'])), name='sheet_row_state_known'),
        ),
        migrations.AddConstraint(
            model_name='sheetrow',
            constraint=models.CheckConstraint(condition=models.Q(('done__in', ['', 'leave']), models.Q(('object_id', ''), _negated=True), _connector='OR'), name='sheet_row_done_has_entry'),
        ),
        migrations.AddConstraint(
            model_name='takeout',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['making', 'ready', 'failed'])), name='takeout_state_known'),
        ),
        migrations.AddConstraint(
            model_name='takeout',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('stored', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='takeout_ready_has_file'),
        ),
    ]
