"""What waits for an officer of the ward, oldest first: of a ward and of the city."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('cases', '0016_the_wards_word'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='declaration',
            index=models.Index(condition=models.Q(('waits__isnull', False)), fields=['unit', 'waits', 'declared_at', 'id'], name='cases_declaration_waits_idx'),
        ),
        AddIndexConcurrently(
            model_name='declaration',
            index=models.Index(condition=models.Q(('waits__isnull', False)), fields=['waits', 'declared_at', 'id'], name='cases_declaration_city_waits'),
        ),
    ]
