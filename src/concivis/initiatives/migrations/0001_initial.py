import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('directory', '0001_initial'),
        ('hubs', '0002_append_only'),
        ('places', '0002_prefix_order'),
        ('vocabulary', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language of the text')),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='in two or three sentences')),
                ('story', models.TextField(blank=True, max_length=20000, verbose_name='story')),
                ('kind', models.CharField(choices=[('project', 'project'), ('partnership_work', 'work for a partnership of towns'), ('regular', 'regular activity'), ('campaign', 'campaign'), ('festival', 'festival'), ('exchange', 'exchange'), ('solidarity', 'solidarity project'), ('training', 'training'), ('other', 'other')], max_length=20, verbose_name='kind')),
                ('stage', models.CharField(choices=[('idea', 'idea'), ('planned', 'planned'), ('running', 'running'), ('paused', 'paused'), ('finished', 'finished')], max_length=10, verbose_name='stage')),
                ('started', models.DateField(blank=True, null=True, verbose_name='since')),
                ('started_precision', models.CharField(blank=True, choices=[('year', 'year'), ('month', 'month'), ('day', 'day')], max_length=5)),
                ('ended', models.DateField(blank=True, null=True, verbose_name='until')),
                ('ended_precision', models.CharField(blank=True, choices=[('year', 'year'), ('month', 'month'), ('day', 'day')], max_length=5)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('contact_name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('contact_name_public', models.BooleanField(default=False)),
                ('contact_email_public', models.BooleanField(default=False)),
                ('contact_phone_public', models.BooleanField(default=False)),
                ('consent_on', models.DateField(blank=True, null=True, verbose_name='agreed on')),
                ('consent_how', models.CharField(blank=True, max_length=200, verbose_name='how')),
                ('owner_email', models.EmailField(blank=True, max_length=254)),
                ('owner_name', models.CharField(blank=True, max_length=120)),
                ('owner_language', models.CharField(blank=True, max_length=12)),
                ('state', models.CharField(choices=[('draft', 'waits for the mail to be confirmed'), ('submitted', 'waits for the office'), ('asked_back', 'the office has asked something'), ('published', 'public'), ('declined', 'declined'), ('archived', 'archived')], default='draft', max_length=12)),
                ('review_note', models.TextField(blank=True, max_length=2000)),
                ('answer_note', models.TextField(blank=True, max_length=2000)),
                ('reviewed_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('changed_unseen', models.BooleanField(default=False)),
                ('last_confirmed', models.DateField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('is_development', models.BooleanField(default=False, verbose_name='development cooperation')),
                ('dac_code', models.CharField(blank=True, max_length=5, verbose_name='DAC purpose code')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('is_example', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('countries', models.ManyToManyField(blank=True, related_name='+', to='places.country')),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='hubs.hub')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('places', models.ManyToManyField(blank=True, related_name='+', to='places.place')),
                ('reviewed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('terms', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.term')),
            ],
            options={
                'ordering': ('title', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14)),
                ('currency', models.CharField(max_length=3)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_lines', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('starts_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='InitiativeText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('origin', models.CharField(choices=[('human', 'a person'), ('machine', 'a machine')], max_length=8, verbose_name='translated by')),
                ('of_revision', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('summary', models.TextField(blank=True, max_length=600, verbose_name='in two or three sentences')),
                ('story', models.TextField(blank=True, max_length=20000, verbose_name='story')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('language',),
            },
        ),
        migrations.CreateModel(
            name='Involvement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=200)),
                ('role', models.CharField(choices=[('lead', 'carries it'), ('partner', 'takes part'), ('funder', 'gives money'), ('supporter', 'supports it')], max_length=10, verbose_name='role')),
                ('position', models.PositiveSmallIntegerField()),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='initiatives.initiative')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involvements', to='directory.organisation')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='OwnerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('confirm', 'confirm the mail address'), ('edit', 'look after the entry')], max_length=8)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('-made_at',),
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('report', 'report'), ('flyer', 'flyer'), ('plan', 'plan'), ('minutes', 'minutes'), ('other', 'other')], max_length=16, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('language', models.CharField(blank=True, max_length=35)),
                ('file', models.FileField(upload_to='initiatives/papers/', verbose_name='file')),
                ('name', models.CharField(max_length=200)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('-added_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='RegisterRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ask_after_months', models.PositiveSmallIntegerField(default=12, verbose_name='ask owners after')),
                ('archive_after_months', models.PositiveSmallIntegerField(default=24, verbose_name='archive after')),
                ('hub', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='register_rules', to='hubs.hub')),
            ],
        ),
        migrations.CreateModel(
            name='RelatedCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('object_id', models.CharField(max_length=16)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_cards', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('kind', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SupportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('need', 'needs'), ('offer', 'offers')], max_length=5)),
                ('what', models.CharField(choices=[('volunteers', 'Volunteers'), ('translation', 'Translation'), ('room', 'Room'), ('money', 'Money'), ('contacts', 'Contacts'), ('knowledge', 'Knowledge'), ('materials', 'Materials'), ('partners', 'Partners')], max_length=12)),
                ('sentence', models.CharField(blank=True, max_length=300)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support_lines', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('direction', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('text', models.TextField(blank=True, max_length=8000, verbose_name='text')),
                ('language', models.CharField(max_length=35)),
                ('date', models.DateField(verbose_name='when')),
                ('precision', models.CharField(choices=[('year', 'year'), ('month', 'month'), ('day', 'day')], max_length=5)),
                ('is_result', models.BooleanField(default=False, verbose_name='this is a result')),
                ('figures', models.JSONField(blank=True, default=list)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('-date', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('file', models.FileField(upload_to='initiatives/pictures/')),
                ('media_type', models.CharField(max_length=40)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('alt', models.CharField(max_length=300, verbose_name='what is to be seen')),
                ('credit', models.CharField(blank=True, max_length=200, verbose_name='who took it')),
                ('language', models.CharField(max_length=35)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='initiatives.initiative')),
                ('update', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='initiatives.update')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='WebLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('position', models.PositiveSmallIntegerField()),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='web_links', to='initiatives.initiative')),
            ],
            options={
                'ordering': ('position', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('answers', models.JSONField(default=dict)),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('saved_at', models.DateTimeField(auto_now=True)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
            options={
                'indexes': [models.Index(fields=['saved_at'], name='form_draft_by_age')],
            },
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['hub', 'state'], name='initiative_by_state'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['state', 'last_confirmed'], name='initiative_by_age'),
        ),
        migrations.AddIndex(
            model_name='initiative',
            index=models.Index(fields=['-changed_at'], name='initiative_by_change'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['project', 'partnership_work', 'regular', 'campaign', 'festival', 'exchange', 'solidarity', 'training', 'other'])), name='initiative_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['idea', 'planned', 'running', 'paused', 'finished'])), name='initiative_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'asked_back', 'published', 'declined', 'archived'])), name='initiative_state_known'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='initiative_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('started__isnull', True), ('started_precision', '')), models.Q(('started__isnull', False), ('started_precision', 'day')), models.Q(('started__day', 1), ('started_precision', 'month')), models.Q(('started__day', 1), ('started__month', 1), ('started_precision', 'year')), _connector='OR'), name='initiative_start_on_first_day'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended__isnull', True), ('ended_precision', '')), models.Q(('ended__isnull', False), ('ended_precision', 'day')), models.Q(('ended__day', 1), ('ended_precision', 'month')), models.Q(('ended__day', 1), ('ended__month', 1), ('ended_precision', 'year')), _connector='OR'), name='initiative_end_on_first_day'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('started__isnull', True), ('ended__isnull', True), ('ended__gte', models.F('started')), _connector='OR'), name='initiative_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contact_email_public', False), ('contact_name_public', False), ('contact_phone_public', False)), ('consent_on__isnull', False), _connector='OR'), name='initiative_contact_public_only_with_consent'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['declined', 'asked_back']), _negated=True), models.Q(('review_note', ''), _negated=True), _connector='OR'), name='initiative_declined_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('last_confirmed__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='initiative_public_was_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('archived_at__isnull', False), ('state', 'archived')), models.Q(models.Q(('state', 'archived'), _negated=True), ('archived_at__isnull', True)), _connector='OR'), name='initiative_archived_when'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('reminded_at__isnull', True), ('asked_at__isnull', False), _connector='OR'), name='initiative_reminded_after_asked'),
        ),
        migrations.AddConstraint(
            model_name='initiative',
            constraint=models.CheckConstraint(condition=models.Q(('dac_code', ''), ('is_development', True), _connector='OR'), name='initiative_purpose_of_development'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='budget_line_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='budgetline',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('currency', ''), _negated=True)), name='budget_line_is_money'),
        ),
        migrations.AddConstraint(
            model_name='initiativetext',
            constraint=models.UniqueConstraint(fields=('of', 'language'), name='initiative_text_once'),
        ),
        migrations.AddConstraint(
            model_name='initiativetext',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='initiative_text_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='initiativetext',
            constraint=models.CheckConstraint(condition=models.Q(('origin__in', ['human', 'machine'])), name='initiative_text_origin_known'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.UniqueConstraint(fields=('initiative', 'organisation', 'role'), name='involvement_once_in_a_role'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['lead', 'partner', 'funder', 'supporter'])), name='involvement_role_known'),
        ),
        migrations.AddConstraint(
            model_name='involvement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), ('organisation__isnull', False)), models.Q(('organisation__isnull', True), models.Q(('name', ''), _negated=True)), _connector='OR'), name='involvement_known_or_named'),
        ),
        migrations.AddConstraint(
            model_name='ownerkey',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['confirm', 'edit'])), name='owner_key_purpose_known'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(fields=('initiative', 'sha256'), name='paper_once'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['report', 'flyer', 'plan', 'minutes', 'other'])), name='paper_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='registerrules',
            constraint=models.CheckConstraint(condition=models.Q(('archive_after_months__gt', models.F('ask_after_months')), ('ask_after_months__gte', 1)), name='register_rules_ask_before_archiving'),
        ),
        migrations.AddConstraint(
            model_name='relatedcard',
            constraint=models.UniqueConstraint(fields=('initiative', 'kind', 'object_id'), name='related_card_once'),
        ),
        migrations.AddConstraint(
            model_name='supportline',
            constraint=models.UniqueConstraint(fields=('initiative', 'direction', 'what'), name='support_line_once'),
        ),
        migrations.AddConstraint(
            model_name='supportline',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['need', 'offer']), ('what__in', ['volunteers', 'translation', 'room', 'money', 'contacts', 'knowledge', 'materials', 'partners'])), name='support_line_known'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='update_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='update',
            constraint=models.CheckConstraint(condition=models.Q(('precision', 'day'), models.Q(('date__day', 1), ('precision', 'month')), models.Q(('date__day', 1), ('date__month', 1), ('precision', 'year')), _connector='OR'), name='update_partial_date_on_first_day'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='picture_says_what_is_seen'),
        ),
        migrations.AddConstraint(
            model_name='weblink',
            constraint=models.UniqueConstraint(fields=('initiative', 'url'), name='web_link_once'),
        ),
    ]
