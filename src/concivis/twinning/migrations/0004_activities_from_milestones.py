import calendar
import datetime as dt
import secrets

from django.db import migrations, models

KINDS = (
    "first_contact",
    "ratified",
    "signed",
    "countersigned",
    "renewed",
    "suspended",
    "resumed",
    "ended",
)
LABELS = (
    "first contact",
    "ratified in council",
    "signed",
    "countersigned",
    "renewed",
    "suspended",
    "resumed",
    "ended",
)
AT_ONCE = 1000
DORMANT_AFTER_MONTHS = 36


def activities_from_milestones(apps, schema_editor):
    """What was a milestone of the kind “activity” becomes an activity of its own."""
    Milestone = apps.get_model("twinning", "Milestone")
    Activity = apps.get_model("twinning", "Activity")
    old = Milestone.objects.filter(kind="activity").order_by("pk")
    Activity.objects.bulk_create(
        (
            Activity(
                public_id=secrets.token_hex(5),
                partnership_id=milestone.partnership_id,
                kind="other",
                title=milestone.note if 0 < len(milestone.note) <= 200 else "Activity",
                note=milestone.note[:4000] if len(milestone.note) > 200 else "",
                date=milestone.date,
                precision=milestone.precision,
                source_id=milestone.source_id,
            )
            for milestone in old.iterator(AT_ONCE)
        ),
        batch_size=AT_ONCE,
    )
    old.delete()


def milestones_from_activities(apps, schema_editor):
    """The way back, for activities with a source: a milestone needs one."""
    Milestone = apps.get_model("twinning", "Milestone")
    Activity = apps.get_model("twinning", "Activity")
    sourced = Activity.objects.filter(source__isnull=False)
    Milestone.objects.bulk_create(
        Milestone(
            partnership_id=activity.partnership_id,
            kind="activity",
            date=activity.date,
            precision=activity.precision,
            source_id=activity.source_id,
            note=activity.note or activity.title,
        )
        for activity in sourced
    )
    sourced.delete()


def fall_asleep(apps, schema_editor):
    """The day from which each counts as dormant, by the rule that held until now: three years."""
    Partnership = apps.get_model("twinning", "Partnership")
    lively = list(Partnership.objects.filter(last_activity__isnull=False))
    for partnership in lively:
        partnership.sleeps_on = _later(partnership.last_activity, DORMANT_AFTER_MONTHS)
    Partnership.objects.bulk_update(lively, ["sleeps_on"], batch_size=AT_ONCE)


def _later(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Migration(migrations.Migration):
    dependencies = [("twinning", "0003_whole_life")]

    operations = [
        migrations.RunPython(activities_from_milestones, milestones_from_activities),
        migrations.RunPython(fall_asleep, migrations.RunPython.noop),
        migrations.RemoveConstraint("milestone", "milestone_kind_known"),
        migrations.AlterField(
            "milestone",
            "kind",
            models.CharField(choices=list(zip(KINDS, LABELS, strict=True)), max_length=16, verbose_name="kind"),
        ),
        migrations.AddConstraint(
            "milestone",
            models.CheckConstraint(condition=models.Q(("kind__in", list(KINDS))), name="milestone_kind_known"),
        ),
    ]
