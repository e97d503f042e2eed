from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_full_text")]
    operations = [
        migrations.RenameField("card", "themes", "terms"),
        migrations.AddField("card", "format", models.CharField(blank=True, default="", max_length=40), preserve_default=False),
        migrations.AddField("card", "languages", models.JSONField(default=list)),
        migrations.AddField("card", "needs", models.JSONField(default=list)),
        migrations.AddField("card", "offers", models.JSONField(default=list)),
        migrations.AddField("card", "picture", models.CharField(blank=True, default="", max_length=300), preserve_default=False),
    ]
