"""On PostgreSQL folded names are ordered byte by byte, as on SQLite: only so is a prefix a range of the index."""

from django.db import migrations


def order_by_bytes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE places_placename ALTER COLUMN folded TYPE varchar(200) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunPython(order_by_bytes, migrations.RunPython.noop)]
