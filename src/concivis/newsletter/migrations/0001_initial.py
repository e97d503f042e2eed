import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('hubs', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('draft', 'draft'), ('sent', 'sent')], default='draft', max_length=8)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='issues', to='hubs.hub')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-number',),
                'constraints': [models.UniqueConstraint(fields=('hub', 'number'), name='issue_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('hub',), name='issue_one_draft_of_a_hub'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='issue_period_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', True), ('state', 'draft')), models.Q(('sent_at__isnull', False), ('state', 'sent')), _connector='OR'), name='issue_sent_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='IssueText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('subject', models.CharField(blank=True, max_length=150, verbose_name='subject')),
                ('greeting', models.TextField(blank=True, verbose_name='greeting')),
                ('closing', models.TextField(blank=True, verbose_name='closing')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='newsletter.issue')),
            ],
            options={
                'ordering': ('language',),
                'constraints': [models.UniqueConstraint(fields=('issue', 'language'), name='issue_text_once')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(choices=[('own', 'From the office'), ('new', 'New'), ('changed', 'What has happened')], max_length=8)),
                ('position', models.PositiveIntegerField()),
                ('is_included', models.BooleanField(default=True)),
                ('card_kind', models.CharField(blank=True, max_length=30)),
                ('card_id', models.CharField(blank=True, max_length=16)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('facets', models.JSONField(default=dict)),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='newsletter.issue')),
            ],
            options={
                'ordering': ('position', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('card_id', ''), _negated=True), fields=('issue', 'card_kind', 'card_id'), name='item_card_once'), models.CheckConstraint(condition=models.Q(models.Q(('card_id', ''), ('section', 'own')), models.Q(models.Q(('section', 'own'), _negated=True), models.Q(('card_id', ''), _negated=True)), _connector='OR'), name='item_of_a_card_or_own')],
            },
        ),
        migrations.CreateModel(
            name='ItemText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('heading', models.CharField(max_length=300, verbose_name='heading')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='newsletter.item')),
            ],
            options={
                'ordering': ('language',),
                'constraints': [models.UniqueConstraint(fields=('item', 'language'), name='item_text_once')],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('email', models.EmailField(max_length=254, verbose_name='mail address')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('rhythm', models.CharField(choices=[('newsletter', "the office's newsletter, when it appears"), ('weekly', 'what is new, once a week'), ('daily', 'what is new, once a day')], max_length=12, verbose_name='how often')),
                ('interests', models.JSONField(default=dict)),
                ('interests_key', models.CharField(max_length=64)),
                ('key_hash', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('told_before', models.DateTimeField(blank=True, null=True)),
                ('told_until', models.DateTimeField(blank=True, null=True)),
                ('hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='hubs.hub')),
            ],
            options={
                'ordering': ('-confirmed_at', '-pk'),
                'indexes': [models.Index(condition=models.Q(('confirmed_at__isnull', False)), fields=['hub', 'rhythm'], name='subscription_counts')],
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('hub', 0), models.F('email'), models.F('rhythm'), models.F('interests_key'), name='subscription_once'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('told_before__isnull', True), ('told_until__isnull', True), models.Q(('key_hash', ''), _negated=True)), models.Q(('confirmed_at__isnull', False), ('key_hash', '')), _connector='OR'), name='subscription_confirmed_or_keyed'), models.UniqueConstraint(condition=models.Q(('key_hash', ''), _negated=True), fields=('key_hash',), name='subscription_key_once')],
            },
        ),
    ]
