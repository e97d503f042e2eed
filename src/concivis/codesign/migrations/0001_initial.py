import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('hubs', '0002_append_only'),
        ('vocabulary', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Connector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name or pseudonym')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('language', models.CharField(max_length=12, verbose_name='language of our letters')),
                ('state', models.CharField(choices=[('invited', 'invited'), ('active', 'active'), ('resting', 'taking a break'), ('ended', 'ended')], default='invited', max_length=10)),
                ('name_public', models.BooleanField(default=False)),
                ('name_public_on', models.DateField(blank=True, null=True)),
                ('term_from', models.DateField(verbose_name='from')),
                ('term_until', models.DateField(verbose_name='until')),
                ('joined_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('term_reminded_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('is_example', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='connectors', to='hubs.hub')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ConnectorKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('connector', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='key', to='codesign.connector')),
            ],
        ),
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('date', models.DateField(verbose_name='on')),
                ('what', models.CharField(max_length=200, verbose_name='what for')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=8, verbose_name='amount')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('receipt', models.FileField(blank=True, upload_to='codesign/receipts/', verbose_name='receipt')),
                ('receipt_name', models.CharField(blank=True, max_length=200)),
                ('media_type', models.CharField(blank=True, max_length=100)),
                ('state', models.CharField(choices=[('entered', 'entered'), ('approved', 'approved'), ('paid', 'paid'), ('refused', 'refused')], default='entered', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why it was refused')),
                ('entered_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expenses', to='codesign.connector')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-date', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Insight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language of the text')),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('text', models.TextField(max_length=1500, verbose_name='what was heard')),
                ('need', models.CharField(blank=True, choices=[('information', 'information'), ('language', 'being understood'), ('access', 'access to a service'), ('money', 'money'), ('space', 'rooms and places'), ('safety', 'safety'), ('recognition', 'recognition'), ('company', 'company'), ('voice', 'having a say'), ('other', 'something else')], max_length=12, verbose_name='what is needed')),
                ('state', models.CharField(choices=[('new', 'new'), ('clustered', 'in a cluster'), ('aside', 'set aside')], default='new', max_length=10)),
                ('aside_because', models.CharField(blank=True, max_length=300, verbose_name='why it is set aside')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('connector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='insights', to='codesign.connector')),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='insights', to='hubs.hub')),
                ('terms', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.term')),
            ],
            options={
                'ordering': ('-written_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='InsightText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('origin', models.CharField(choices=[('human', 'a person'), ('machine', 'a machine')], max_length=8, verbose_name='translated by')),
                ('of_revision', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('text', models.TextField(max_length=1500, verbose_name='what was heard')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='codesign.insight')),
            ],
            options={
                'ordering': ('language',),
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.CharField(choices=[('connector', 'the connector'), ('office', 'the office')], max_length=10)),
                ('text', models.TextField(max_length=4000, verbose_name='message')),
                ('sent_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('excused_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='codesign.connector')),
            ],
            options={
                'ordering': ('sent_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language of the text')),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('text', models.TextField(max_length=20000, verbose_name='notes')),
                ('written_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('connector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notes', to='codesign.connector')),
            ],
            options={
                'ordering': ('written_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='NoteText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('origin', models.CharField(choices=[('human', 'a person'), ('machine', 'a machine')], max_length=8, verbose_name='translated by')),
                ('of_revision', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('text', models.TextField(max_length=20000, verbose_name='notes')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='codesign.note')),
            ],
            options={
                'ordering': ('language',),
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('name_agreed_on', models.DateField(blank=True, null=True)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('email_agreed_on', models.DateField(blank=True, null=True)),
                ('language', models.CharField(max_length=12)),
                ('agreed_how', models.CharField(max_length=200, verbose_name='how they agreed')),
                ('forget_on', models.DateField()),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('added_by_connector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='codesign.connector')),
            ],
            options={
                'ordering': ('added_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ParticipantKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('participant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='key', to='codesign.participant')),
            ],
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language of the text')),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='in two or three sentences')),
                ('scope', models.TextField(blank=True, max_length=4000, verbose_name='what can be changed, and what cannot')),
                ('goals', models.TextField(blank=True, max_length=2000, verbose_name='goals, one a line')),
                ('template', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('draft', 'in preparation'), ('running', 'running'), ('finished', 'finished'), ('cancelled', 'cancelled')], default='draft', max_length=12)),
                ('cancelled_because', models.CharField(blank=True, max_length=500, verbose_name='why it was cancelled')),
                ('is_published', models.BooleanField(default=False, verbose_name='public')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('starts', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='until')),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('is_example', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='hubs.hub')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('terms', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.term')),
            ],
            options={
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('names', models.JSONField(blank=True, default=dict)),
                ('aim', models.TextField(blank=True, max_length=1000, verbose_name='what it is for')),
                ('starts', models.DateField(blank=True, null=True, verbose_name='from')),
                ('ends', models.DateField(blank=True, null=True, verbose_name='until')),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='codesign.process')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='insight',
            name='process',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='insights', to='codesign.process'),
        ),
        migrations.CreateModel(
            name='ProcessText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('origin', models.CharField(choices=[('human', 'a person'), ('machine', 'a machine')], max_length=8, verbose_name='translated by')),
                ('of_revision', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='in two or three sentences')),
                ('scope', models.TextField(blank=True, max_length=4000, verbose_name='what can be changed, and what cannot')),
                ('goals', models.TextField(blank=True, max_length=2000, verbose_name='goals, one a line')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='codesign.process')),
            ],
            options={
                'ordering': ('language',),
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='codesign.message')),
            ],
            options={
                'ordering': ('at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('about', models.TextField(blank=True, max_length=4000, verbose_name='what it is about')),
                ('language', models.CharField(max_length=35, verbose_name='language of the text')),
                ('setting', models.CharField(choices=[('on_site', 'on site'), ('online', 'online'), ('both', 'on site and online')], default='on_site', max_length=8, verbose_name='where')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='place')),
                ('online_url', models.URLField(blank=True, max_length=500, verbose_name='online address')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('timezone', models.CharField(max_length=40)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, verbose_name='places')),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('attended', models.PositiveIntegerField(blank=True, null=True, verbose_name='people who came')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=500)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('connectors', models.ManyToManyField(blank=True, related_name='sessions', to='codesign.connector')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('phase', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions', to='codesign.phase')),
                ('process', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='codesign.process')),
            ],
            options={
                'ordering': ('-starts_at', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='participant',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='codesign.session'),
        ),
        migrations.AddField(
            model_name='note',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='codesign.session'),
        ),
        migrations.AddField(
            model_name='insight',
            name='session',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='insights', to='codesign.session'),
        ),
        migrations.CreateModel(
            name='AttendanceByLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35)),
                ('number', models.PositiveIntegerField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='codesign.session')),
            ],
            options={
                'ordering': ('-number', 'language'),
            },
        ),
        migrations.CreateModel(
            name='TrainingPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('language', models.CharField(max_length=35)),
                ('hours', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='hours')),
                ('position', models.PositiveSmallIntegerField()),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training_parts', to='hubs.hub')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='TrainingDone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_on', models.DateField(verbose_name='on')),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='training', to='codesign.connector')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='done', to='codesign.trainingpart')),
            ],
            options={
                'ordering': ('done_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Volunteered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('community', 'community'), ('language', 'language')], max_length=10)),
                ('value', models.CharField(max_length=120)),
                ('is_public', models.BooleanField(default=False)),
                ('said_at', models.DateTimeField()),
                ('connector', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='volunteered', to='codesign.connector')),
            ],
            options={
                'ordering': ('kind', 'value'),
            },
        ),
        migrations.CreateModel(
            name='CodesignRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer_days', models.PositiveSmallIntegerField(default=7, verbose_name='the office answers within')),
                ('participant_months', models.PositiveSmallIntegerField(default=6, verbose_name='forget participants after')),
                ('connector_months', models.PositiveSmallIntegerField(default=12, verbose_name='forget connectors after')),
                ('currency', models.CharField(default='EUR', max_length=3, verbose_name='currency of expenses')),
                ('hub', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='codesign_rules', to='hubs.hub')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('answer_days__lte', 60), ('connector_months__gte', 1), ('connector_months__lte', 60), ('participant_months__gte', 1), ('participant_months__lte', 36)), name='codesign_rules_in_bounds')],
            },
        ),
        migrations.AddIndex(
            model_name='connector',
            index=models.Index(fields=['hub', 'state'], name='connector_by_state'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'active', 'resting', 'ended'])), name='connector_state_known'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('name', ''), _negated=True), ('forgotten_at__isnull', True)), models.Q(('email', ''), ('forgotten_at__isnull', False), ('name', ''), ('user__isnull', True)), _connector='OR'), name='connector_named_or_forgotten'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.CheckConstraint(condition=models.Q(('forgotten_at__isnull', True), ('state', 'ended'), _connector='OR'), name='connector_forgotten_after_the_end'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.CheckConstraint(condition=models.Q(('term_until__gte', models.F('term_from'))), name='connector_term_in_order'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['invited', 'ended']), ('joined_at__isnull', False), _connector='OR'), name='connector_joined_when'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at__isnull', True)), _connector='OR'), name='connector_ended_when'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.CheckConstraint(condition=models.Q(('name_public', False), ('name_public_on__isnull', False), _connector='OR'), name='connector_name_public_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='connector',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('hub', 'email'), name='connector_address_once'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['entered', 'approved', 'paid', 'refused'])), name='expense_state_known'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('currency', ''), _negated=True), models.Q(('what', ''), _negated=True)), name='expense_is_money'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('reason', '')), _connector='OR'), name='expense_refused_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'entered')), models.Q(models.Q(('state', 'entered'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='expense_decided_when'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', False), ('state', 'paid')), models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_at__isnull', True)), _connector='OR'), name='expense_paid_when'),
        ),
        migrations.AddConstraint(
            model_name='expense',
            constraint=models.CheckConstraint(condition=models.Q(('receipt', ''), models.Q(('receipt_name', ''), _negated=True), _connector='OR'), name='expense_receipt_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='insighttext',
            constraint=models.UniqueConstraint(fields=('of', 'language'), name='insight_text_once'),
        ),
        migrations.AddConstraint(
            model_name='insighttext',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='insight_text_says_something'),
        ),
        migrations.AddConstraint(
            model_name='insighttext',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['human', 'machine'])), name='insight_text_origin_known'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('sender', 'connector'), ('settled_at__isnull', True)), fields=['sent_at'], name='message_waiting'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('sender__in', ['connector', 'office']), models.Q(('text', ''), _negated=True)), name='message_says_something'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('sender', 'connector'), models.Q(('excused_at__isnull', True), ('settled_at__isnull', True)), _connector='OR'), name='message_settled_of_connector'),
        ),
        migrations.AddConstraint(
            model_name='notetext',
            constraint=models.UniqueConstraint(fields=('of', 'language'), name='note_text_once'),
        ),
        migrations.AddConstraint(
            model_name='notetext',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_text_says_something'),
        ),
        migrations.AddConstraint(
            model_name='notetext',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['human', 'machine'])), name='note_text_origin_known'),
        ),
        migrations.AddIndex(
            model_name='process',
            index=models.Index(fields=['hub', 'state'], name='process_by_state'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'running', 'finished', 'cancelled'])), name='process_state_known'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='process_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(('starts__isnull', True), ('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='process_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), _negated=True), ('is_published', False), _connector='OR'), name='process_in_preparation_is_not_public'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(('is_published', False), ('published_at__isnull', False), _connector='OR'), name='process_public_since'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), models.Q(('cancelled_because', ''), _negated=True)), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_because', '')), _connector='OR'), name='process_cancelled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ['finished', 'cancelled'])), models.Q(('finished_at__isnull', True), ('state__in', ['draft', 'running'])), _connector='OR'), name='process_over_since'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(fields=('process', 'position'), name='phase_position_once'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('process', 'code'), name='phase_of_template_once'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('code', ''), _negated=True), ('name', '')), models.Q(('code', ''), models.Q(('name', ''), _negated=True)), _connector='OR'), name='phase_of_template_or_named'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('starts__isnull', True), ('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='phase_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='processtext',
            constraint=models.UniqueConstraint(fields=('of', 'language'), name='process_text_once'),
        ),
        migrations.AddConstraint(
            model_name='processtext',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='process_text_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='processtext',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['human', 'machine'])), name='process_text_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('message', 'by'), name='reading_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(condition=models.Q(('by__isnull', True)), fields=('message',), name='reading_of_connector_once'),
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(fields=['process', 'starts_at'], name='session_by_time'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='session_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('setting__in', ['on_site', 'online', 'both'])), name='session_setting_known'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), models.Q(('cancelled_because', ''), _negated=True)), models.Q(('cancelled_at__isnull', True), ('cancelled_because', '')), _connector='OR'), name='session_cancelled_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gt', 0), _connector='OR'), name='session_has_room'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at__isnull', True), ('attended__isnull', True), _connector='OR'), name='session_cancelled_had_nobody'),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(fields=['forget_on'], name='participant_to_forget'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), ('name_agreed_on__isnull', False), _connector='OR'), name='participant_name_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('email', ''), ('email_agreed_on__isnull', False), _connector='OR'), name='participant_mail_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('name', ''), _negated=True), models.Q(('email', ''), _negated=True), _connector='OR'), models.Q(('agreed_how', ''), _negated=True)), name='participant_is_somebody'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('session', 'email'), name='participant_once'),
        ),
        migrations.AddConstraint(
            model_name='note',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='note_says_something'),
        ),
        migrations.AddIndex(
            model_name='insight',
            index=models.Index(fields=['hub', 'state'], name='insight_by_state'),
        ),
        migrations.AddIndex(
            model_name='insight',
            index=models.Index(fields=['process', 'state'], name='insight_of_process'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='insight_says_something'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['new', 'clustered', 'aside'])), name='insight_state_known'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.CheckConstraint(condition=models.Q(('need', ''), ('need__in', ['information', 'language', 'access', 'money', 'space', 'safety', 'recognition', 'company', 'voice', 'other']), _connector='OR'), name='insight_need_known'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'aside'), models.Q(('aside_because', ''), _negated=True)), models.Q(models.Q(('state', 'aside'), _negated=True), ('aside_because', '')), _connector='OR'), name='insight_aside_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='insight',
            constraint=models.CheckConstraint(condition=models.Q(('session__isnull', True), ('process__isnull', False), _connector='OR'), name='insight_of_session_in_process'),
        ),
        migrations.AddConstraint(
            model_name='attendancebylanguage',
            constraint=models.UniqueConstraint(fields=('session', 'language'), name='attendance_once_a_language'),
        ),
        migrations.AddConstraint(
            model_name='attendancebylanguage',
            constraint=models.CheckConstraint(condition=models.Q(('number__gt', 0), models.Q(('language', ''), _negated=True)), name='attendance_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='trainingpart',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='training_part_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='trainingpart',
            constraint=models.CheckConstraint(condition=models.Q(('hours__isnull', True), ('hours__gt', 0), _connector='OR'), name='training_part_takes_time'),
        ),
        migrations.AddConstraint(
            model_name='trainingdone',
            constraint=models.UniqueConstraint(fields=('connector', 'part'), name='training_done_once'),
        ),
        migrations.AddConstraint(
            model_name='volunteered',
            constraint=models.UniqueConstraint(fields=('connector', 'kind', 'value'), name='volunteered_once'),
        ),
        migrations.AddConstraint(
            model_name='volunteered',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['community', 'language']), models.Q(('value', ''), _negated=True)), name='volunteered_something'),
        ),
    ]
