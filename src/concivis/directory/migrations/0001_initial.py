import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('hubs', '0001_initial'),
        ('places', '0001_initial'),
        ('vocabulary', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('municipality', 'municipality'), ('committee', 'twinning committee'), ('association', 'association'), ('foundation', 'foundation'), ('school', 'school'), ('university', 'university'), ('company', 'company'), ('public_authority', 'public authority'), ('religious', 'religious community'), ('consulate', 'consulate'), ('embassy', 'embassy'), ('network', 'network'), ('other', 'other')], max_length=16, verbose_name='kind')),
                ('is_diaspora', models.BooleanField(default=False, verbose_name='diaspora organisation')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_language', models.CharField(blank=True, max_length=12, verbose_name='language of the name')),
                ('transliterated', models.CharField(blank=True, max_length=200, verbose_name='name in Latin letters')),
                ('folded', models.CharField(db_index=True, max_length=200)),
                ('legal_form', models.CharField(blank=True, max_length=60, verbose_name='legal form')),
                ('register_scheme', models.CharField(blank=True, max_length=40, verbose_name='register')),
                ('register_number', models.CharField(blank=True, max_length=60, verbose_name='number in the register')),
                ('address', models.TextField(blank=True, max_length=400, verbose_name='address')),
                ('address_public', models.BooleanField(default=False, verbose_name='everybody may see the address')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address of the organisation')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone of the organisation')),
                ('language', models.CharField(blank=True, max_length=35, verbose_name='language of the texts')),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='about')),
                ('activities_here', models.TextField(blank=True, max_length=2000, verbose_name='activities here')),
                ('activities_there', models.TextField(blank=True, max_length=2000, verbose_name='activities abroad')),
                ('partners_abroad', models.TextField(blank=True, max_length=2000, verbose_name='partners abroad')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('logo', models.ImageField(blank=True, upload_to='logos/', verbose_name='logo')),
                ('source_url', models.URLField(blank=True)),
                ('last_confirmed', models.DateField(blank=True, null=True, verbose_name='last confirmed')),
                ('is_published', models.BooleanField(default=True, verbose_name='public')),
                ('is_example', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('competent_for', models.ManyToManyField(blank=True, related_name='+', to='places.region', verbose_name='competent for')),
                ('hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='directory.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='town')),
                ('represents', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.country', verbose_name='represents')),
                ('terms', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.term', verbose_name='themes and target groups')),
            ],
            options={
                'ordering': ('name',),
                'indexes': [models.Index(fields=['hub', 'kind'], name='organisation_by_kind')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('hub', 0), models.F('folded'), django.db.models.functions.comparison.Coalesce('place', 0), condition=models.Q(('merged_into', None)), name='organisation_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['municipality', 'committee', 'association', 'foundation', 'school', 'university', 'company', 'public_authority', 'religious', 'consulate', 'embassy', 'network', 'other'])), name='organisation_kind_known'), models.CheckConstraint(condition=models.Q(('represents', None), ('kind__in', ('consulate', 'embassy')), _connector='OR'), name='organisation_only_diplomats_represent'), models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='organisation_not_merged_into_itself')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('origin', models.CharField(choices=[('human', 'a person'), ('machine', 'a machine')], max_length=8, verbose_name='translated by')),
                ('of_revision', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('description', models.TextField(blank=True, max_length=4000, verbose_name='about')),
                ('activities_here', models.TextField(blank=True, max_length=2000, verbose_name='activities here')),
                ('activities_there', models.TextField(blank=True, max_length=2000, verbose_name='activities abroad')),
                ('partners_abroad', models.TextField(blank=True, max_length=2000, verbose_name='partners abroad')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='directory.organisation')),
            ],
            options={
                'ordering': ('language',),
                'constraints': [models.UniqueConstraint(fields=('of', 'language'), name='organisation_text_once'), models.CheckConstraint(condition=models.Q(('origin__in', ['human', 'machine'])), name='organisation_text_origin_known')],
            },
        ),
        migrations.CreateModel(
            name='NotTheSame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(auto_now_add=True)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='not_the_same_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='not_the_same_in_order')],
            },
        ),
        migrations.CreateModel(
            name='NetworkMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='networks', to='directory.organisation')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='directory.organisation')),
            ],
            options={
                'ordering': ('until', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('member', 'network'), name='network_member_once'), models.CheckConstraint(condition=models.Q(('member', models.F('network')), _negated=True), name='network_member_not_itself'), models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='network_member_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_index=True, max_length=300)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='directory.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='organisation_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('moved', models.JSONField(default=dict)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('absorbed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_into', to='directory.organisation')),
                ('survivor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='directory.organisation')),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('absorbed',), name='organisation_merged_once')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(verbose_name='address')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='directory.organisation')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'url'), name='organisation_link_once')],
            },
        ),
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('need', 'needs'), ('offer', 'offers')], max_length=8)),
                ('support', models.CharField(choices=[('volunteers', 'Volunteers'), ('translation', 'Translation'), ('room', 'Room'), ('money', 'Money'), ('contacts', 'Contacts'), ('knowledge', 'Knowledge'), ('materials', 'Materials'), ('partners', 'Partners')], max_length=16)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exchanges', to='directory.organisation')),
            ],
            options={
                'ordering': ('direction', 'support'),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'direction', 'support'), name='organisation_exchange_once'), models.CheckConstraint(condition=models.Q(('direction__in', ['need', 'offer']), ('support__in', ['volunteers', 'translation', 'room', 'money', 'contacts', 'knowledge', 'materials', 'partners'])), name='organisation_exchange_known')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='mail address')),
                ('language', models.CharField(max_length=12)),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('state', models.CharField(choices=[('unconfirmed', 'mail not confirmed'), ('open', 'waiting'), ('accepted', 'accepted'), ('declined', 'declined')], default='unconfirmed', max_length=12)),
                ('key_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=400, verbose_name='reason')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='directory.organisation')),
            ],
            options={
                'ordering': ('asked_at', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['unconfirmed', 'open'])), fields=('organisation', 'email'), name='claim_open_once'), models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'open', 'accepted', 'declined'])), name='claim_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ['accepted', 'declined'])), models.Q(('decided_at', None), ('state__in', ['unconfirmed', 'open'])), _connector='OR'), name='claim_decided_or_not')],
            },
        ),
        migrations.CreateModel(
            name='OtherName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('use', models.CharField(choices=[('language', 'in another language'), ('short', 'short name'), ('former', 'former name'), ('other', 'another name')], default='other', max_length=10, verbose_name='use')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_names', to='directory.organisation')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'name', 'language'), name='organisation_name_once'), models.CheckConstraint(condition=models.Q(('use__in', ['language', 'short', 'former', 'other'])), name='organisation_name_use_known')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('is_pseudonym', models.BooleanField(default=False, verbose_name='this is a pseudonym')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='address')),
                ('messenger', models.CharField(blank=True, max_length=80, verbose_name='messenger')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('name', 'name'), ('email', 'mail address'), ('phone', 'telephone'), ('address', 'address'), ('messenger', 'messenger')], max_length=10)),
                ('given_on', models.DateField(verbose_name='agreed on')),
                ('how', models.CharField(max_length=200, verbose_name='agreed how')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='directory.person')),
            ],
            options={
                'ordering': ('given_on', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'field'), name='consent_in_force_once'), models.CheckConstraint(condition=models.Q(('field__in', ['name', 'email', 'phone', 'address', 'messenger'])), name='consent_field_known'), models.CheckConstraint(condition=models.Q(('how', ''), _negated=True), name='consent_says_how')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(max_length=160, verbose_name='role')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='directory.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='directory.person')),
            ],
            options={
                'ordering': ('left_on', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('person', 'organisation', 'function'), name='role_once'), models.CheckConstraint(condition=models.Q(('since', None), ('left_on', None), ('left_on__gte', models.F('since')), _connector='OR'), name='role_dates_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Spoken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(db_index=True, max_length=12)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spoken', to='directory.organisation')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'language'), name='organisation_speaks_once')],
            },
        ),
        migrations.CreateModel(
            name='Steward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=12)),
                ('key_hash', models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ('key_expires_at', models.DateTimeField(blank=True, null=True)),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='directory.organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('since', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('organisation', 'email'), name='steward_once'), models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('key_expires_at__isnull', False), ('key_hash__isnull', False)), _connector='OR'), name='steward_by_account_or_key')],
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('origin', 'members come from there'), ('project', 'project there'), ('partner', 'partner there')], max_length=8, verbose_name='kind')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='how many')),
                ('unit', models.CharField(blank=True, choices=[('families', 'families'), ('people', 'people')], max_length=8, verbose_name='families or people')),
                ('since', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='since')),
                ('note', models.CharField(blank=True, max_length=400, verbose_name='note')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.country', verbose_name='country')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='directory.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='town')),
            ],
            options={
                'ordering': ('kind', 'country', 'pk'),
                'constraints': [models.UniqueConstraint(models.F('organisation'), models.F('kind'), models.F('country'), django.db.models.functions.comparison.Coalesce('place', 0), name='organisation_tie_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['origin', 'project', 'partner'])), name='organisation_tie_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('unit', '')), models.Q(('number__gte', 1), ('unit__in', ['families', 'people'])), _connector='OR'), name='organisation_tie_number_has_unit')],
            },
        ),
    ]
