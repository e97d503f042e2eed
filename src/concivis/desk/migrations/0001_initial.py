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
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('channel', models.CharField(choices=[('phone', 'by telephone'), ('visit', 'in person'), ('mail', 'by mail'), ('form', 'by the form on the website'), ('office', 'handed over by another office'), ('letter', 'a first letter of this office')], max_length=10, verbose_name='how it came')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('topic', models.CharField(blank=True, max_length=80, verbose_name='topic')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('text', models.TextField(blank=True, verbose_name='what is asked')),
                ('concerns_kind', models.CharField(blank=True, max_length=30)),
                ('concerns_id', models.CharField(blank=True, max_length=16)),
                ('asker_name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('asker_email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('asker_phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='to be answered by')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('first_answered_at', models.DateTimeField(blank=True, null=True)),
                ('asker_wrote_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, choices=[('answered', 'answered'), ('passed_on', 'passed on to somebody else'), ('not_ours', 'not a matter for this office'), ('withdrawn', 'no longer needed')], max_length=10)),
                ('is_confirmed', models.BooleanField(default=True)),
                ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='hubs.hub')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-received_at', '-pk'),
                'indexes': [models.Index(fields=['hub', 'closed_at'], name='enquiry_open'), models.Index(fields=['hub', '-received_at'], name='enquiry_by_age'), models.Index(fields=['asker_email'], name='enquiry_by_asker')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', '')), models.Q(('closed_at__isnull', False), ('outcome__in', ['answered', 'passed_on', 'not_ours', 'withdrawn'])), _connector='OR'), name='enquiry_closed_with_outcome'), models.CheckConstraint(condition=models.Q(('channel__in', ['phone', 'visit', 'mail', 'form', 'office', 'letter'])), name='enquiry_channel_known'), models.CheckConstraint(condition=models.Q(models.Q(('concerns_id', ''), ('concerns_kind', '')), models.Q(models.Q(('concerns_kind', ''), _negated=True), models.Q(('concerns_id', ''), _negated=True)), _connector='OR'), name='enquiry_concerns_one_thing'), models.CheckConstraint(condition=models.Q(('forgotten_at__isnull', True), models.Q(('asker_email', ''), ('asker_name', ''), ('asker_phone', '')), _connector='OR'), name='enquiry_forgotten_has_no_asker'), models.CheckConstraint(condition=models.Q(('is_confirmed', True), ('channel', 'form'), _connector='OR'), name='enquiry_unconfirmed_by_form')],
            },
        ),
        migrations.CreateModel(
            name='AskerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('confirm', 'to confirm the mail address'), ('follow', 'to follow the enquiry')], max_length=8)),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='desk.enquiry')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['confirm', 'follow'])), name='asker_key_purpose_known')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('note', 'note for the office'), ('answer', 'answer'), ('message', 'message from the asker')], max_length=10)),
                ('text', models.TextField()),
                ('mailed', models.BooleanField(default=False)),
                ('is_automatic', models.BooleanField(default=False)),
                ('is_from_other', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='desk.enquiry')),
            ],
            options={
                'ordering': ('at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('mailed', False), ('kind', 'answer'), _connector='OR'), name='entry_only_answers_are_mailed'), models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'answer', 'message'])), name='entry_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('is_automatic', False), ('is_from_other', False)), ('kind', 'message'), _connector='OR'), name='entry_marks_of_messages')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('file', models.FileField(blank=True, upload_to='enquiries/')),
                ('media_type', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('left', models.CharField(blank=True, max_length=300)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='desk.enquiry')),
                ('entry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='desk.entry')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', ''), models.Q(('left', ''), _negated=True)), models.Q(models.Q(('file', ''), _negated=True), ('left', '')), _connector='OR'), name='attachment_kept_or_left')],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_name', models.CharField(max_length=200, verbose_name='to whom')),
                ('to_email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='what you say with it')),
                ('consent', models.CharField(choices=[('asked', 'the asker was asked'), ('given', 'the asker agrees'), ('refused', 'the asker does not agree'), ('stopped', 'no longer intended')], max_length=8)),
                ('how', models.CharField(blank=True, max_length=200, verbose_name='how the asker agreed')),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('handed_at', models.DateTimeField(blank=True, null=True)),
                ('became', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='came_from', to='desk.enquiry')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='desk.enquiry')),
                ('to_hub', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='hubs.hub')),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('consent__in', ['asked', 'given', 'refused', 'stopped'])), name='handover_consent_known'), models.CheckConstraint(condition=models.Q(('handed_at__isnull', True), ('consent', 'given'), _connector='OR'), name='handover_only_with_consent'), models.CheckConstraint(condition=models.Q(models.Q(('consent', 'asked'), ('decided_at__isnull', True)), models.Q(models.Q(('consent', 'asked'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='handover_decided'), models.UniqueConstraint(condition=models.Q(('consent', 'asked')), fields=('enquiry',), name='handover_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='MailTrace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('id_hash', models.CharField(max_length=64)),
                ('refusal', models.CharField(blank=True, choices=[('unreadable', 'It cannot be read as a mail.'), ('too_large', 'It is too large.'), ('too_many', 'It has more parts than a mail of people has.'), ('no_sender', 'It does not say who sent it.'), ('empty', 'It holds no text.'), ('own', 'This office itself has sent it.'), ('automatic', 'A program wrote it, and it belongs to no enquiry.')], max_length=10)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('enquiry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mails', to='desk.enquiry')),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
            options={
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['hub', '-at'], name='mail_by_age')],
                'constraints': [models.UniqueConstraint(fields=('hub', 'id_hash'), name='mail_once'), models.CheckConstraint(condition=models.Q(('refusal', ''), ('refusal__in', ['unreadable', 'too_large', 'too_many', 'no_sender', 'empty', 'own', 'automatic']), _connector='OR'), name='mail_refusal_known')],
            },
        ),
        migrations.CreateModel(
            name='MailUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('file', models.FileField(upload_to='mails/')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
            options={
                'ordering': ('-at',),
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('about', models.TextField(blank=True, max_length=5000, verbose_name='what it is about')),
                ('language', models.CharField(max_length=12, verbose_name='language of the text')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='ends')),
                ('timezone', models.CharField(max_length=40, verbose_name='time zone')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='where')),
                ('online_url', models.URLField(blank=True, max_length=500, verbose_name='online address')),
                ('online_is_public', models.BooleanField(default=False, verbose_name='show the online address to everybody')),
                ('languages', models.JSONField(blank=True, default=list)),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('minutes', models.TextField(blank=True, max_length=20000, verbose_name='minutes')),
                ('minutes_for', models.CharField(choices=[('nobody', 'only the office'), ('invited', 'those who are invited'), ('everybody', 'everybody')], default='nobody', max_length=10)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('letters', models.PositiveIntegerField(default=0)),
                ('invited_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_because', models.CharField(blank=True, max_length=500)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_example', models.BooleanField(default=False)),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='desk.meeting')),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='hubs.hub')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-starts_at', '-pk'),
                'indexes': [models.Index(fields=['hub', 'starts_at'], name='meeting_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='meeting_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('language', ''), _negated=True)), name='meeting_has_a_title'), models.CheckConstraint(condition=models.Q(('minutes_for__in', ['nobody', 'invited', 'everybody'])), name='meeting_minutes_for_known'), models.CheckConstraint(condition=models.Q(models.Q(('minutes_for', 'everybody'), _negated=True), ('is_public', True), _connector='OR'), name='meeting_public_minutes_of_public_meetings'), models.CheckConstraint(condition=models.Q(('cancelled_because', ''), ('cancelled_at__isnull', False), _connector='OR'), name='meeting_reason_only_if_cancelled')],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('invited_as', models.CharField(choices=[('initiative', 'owner of an initiative'), ('organisation', 'organisation'), ('person', 'person')], max_length=12)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='mail address')),
                ('language', models.CharField(max_length=12, verbose_name='language of the letters')),
                ('consent_how', models.CharField(blank=True, max_length=200, verbose_name='how the person agreed to be invited by mail')),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('told_sequence', models.PositiveIntegerField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, choices=[('yes', 'yes'), ('maybe', 'maybe'), ('no', 'no')], max_length=5, verbose_name='answer')),
                ('people', models.PositiveSmallIntegerField(default=1, verbose_name='how many come')),
                ('needs', models.CharField(blank=True, max_length=500, verbose_name='what is needed')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_sequence', models.PositiveIntegerField(blank=True, null=True)),
                ('came', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='how many came')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='initiatives.initiative')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.organisation')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='desk.meeting')),
            ],
            options={
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('meeting', 'email'), name='guest_once'), models.CheckConstraint(condition=models.Q(('invited_as__in', ['initiative', 'organisation', 'person'])), name='guest_invited_as_known'), models.CheckConstraint(condition=models.Q(models.Q(('invited_as', 'person'), _negated=True), ('email', ''), models.Q(('consent_how', ''), _negated=True), _connector='OR'), name='guest_person_agreed'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_sequence__isnull', True)), models.Q(('answer__in', ['yes', 'maybe', 'no']), ('answered_at__isnull', False), ('answered_sequence__isnull', False)), _connector='OR'), name='guest_answered_when'), models.CheckConstraint(condition=models.Q(('people__gte', 1), ('people__lte', 50)), name='guest_people'), models.CheckConstraint(condition=models.Q(('came__isnull', True), ('came__lte', 50), _connector='OR'), name='guest_came')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=200, verbose_name='what it is about')),
                ('speaker', models.CharField(blank=True, max_length=120, verbose_name='who')),
                ('length', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('card_kind', models.CharField(blank=True, max_length=30)),
                ('card_id', models.CharField(blank=True, max_length=16)),
                ('is_agreed', models.BooleanField(default=True)),
                ('decision', models.TextField(blank=True, max_length=5000, verbose_name='decision')),
                ('notes', models.TextField(blank=True, max_length=20000, verbose_name='notes')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposals', to='desk.guest')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='desk.meeting')),
            ],
            options={
                'ordering': ('position', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('length__isnull', True), models.Q(('length__gte', 1), ('length__lte', 600)), _connector='OR'), name='agenda_length'), models.CheckConstraint(condition=models.Q(models.Q(('card_id', ''), ('card_kind', '')), models.Q(models.Q(('card_kind', ''), _negated=True), models.Q(('card_id', ''), _negated=True)), _connector='OR'), name='agenda_card_whole')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField()),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='hubs.hub')),
            ],
            options={
                'ordering': ('-begun_at',),
            },
        ),
        migrations.CreateModel(
            name='ReminderChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wants', models.BooleanField(default=True)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminder_choices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hub', 'user'), name='reminder_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='ReminderLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='desk.reminder')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reminder', 'user'), name='reminder_letter_once')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True)),
                ('title', models.CharField(max_length=300, verbose_name='what is to be done')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='until')),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('carried_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried', to='desk.meeting')),
                ('guest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='desk.guest')),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='hubs.hub')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='desk.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='desk.meeting')),
            ],
            options={
                'ordering': (models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'),
                'indexes': [models.Index(fields=['hub', 'done_at'], name='task_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('assignee__isnull', True), ('guest__isnull', True), _connector='OR'), name='task_one_is_responsible'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='task_says_what')],
            },
        ),
        migrations.CreateModel(
            name='MeetingKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('guest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='desk.guest')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='desk.task')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('guest__isnull', False), ('task__isnull', True)), models.Q(('guest__isnull', True), ('task__isnull', False)), _connector='OR'), name='meeting_key_opens_one')],
            },
        ),
        migrations.CreateModel(
            name='TextBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='text_blocks', to='hubs.hub')),
            ],
            options={
                'ordering': ('title', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('hub', 'title'), name='text_block_title_once')],
            },
        ),
        migrations.CreateModel(
            name='TextBlockText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12)),
                ('text', models.TextField(max_length=10000)),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='desk.textblock')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('block', 'language'), name='text_block_language_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='text_block_has_text')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
                ('reminder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='desk.reminder')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hub', 'key'), name='told_once')],
            },
        ),
        migrations.CreateModel(
            name='DeskRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_is_open', models.BooleanField(default=True, verbose_name='questions by a form on the website')),
                ('topics', models.TextField(blank=True, max_length=2000, verbose_name='topics of the form')),
                ('answer_days', models.PositiveSmallIntegerField(default=14, verbose_name='answer within')),
                ('keep_months', models.PositiveSmallIntegerField(default=12, verbose_name='keep data of askers for')),
                ('hub', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='desk_rules', to='hubs.hub')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('keep_months__gte', 1), ('keep_months__lte', 120)), name='desk_rules_keep_months'), models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('answer_days__lte', 365)), name='desk_rules_answer_days')],
            },
        ),
    ]
