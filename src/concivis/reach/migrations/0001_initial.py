import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('hubs', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='DaySalt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('value', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='DayCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('all', 'any page'), ('home', 'the city’s own page'), ('initiatives', 'initiatives'), ('proposals', 'citizens’ proposals'), ('organisations', 'organisations'), ('partnerships', 'partnerships'), ('countries', 'countries, themes, map'), ('dates', 'dates and meetings'), ('newsletter', 'newsletter'), ('other', 'others'), ('embed', 'embedded on other websites')], max_length=14)),
                ('visitors', models.PositiveIntegerField(default=0)),
                ('registers', models.BinaryField(null=True)),
                ('hub', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='hubs.hub')),
            ],
            options={
                'ordering': ('day', 'kind'),
                'indexes': [models.Index(condition=models.Q(('registers__isnull', False)), fields=['day'], name='day_count_open')],
                'constraints': [models.UniqueConstraint(fields=('hub', 'kind', 'day'), name='day_counted_once'), models.UniqueConstraint(condition=models.Q(('hub__isnull', True)), fields=('kind', 'day'), name='day_of_all_counted_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['all', 'home', 'initiatives', 'proposals', 'organisations', 'partnerships', 'countries', 'dates', 'newsletter', 'other', 'embed'])), name='day_count_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='HubReach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('electorate', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='people entitled to vote')),
                ('electorate_on', models.DateField(blank=True, null=True, verbose_name='as of')),
                ('electorate_source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                ('is_public', models.BooleanField(default=False, verbose_name='everybody may see the figures')),
                ('hub', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reach', to='hubs.hub')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('electorate__isnull', True), ('electorate_on__isnull', True), ('electorate_source', '')), models.Q(('electorate__gt', 0), ('electorate_on__isnull', False), models.Q(('electorate_source', ''), _negated=True)), _connector='OR'), name='electorate_with_date_and_source')],
            },
        ),
    ]
