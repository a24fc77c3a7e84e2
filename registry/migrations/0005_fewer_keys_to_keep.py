"""Indexes and constraints that serve no query, or that bulk statements keep by construction, go.

Nobody looks records up by the beginning of their ids: the indexes Django makes for that go, too.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('accounts', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('registry', '0004_events_by_delivery'),
    ]

    operations = [
        migrations.AlterField(
            model_name='driverlicence',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='driverlicence',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='driverlicence',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='driverlicenceevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='driverlicenceevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='driverlicenceevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.person', verbose_name='person'),
        ),
        migrations.AlterField(
            model_name='driverlicenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='driverlicenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registry.driverlicence'),
        ),
        migrations.AlterField(
            model_name='driverlicenceevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='owner',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='owner',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='owner',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='ownerevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='ownerevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='ownerevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.person', verbose_name='person'),
        ),
        migrations.AlterField(
            model_name='ownerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='ownerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registry.owner'),
        ),
        migrations.AlterField(
            model_name='ownerevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='paperfile',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='paperfile',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='paperfileevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='paperfileevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='paperfileevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='paperfileevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registry.paperfile'),
        ),
        migrations.AlterField(
            model_name='paperfileevent',
            name='vehicle',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.vehicle', verbose_name='vehicle'),
        ),
        migrations.AlterField(
            model_name='person',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='person',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='person',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registry.person'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='vehicle',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='vehicle',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='vehicle',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='vehicleevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='vehicleevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='vehicleevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.owner', verbose_name='owner'),
        ),
        migrations.AlterField(
            model_name='vehicleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='vehicleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registry.vehicle'),
        ),
        migrations.AlterField(
            model_name='vehicleevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='violation',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='violation',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='violation',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AlterField(
            model_name='violationevent',
            name='changed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='changed by delivery'),
        ),
        migrations.AlterField(
            model_name='violationevent',
            name='made_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='registry.delivery', verbose_name='made by delivery'),
        ),
        migrations.AlterField(
            model_name='violationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='violationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', related_query_name='event', to='registry.violation'),
        ),
        migrations.AlterField(
            model_name='violationevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='delivery',
            trigger=pgtrigger.compiler.Trigger(name='keep', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e24161541c72493ee8d87e83ad0e80cfbb404de8', operation='DELETE', pgid='pgtrigger_keep_ca998', table='registry_delivery', when='BEFORE')),
        ),
        migrations.RunSQL("DROP INDEX IF EXISTS registry_driverlicence_source_id_eabb0571_like", migrations.RunSQL.noop),
        migrations.RunSQL("DROP INDEX IF EXISTS registry_vehicle_source_id_d41d6097_like", migrations.RunSQL.noop),
        migrations.RunSQL("DROP INDEX IF EXISTS registry_violation_source_id_3254e80d_like", migrations.RunSQL.noop),
    ]
