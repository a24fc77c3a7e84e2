from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_releases")]

    operations = [
        migrations.AddField(
            model_name="matchrun",
            name="model_version",
            field=models.CharField(blank=True, db_default="", max_length=40, verbose_name="matching model"),
        ),
    ]
