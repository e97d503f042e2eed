from django.db import migrations, models
from django.db.models import Max, OuterRef, Subquery

SIGNS_OF_LIFE = ("activity", "renewed", "resumed")


def fill(apps, schema_editor):  # noqa: ANN001, ANN201
    """Partnerships that have an activity know the date of their latest sign of life."""
    Milestone = apps.get_model("twinning", "Milestone")
    Partnership = apps.get_model("twinning", "Partnership")
    signs = Milestone.objects.filter(partnership=OuterRef("pk"), kind__in=SIGNS_OF_LIFE).order_by()
    latest = signs.values("partnership").annotate(last=Max("date")).values("last")
    lively = Milestone.objects.filter(kind="activity").values("partnership")
    Partnership.objects.filter(pk__in=lively).update(last_activity=Subquery(latest))


class Migration(migrations.Migration):
    dependencies = [("twinning", "0001_initial")]

    operations = [
        migrations.AddField("partnership", "last_activity", models.DateField(blank=True, null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
