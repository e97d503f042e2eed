from typing import Any

from django.db import migrations

from concivis.directory.naming import key_of


def index_names(apps: Any, schema_editor: Any) -> None:
    """The keys of what was recorded before there were keys."""
    organisations, keys = apps.get_model("directory", "Organisation"), apps.get_model("directory", "NameKey")
    for pk, name in organisations.objects.values_list("pk", "name").iterator():
        if key := key_of(name):
            keys.objects.get_or_create(organisation_id=pk, key=key)


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0002_whole_directory"),
    ]

    operations = [
        migrations.RunPython(index_names, migrations.RunPython.noop),
    ]
