import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('directory', '0001_initial'),
        ('hubs', '0002_append_only'),
        ('initiatives', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Introduction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('pair', models.CharField(max_length=80)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('accepted', 'one side has agreed'), ('introduced', 'introduced'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('expired', 'not answered in time')], default='asked', max_length=12)),
                ('message', models.TextField(blank=True, max_length=1000)),
                ('message_language', models.CharField(blank=True, max_length=12)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('introduced_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('in_contact', 'they are in contact'), ('joint_event', 'a joint event'), ('merged', 'they merged'), ('kept_apart', 'they stay apart')], max_length=12)),
                ('outcome_note', models.CharField(blank=True, max_length=500)),
                ('outcome_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by_hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'indexes': [models.Index(fields=['state', 'expires_at'], name='introduction_by_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'accepted', 'introduced', 'declined', 'withdrawn', 'expired'])), name='introduction_state_known'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'in_contact', 'joint_event', 'merged', 'kept_apart'])), name='introduction_outcome_known'), models.UniqueConstraint(condition=models.Q(('state__in', ('asked', 'accepted'))), fields=('pair',), name='introduction_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('introduced_at__isnull', False), ('state', 'introduced')), models.Q(models.Q(('state', 'introduced'), _negated=True), ('introduced_at__isnull', True)), _connector='OR'), name='introduction_introduced_when'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['asked', 'accepted', 'introduced'])), models.Q(models.Q(('state__in', ['asked', 'accepted', 'introduced']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='introduction_ended_when'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('outcome_at__isnull', True)), models.Q(('outcome_at__isnull', False), ('state', 'introduced'), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='introduction_outcome_after_introduced'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('asked_at'))), name='introduction_expires_after_asked')],
            },
        ),
        migrations.CreateModel(
            name='Lessons',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('weights', models.JSONField(default=dict)),
                ('learns_since', models.DateTimeField(blank=True, null=True)),
                ('hub', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
            options={
                'verbose_name_plural': 'lessons',
            },
        ),
        migrations.CreateModel(
            name='Side',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('language', models.CharField(max_length=12)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('answer', models.CharField(choices=[('waiting', 'has not answered yet'), ('agreed', 'has agreed'), ('declined', 'has declined')], default='waiting', max_length=10)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer_note', models.CharField(blank=True, max_length=500)),
                ('contact_name', models.CharField(blank=True, max_length=120)),
                ('contact_email', models.EmailField(blank=True, max_length=254)),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('outcome', models.CharField(blank=True, choices=[('in_contact', 'they are in contact'), ('joint_event', 'a joint event'), ('merged', 'they merged'), ('kept_apart', 'they stay apart')], max_length=12)),
                ('hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='initiatives.initiative')),
                ('introduction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sides', to='introductions.introduction')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.organisation')),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('introduction', 'position'), name='introduction_side_once'), models.CheckConstraint(condition=models.Q(('position__in', [0, 1])), name='introduction_has_two_sides'), models.CheckConstraint(condition=models.Q(('initiative__isnull', True), ('organisation__isnull', True), _connector='OR'), name='introduction_side_is_one_entry'), models.CheckConstraint(condition=models.Q(('answer__in', ['waiting', 'agreed', 'declined'])), name='introduction_side_answer_known'), models.CheckConstraint(condition=models.Q(models.Q(('answer', 'waiting'), ('answered_at__isnull', True)), models.Q(models.Q(('answer', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='introduction_side_answered_when'), models.CheckConstraint(condition=models.Q(('answer', 'agreed'), models.Q(('contact_email', ''), ('contact_name', ''), ('contact_phone', '')), _connector='OR'), name='introduction_contact_only_of_who_agreed'), models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'in_contact', 'joint_event', 'merged', 'kept_apart'])), name='introduction_side_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='AnswerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('side', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='introductions.side')),
            ],
            options={
                'ordering': ('-made_at',),
            },
        ),
        migrations.CreateModel(
            name='Found',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('own_kind', models.CharField(max_length=30)),
                ('own_id', models.CharField(max_length=16)),
                ('other_kind', models.CharField(max_length=30)),
                ('other_id', models.CharField(max_length=16)),
                ('pair', models.CharField(max_length=80)),
                ('is_within', models.BooleanField()),
                ('kind', models.CharField(max_length=14)),
                ('confidence', models.FloatField()),
                ('likeness', models.FloatField()),
                ('reasons', models.JSONField(default=list)),
                ('first_found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('verdict', models.CharField(blank=True, choices=[('confirmed', 'confirmed'), ('dismissed', 'dismissed')], max_length=10)),
                ('judged_at', models.DateTimeField(blank=True, null=True)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
                ('judged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-likeness', 'pk'),
                'indexes': [models.Index(fields=['hub', 'verdict', '-confidence'], name='found_by_verdict')],
                'constraints': [models.UniqueConstraint(fields=('hub', 'pair'), name='found_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['parallel', 'neighbouring', 'complementary'])), name='found_kind_known'), models.CheckConstraint(condition=models.Q(('confidence__gte', 0), ('confidence__lte', 1), ('likeness__gte', 0), ('likeness__lte', 1)), name='found_confidence_is_a_share'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('verdict', '')), models.Q(('judged_at__isnull', False), ('verdict__in', ['confirmed', 'dismissed'])), _connector='OR'), name='found_judged_when')],
            },
        ),
    ]
