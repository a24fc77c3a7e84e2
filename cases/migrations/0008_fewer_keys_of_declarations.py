"""Keys of declarations that bulk statements keep by construction need no constraint."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('accounts', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registry', '0005_fewer_keys_to_keep'),
        ('cases', '0007_declaration_events_by_delivery'),
    ]

    operations = [
        migrations.AlterField(
            model_name='declaration',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='declaration',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='licence',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.driverlicence', verbose_name='licence'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.person', verbose_name='person'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='cases.declaration'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='declarationevent',
            name='vehicle',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.vehicle', verbose_name='vehicle'),
        ),
    ]
