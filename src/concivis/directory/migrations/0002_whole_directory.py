import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('hubs', '0003_whole_life'),
        ('places', '0002_prefix_order'),
        ('vocabulary', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                'ordering': ('asked_at', 'pk'),
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
            ],
            options={
                'ordering': ('given_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Exchange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('need', 'needs'), ('offer', 'offers')], max_length=8)),
                ('support', models.CharField(choices=[('volunteers', 'Volunteers'), ('translation', 'Translation'), ('room', 'Room'), ('money', 'Money'), ('contacts', 'Contacts'), ('knowledge', 'Knowledge'), ('materials', 'Materials'), ('partners', 'Partners')], max_length=16)),
            ],
            options={
                'ordering': ('direction', 'support'),
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(verbose_name='address')),
            ],
            options={
                'ordering': ('pk',),
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
            ],
            options={
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(db_index=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='NetworkMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ('until', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='NotTheSame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='OtherName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                ('use', models.CharField(choices=[('language', 'in another language'), ('short', 'short name'), ('former', 'former name'), ('other', 'another name')], default='other', max_length=10, verbose_name='use')),
            ],
            options={
                'ordering': ('pk',),
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
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(max_length=160, verbose_name='role')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='until')),
            ],
            options={
                'ordering': ('left_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Spoken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(db_index=True, max_length=12)),
            ],
            options={
                'ordering': ('pk',),
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
            ],
            options={
                'ordering': ('since', 'pk'),
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
            ],
            options={
                'ordering': ('kind', 'country', 'pk'),
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='activities_here',
            field=models.TextField(blank=True, max_length=2000, verbose_name='activities here'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='activities_there',
            field=models.TextField(blank=True, max_length=2000, verbose_name='activities abroad'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='address',
            field=models.TextField(blank=True, max_length=400, verbose_name='address'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='address_public',
            field=models.BooleanField(default=False, verbose_name='everybody may see the address'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='changed_at',
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='competent_for',
            field=models.ManyToManyField(blank=True, related_name='+', to='places.region', verbose_name='competent for'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='organisation',
            name='description',
            field=models.TextField(blank=True, max_length=4000, verbose_name='about'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='email',
            field=models.EmailField(blank=True, max_length=254, verbose_name='mail address of the organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='is_diaspora',
            field=models.BooleanField(default=False, verbose_name='diaspora organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='is_example',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='organisation',
            name='language',
            field=models.CharField(blank=True, max_length=12, verbose_name='language of the texts'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='last_confirmed',
            field=models.DateField(blank=True, null=True, verbose_name='last confirmed'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='legal_form',
            field=models.CharField(blank=True, max_length=60, verbose_name='legal form'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='logo',
            field=models.ImageField(blank=True, upload_to='logos/', verbose_name='logo'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='name_language',
            field=models.CharField(blank=True, max_length=12, verbose_name='language of the name'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='partners_abroad',
            field=models.TextField(blank=True, max_length=2000, verbose_name='partners abroad'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='phone',
            field=models.CharField(blank=True, max_length=40, verbose_name='telephone of the organisation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='register_number',
            field=models.CharField(blank=True, max_length=60, verbose_name='number in the register'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='register_scheme',
            field=models.CharField(blank=True, max_length=40, verbose_name='register'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='represents',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.country', verbose_name='represents'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='terms',
            field=models.ManyToManyField(blank=True, related_name='+', to='vocabulary.term', verbose_name='themes and target groups'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='transliterated',
            field=models.CharField(blank=True, max_length=200, verbose_name='name in Latin letters'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='is_published',
            field=models.BooleanField(default=True, verbose_name='public'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('municipality', 'municipality'), ('committee', 'twinning committee'), ('association', 'association'), ('foundation', 'foundation'), ('school', 'school'), ('university', 'university'), ('company', 'company'), ('public_authority', 'public authority'), ('religious', 'religious community'), ('consulate', 'consulate'), ('embassy', 'embassy'), ('network', 'network'), ('other', 'other')], max_length=16, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='town'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['hub', 'kind'], name='organisation_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['municipality', 'committee', 'association', 'foundation', 'school', 'university', 'company', 'public_authority', 'religious', 'consulate', 'embassy', 'network', 'other'])), name='organisation_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('represents', None), ('kind__in', ('consulate', 'embassy')), _connector='OR'), name='organisation_only_diplomats_represent'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='organisation_not_merged_into_itself'),
        ),
        migrations.AddField(
            model_name='claim',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='claim',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='claim',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='noted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='exchange',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exchanges', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='link',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='merge',
            name='absorbed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges_into', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='merge',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='merge',
            name='survivor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='merge',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='namekey',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='networkmembership',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='networks', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='networkmembership',
            name='network',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='notthesame',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='notthesame',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='othername',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='other_names', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='person',
            name='hub',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub'),
        ),
        migrations.AddField(
            model_name='consent',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='directory.person'),
        ),
        migrations.AddField(
            model_name='role',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='role',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='directory.person'),
        ),
        migrations.AddField(
            model_name='spoken',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spoken', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='steward',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='steward',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='tie',
            name='country',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.country', verbose_name='country'),
        ),
        migrations.AddField(
            model_name='tie',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='directory.organisation'),
        ),
        migrations.AddField(
            model_name='tie',
            name='place',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='town'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['unconfirmed', 'open'])), fields=('organisation', 'email'), name='claim_open_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unconfirmed', 'open', 'accepted', 'declined'])), name='claim_state_known'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('state__in', ['accepted', 'declined'])), models.Q(('decided_at', None), ('state__in', ['unconfirmed', 'open'])), _connector='OR'), name='claim_decided_or_not'),
        ),
        migrations.AddConstraint(
            model_name='exchange',
            constraint=models.UniqueConstraint(fields=('organisation', 'direction', 'support'), name='organisation_exchange_once'),
        ),
        migrations.AddConstraint(
            model_name='exchange',
            constraint=models.CheckConstraint(condition=models.Q(('direction__in', ['need', 'offer']), ('support__in', ['volunteers', 'translation', 'room', 'money', 'contacts', 'knowledge', 'materials', 'partners'])), name='organisation_exchange_known'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.UniqueConstraint(fields=('organisation', 'url'), name='organisation_link_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('absorbed',), name='organisation_merged_once'),
        ),
        migrations.AddConstraint(
            model_name='namekey',
            constraint=models.UniqueConstraint(fields=('organisation', 'key'), name='organisation_key_once'),
        ),
        migrations.AddConstraint(
            model_name='networkmembership',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('member', 'network'), name='network_member_once'),
        ),
        migrations.AddConstraint(
            model_name='networkmembership',
            constraint=models.CheckConstraint(condition=models.Q(('member', models.F('network')), _negated=True), name='network_member_not_itself'),
        ),
        migrations.AddConstraint(
            model_name='networkmembership',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('until', None), ('until__gte', models.F('since')), _connector='OR'), name='network_member_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='not_the_same_once'),
        ),
        migrations.AddConstraint(
            model_name='notthesame',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='not_the_same_in_order'),
        ),
        migrations.AddConstraint(
            model_name='othername',
            constraint=models.UniqueConstraint(fields=('organisation', 'name', 'language'), name='organisation_name_once'),
        ),
        migrations.AddConstraint(
            model_name='othername',
            constraint=models.CheckConstraint(condition=models.Q(('use__in', ['language', 'short', 'former', 'other'])), name='organisation_name_use_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'field'), name='consent_in_force_once'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ['name', 'email', 'phone', 'address', 'messenger'])), name='consent_field_known'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('how', ''), _negated=True), name='consent_says_how'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.UniqueConstraint(fields=('person', 'organisation', 'function'), name='role_once'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(('since', None), ('left_on', None), ('left_on__gte', models.F('since')), _connector='OR'), name='role_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='spoken',
            constraint=models.UniqueConstraint(fields=('organisation', 'language'), name='organisation_speaks_once'),
        ),
        migrations.AddConstraint(
            model_name='steward',
            constraint=models.UniqueConstraint(fields=('organisation', 'email'), name='steward_once'),
        ),
        migrations.AddConstraint(
            model_name='steward',
            constraint=models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('key_expires_at__isnull', False), ('key_hash__isnull', False)), _connector='OR'), name='steward_by_account_or_key'),
        ),
        migrations.AddConstraint(
            model_name='tie',
            constraint=models.UniqueConstraint(models.F('organisation'), models.F('kind'), models.F('country'), django.db.models.functions.comparison.Coalesce('place', 0), name='organisation_tie_once'),
        ),
        migrations.AddConstraint(
            model_name='tie',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['origin', 'project', 'partner'])), name='organisation_tie_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='tie',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number', None), ('unit', '')), models.Q(('number__gte', 1), ('unit__in', ['families', 'people'])), _connector='OR'), name='organisation_tie_number_has_unit'),
        ),
    ]
