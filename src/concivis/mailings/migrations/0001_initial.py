import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('hubs', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('kind', models.CharField(max_length=30)),
                ('object_id', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('sending', 'being sent'), ('paused', 'stopped for now'), ('cancelled', 'called off'), ('finished', 'sent')], default='sending', max_length=12)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('hub', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mailings', to='hubs.hub')),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-opened_at', '-pk'),
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='mailing_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('sending', 'paused'))), models.Q(('ended_at__isnull', False), ('state__in', ('cancelled', 'finished'))), _connector='OR'), name='mailing_ends_with_its_state')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(max_length=12)),
                ('reference', models.CharField(blank=True, max_length=40)),
                ('message_id', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('state', models.CharField(choices=[('due', 'waits'), ('handed_over', 'sent'), ('not_wanted', 'no longer wanted'), ('refused', 'refused by the mail server')], default='due', max_length=12)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('handed_over_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=80)),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='mailings.mailing')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['mailing', 'next_attempt_at'], name='letter_due'), models.Index(fields=['mailing', 'state'], name='letter_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('mailing', 'address'), name='letter_once'), models.CheckConstraint(condition=models.Q(models.Q(('handed_over_at__isnull', False), ('state', 'handed_over')), models.Q(models.Q(('state', 'handed_over'), _negated=True), ('handed_over_at__isnull', True)), _connector='OR'), name='letter_handed_over_at_a_time')],
            },
        ),
    ]
