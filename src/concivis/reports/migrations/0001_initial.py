import django.core.validators
import django.db.models.deletion
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
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language of the text')),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1950), django.core.validators.MaxValueValidator(2200)], verbose_name='year')),
                ('first', models.DateField(verbose_name='first day')),
                ('last', models.DateField(verbose_name='last day')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('foreword', models.TextField(blank=True, max_length=20000, verbose_name='foreword')),
                ('languages', models.JSONField(default=list)),
                ('sections', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='draft', max_length=10)),
                ('as_of', models.DateTimeField(blank=True, null=True)),
                ('numbers', models.JSONField(blank=True, null=True)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('fixed_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('is_example', models.BooleanField(default=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('fixed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='hubs.hub')),
            ],
            options={
                'ordering': ('-year',),
                'constraints': [models.UniqueConstraint(fields=('hub', 'year'), name='report_once_a_year'), models.CheckConstraint(condition=models.Q(('year__gte', 1950), ('year__lte', 2200)), name='report_year_known'), models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='report_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='report_has_a_title'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'withdrawn'])), name='report_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('checksum', ''), ('fixed_at__isnull', True)), models.Q(('as_of__isnull', False), ('fixed_at__isnull', False), models.Q(('checksum', ''), _negated=True)), _connector='OR'), name='report_numbers_fixed_whole'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('fixed_at__isnull', False), ('published_at__isnull', False)), _connector='OR'), name='report_published_with_fixed_numbers')],
            },
        ),
        migrations.CreateModel(
            name='ReportRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reminds', models.BooleanField(default=True, verbose_name="remind us in January of last year's report")),
                ('hub', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report_rules', to='hubs.hub')),
            ],
        ),
        migrations.CreateModel(
            name='ReportText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('origin', models.CharField(choices=[('human', 'a person'), ('machine', 'a machine')], max_length=8, verbose_name='translated by')),
                ('of_revision', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('foreword', models.TextField(blank=True, max_length=20000, verbose_name='foreword')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='reports.report')),
            ],
            options={
                'ordering': ('language',),
                'constraints': [models.UniqueConstraint(fields=('of', 'language'), name='report_text_once'), models.CheckConstraint(condition=models.Q(('origin__in', ['human', 'machine'])), name='report_text_origin_known')],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language of the text')),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('position', models.PositiveIntegerField()),
                ('card_kind', models.CharField(max_length=30)),
                ('card_id', models.CharField(max_length=16)),
                ('card_language', models.CharField(max_length=12)),
                ('titles', models.JSONField(default=dict)),
                ('sentence', models.TextField(blank=True, max_length=600, verbose_name='what you say of it')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stories', to='reports.report')),
            ],
            options={
                'ordering': ('position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('report', 'card_kind', 'card_id'), name='story_once'), models.CheckConstraint(condition=models.Q(models.Q(('card_kind', ''), _negated=True), models.Q(('card_id', ''), _negated=True)), name='story_of_a_card')],
            },
        ),
        migrations.CreateModel(
            name='StoryText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('origin', models.CharField(choices=[('human', 'a person'), ('machine', 'a machine')], max_length=8, verbose_name='translated by')),
                ('of_revision', models.PositiveIntegerField()),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('sentence', models.TextField(blank=True, max_length=600, verbose_name='what you say of it')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='reports.story')),
            ],
            options={
                'ordering': ('language',),
                'constraints': [models.UniqueConstraint(fields=('of', 'language'), name='story_text_once'), models.CheckConstraint(condition=models.Q(('origin__in', ['human', 'machine'])), name='story_text_origin_known')],
            },
        ),
    ]
