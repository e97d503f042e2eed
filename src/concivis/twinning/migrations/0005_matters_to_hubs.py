from django.db import migrations


def move(apps, schema_editor):
    """What was put off is kept by hubs from now on, for the matters of all rooms."""
    Handling = apps.get_model("hubs", "Handling")
    for put in apps.get_model("twinning", "Snooze").objects.select_related("partnership"):
        Handling.objects.create(
            hub_id=put.hub_id,
            key=f"partnership-{put.partnership.public_id} {put.reason} {put.about}",
            kind="partnership",
            object_id=put.partnership.public_id,
            until=put.until,
            by_id=put.by_id,
        )


class Migration(migrations.Migration):

    dependencies = [
        ("hubs", "0004_matters"),
        ("twinning", "0004_activities_from_milestones"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop, elidable=True),
        migrations.DeleteModel(name="Snooze"),
    ]
