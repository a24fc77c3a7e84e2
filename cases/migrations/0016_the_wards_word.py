"""Confirmation by the ward: words of officers, lots of plain declarations, what waits."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0015_changes_announced'),
        ('jobs', '0001_initial'),
        ('registry', '0008_names_of_a_ward'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('confirmed', 'confirmed'), ('questioned', 'questioned'), ('taken_back', 'confirmation taken back')], max_length=10, verbose_name='outcome')),
                ('seen', models.CharField(max_length=32, verbose_name='mark of what was seen')),
                ('officer_name', models.CharField(max_length=150, verbose_name='name at the time')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'confirmation',
                'verbose_name_plural': 'confirmations',
                'ordering': ['-id'],
                'permissions': [('confirm_declaration', 'Can confirm and question declarations')],
            },
        ),
        migrations.CreateModel(
            name='ConfirmationLot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('judging', 'sample being judged'), ('confirming', 'being confirmed'), ('confirmed', 'confirmed'), ('rejected', 'fallen apart'), ('taking_back', 'being taken back'), ('taken_back', 'taken back'), ('given_up', 'given up')], default='judging', max_length=12, verbose_name='state')),
                ('wrong_limit', models.FloatField(verbose_name='errors from which a lot is to be rejected')),
                ('confidence', models.FloatField(verbose_name='confidence')),
                ('allowed', models.SmallIntegerField(verbose_name='errors allowed in the sample')),
                ('lot_size', models.IntegerField(default=0, verbose_name='declarations in the lot')),
                ('sample_size', models.IntegerField(default=0, verbose_name='size of the sample')),
                ('seed', models.BigIntegerField(verbose_name='seed')),
                ('made_by_name', models.CharField(max_length=150, verbose_name='name at the time')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('rejected', 'rejected')], max_length=8, verbose_name='outcome of the sample')),
                ('judged', models.IntegerField(default=0, verbose_name='declarations judged')),
                ('wrong', models.IntegerField(default=0, verbose_name='errors found')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='settled at')),
                ('taken_back_by_name', models.CharField(blank=True, max_length=150, verbose_name='name at the time')),
                ('taken_back_at', models.DateTimeField(null=True, verbose_name='taken back at')),
                ('take_back_reason', models.TextField(blank=True, verbose_name='reason')),
                ('counts', models.JSONField(default=dict, verbose_name='counts')),
                ('message', models.TextField(blank=True, verbose_name='message')),
            ],
            options={
                'verbose_name': 'lot of declarations',
                'verbose_name_plural': 'lots of declarations',
                'ordering': ['-id'],
                'permissions': [('judge_confirmationlot', "Can judge the sample of another officer's lot"), ('take_back_confirmationlot', 'Can take a confirmed lot back')],
            },
        ),
        migrations.CreateModel(
            name='ConfirmationRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrong_limit', models.FloatField(default=0.02, verbose_name='errors from which a lot is to be rejected')),
                ('confidence', models.FloatField(default=0.95, verbose_name='confidence')),
                ('allowed', models.SmallIntegerField(default=0, verbose_name='errors allowed in the sample')),
                ('most', models.IntegerField(default=5000, verbose_name='declarations of a lot at most')),
                ('made_by_name', models.CharField(blank=True, max_length=150, verbose_name='name at the time')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
            ],
            options={
                'verbose_name': 'rule of confirmation',
                'verbose_name_plural': 'rules of confirmation',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='LotDeclaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen', models.CharField(max_length=32, verbose_name='mark of what was seen')),
                ('state', models.CharField(choices=[('held', 'in the lot'), ('confirmed', 'confirmed'), ('left', 'left to be looked at'), ('taken_back', 'taken back'), ('kept', 'kept')], default='held', max_length=10, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=16, verbose_name='reason')),
                ('moved_at', models.DateTimeField(null=True, verbose_name='moved at')),
            ],
            options={
                'verbose_name': 'declaration of a lot',
                'verbose_name_plural': 'declarations of a lot',
                'ordering': ['lot', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LotSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.IntegerField(verbose_name='position')),
                ('answer', models.CharField(blank=True, choices=[('right', 'Right'), ('wrong', 'Not right'), ('undecidable', 'Cannot be told')], db_default='', default='', max_length=12, verbose_name='answer')),
                ('officer_name', models.CharField(blank=True, db_default='', default='', max_length=150, verbose_name='name at the time')),
                ('at', models.DateTimeField(null=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'declaration of a sample',
                'verbose_name_plural': 'declarations of a sample',
                'ordering': ['lot', 'position'],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='declaration',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='declaration',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='declaration',
            name='tally_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='declaration',
            name='tally_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='declaration',
            name='tally_delete',
        ),
        migrations.AddField(
            model_name='declaration',
            name='confirmed_at',
            field=models.DateTimeField(null=True, verbose_name='confirmed by the ward at'),
        ),
        migrations.AddField(
            model_name='declaration',
            name='questioned_at',
            field=models.DateTimeField(null=True, verbose_name='questioned by the ward at'),
        ),
        migrations.AddField(
            model_name='declaration',
            name='waits',
            field=models.GeneratedField(db_persist=True, expression=models.Case(models.When(models.Q(('confirmed_at__isnull', True), ('questioned_at__isnull', True), ('state', 'confirms'), models.Q(('finding__has_key', 'contested'), _negated=True), ('finding__has_key', 'plain')), then=models.Value(1)), models.When(models.Q(('confirmed_at__isnull', True), ('questioned_at__isnull', True), ('state', 'confirms'), models.Q(('finding__has_key', 'contested'), _negated=True)), then=models.Value(2)), default=None, output_field=models.SmallIntegerField()), output_field=models.SmallIntegerField(choices=[(1, 'plain'), (2, 'to be looked at')], verbose_name='waits for the ward')),
        ),
        migrations.AddField(
            model_name='declarationevent',
            name='confirmed_at',
            field=models.DateTimeField(null=True, verbose_name='confirmed by the ward at'),
        ),
        migrations.AddField(
            model_name='declarationevent',
            name='questioned_at',
            field=models.DateTimeField(null=True, verbose_name='questioned by the ward at'),
        ),
        migrations.AlterField(
            model_name='discrepancy',
            name='kind',
            field=models.CharField(choices=[('verified_former_id', 'Former number'), ('name_variant', 'Name spelt differently'), ('id_typo', 'Slip in the number'), ('probable', 'Probably this person'), ('ambiguous', 'Several people fit'), ('id_conflict', 'Number of somebody else'), ('deceased', 'Owner has died'), ('no_candidate', 'Nobody fits'), ('tax_code', 'Tax code does not check'), ('declared_differs', 'Declared otherwise'), ('declared_sold', 'Declared sold'), ('declared_bought', 'Declared bought'), ('declared_inherited', 'Given or inherited'), ('declared_stolen', 'Declared stolen'), ('declared_lost', 'Declared lost'), ('declared_seized', 'Declared seized'), ('declared_ended', 'Declared out of use'), ('declared_moved', 'Declared moved away'), ('declared_deceased', 'Owner declared dead'), ('declared_not_mine', 'Owner denies'), ('declared_conflict', 'Two people declare it'), ('declared_questioned', 'Questioned by the ward'), ('duplicate_plate', 'Plate on two vehicles'), ('duplicate_chassis', 'Chassis number on two vehicles'), ('duplicate_engine', 'Engine number on two vehicles'), ('plate_impossible', 'Plate impossible for its kind'), ('chassis_missing', 'Chassis number missing'), ('engine_missing', 'Engine number missing'), ('made_after_registered', 'Made after it was registered'), ('use_life_passed', 'Use life passed'), ('use_life_unknown', 'Use life cannot be told'), ('vehicle_incomplete', 'Vehicle: mandatory field missing'), ('mass_holder', 'Mass holder'), ('owner_under_age', 'Owner under age'), ('owner_ward_split', 'Owner: address in a split ward'), ('owner_incomplete', 'Owner: mandatory field missing'), ('licence_ward_split', 'Licence: address in a split ward'), ('licence_incomplete', 'Licence: mandatory field missing')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='verificationcase',
            name='kind',
            field=models.CharField(choices=[('verified_former_id', 'Former number'), ('name_variant', 'Name spelt differently'), ('id_typo', 'Slip in the number'), ('probable', 'Probably this person'), ('ambiguous', 'Several people fit'), ('id_conflict', 'Number of somebody else'), ('deceased', 'Owner has died'), ('no_candidate', 'Nobody fits'), ('tax_code', 'Tax code does not check'), ('declared_differs', 'Declared otherwise'), ('declared_sold', 'Declared sold'), ('declared_bought', 'Declared bought'), ('declared_inherited', 'Given or inherited'), ('declared_stolen', 'Declared stolen'), ('declared_lost', 'Declared lost'), ('declared_seized', 'Declared seized'), ('declared_ended', 'Declared out of use'), ('declared_moved', 'Declared moved away'), ('declared_deceased', 'Owner declared dead'), ('declared_not_mine', 'Owner denies'), ('declared_conflict', 'Two people declare it'), ('declared_questioned', 'Questioned by the ward'), ('duplicate_plate', 'Plate on two vehicles'), ('duplicate_chassis', 'Chassis number on two vehicles'), ('duplicate_engine', 'Engine number on two vehicles'), ('plate_impossible', 'Plate impossible for its kind'), ('chassis_missing', 'Chassis number missing'), ('engine_missing', 'Engine number missing'), ('made_after_registered', 'Made after it was registered'), ('use_life_passed', 'Use life passed'), ('use_life_unknown', 'Use life cannot be told'), ('vehicle_incomplete', 'Vehicle: mandatory field missing'), ('mass_holder', 'Mass holder'), ('owner_under_age', 'Owner under age'), ('owner_ward_split', 'Owner: address in a split ward'), ('owner_incomplete', 'Owner: mandatory field missing'), ('licence_ward_split', 'Licence: address in a split ward'), ('licence_incomplete', 'Licence: mandatory field missing')], max_length=24, verbose_name='what is wrong'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='tally_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO cases_tallychange (what, unit_id, day, more)\nSELECT tally.what, counted.unit_id, tally.day, sum(counted.rows)\nFROM (\n  SELECT unit_id, subject, declared_at, waits, confirmed_at, sum(sign) AS rows FROM (SELECT unit_id, subject, declared_at, waits, confirmed_at, 1 FROM new_rows) AS row(unit_id, subject, declared_at, waits, confirmed_at, sign)\n  GROUP BY unit_id, subject, declared_at, waits, confirmed_at HAVING sum(sign) <> 0\n) AS counted\nCROSS JOIN LATERAL (VALUES ('declared', (counted.declared_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.subject = 'vehicle'), ('declared_licences', (counted.declared_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.subject = 'licence'), ('to_confirm', NULL::date, counted.waits IS NOT NULL), ('to_confirm_plain', NULL::date, counted.waits = 1), ('ward_confirmed', (counted.confirmed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.confirmed_at IS NOT NULL)) AS tally(what, day, counts)\nWHERE tally.counts GROUP BY 1, 2, 3 HAVING sum(counted.rows) <> 0; RETURN NULL;", hash='d61021ece80b0dbc26938abddad0e62444342416', level='STATEMENT', operation='INSERT', pgid='pgtrigger_tally_insert_eac03', referencing='REFERENCING NEW TABLE AS new_rows ', table='cases_declaration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='tally_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO cases_tallychange (what, unit_id, day, more)\nSELECT tally.what, counted.unit_id, tally.day, sum(counted.rows)\nFROM (\n  SELECT unit_id, subject, declared_at, waits, confirmed_at, sum(sign) AS rows FROM (SELECT unit_id, subject, declared_at, waits, confirmed_at, 1 FROM new_rows UNION ALL SELECT unit_id, subject, declared_at, waits, confirmed_at, -1 FROM old_rows) AS row(unit_id, subject, declared_at, waits, confirmed_at, sign)\n  GROUP BY unit_id, subject, declared_at, waits, confirmed_at HAVING sum(sign) <> 0\n) AS counted\nCROSS JOIN LATERAL (VALUES ('declared', (counted.declared_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.subject = 'vehicle'), ('declared_licences', (counted.declared_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.subject = 'licence'), ('to_confirm', NULL::date, counted.waits IS NOT NULL), ('to_confirm_plain', NULL::date, counted.waits = 1), ('ward_confirmed', (counted.confirmed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.confirmed_at IS NOT NULL)) AS tally(what, day, counts)\nWHERE tally.counts GROUP BY 1, 2, 3 HAVING sum(counted.rows) <> 0; RETURN NULL;", hash='bf61d66fde996aa59a18ffe75289c5a9e5962f9f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_tally_update_fedab', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='cases_declaration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='tally_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO cases_tallychange (what, unit_id, day, more)\nSELECT tally.what, counted.unit_id, tally.day, sum(counted.rows)\nFROM (\n  SELECT unit_id, subject, declared_at, waits, confirmed_at, sum(sign) AS rows FROM (SELECT unit_id, subject, declared_at, waits, confirmed_at, -1 FROM old_rows) AS row(unit_id, subject, declared_at, waits, confirmed_at, sign)\n  GROUP BY unit_id, subject, declared_at, waits, confirmed_at HAVING sum(sign) <> 0\n) AS counted\nCROSS JOIN LATERAL (VALUES ('declared', (counted.declared_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.subject = 'vehicle'), ('declared_licences', (counted.declared_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.subject = 'licence'), ('to_confirm', NULL::date, counted.waits IS NOT NULL), ('to_confirm_plain', NULL::date, counted.waits = 1), ('ward_confirmed', (counted.confirmed_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, counted.confirmed_at IS NOT NULL)) AS tally(what, day, counts)\nWHERE tally.counts GROUP BY 1, 2, 3 HAVING sum(counted.rows) <> 0; RETURN NULL;", hash='6a36786982e86051048e6793719baaa671096dcd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_tally_delete_d123a', referencing='REFERENCING OLD TABLE AS old_rows ', table='cases_declaration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='look_again', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'received' AND (OLD.confirmed_at IS NOT NULL OR OLD.questioned_at IS NOT NULL))", func='NEW.confirmed_at = NULL; NEW.questioned_at = NULL; RETURN NEW;', hash='95baa5a1c4daca0eef9295f3cd6d237f2ff72fdd', operation='UPDATE', pgid='pgtrigger_look_again_b96d6', table='cases_declaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_declarationevent" ("changed_at", "changed_by_id", "channel", "chassis_no", "confirmed_at", "counterparty_id", "counterparty_name", "declarant_id", "declarant_name", "declarant_phone", "declared_at", "engine_no", "external_id", "finding", "id", "licence_class", "licence_id", "licence_number", "made_by_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plate", "plate_colour", "questioned_at", "received", "reconciled_at", "since", "state", "subject", "unit_id", "usage_status", "vehicle_id", "vehicle_kind", "ward_code") SELECT old_values."changed_at", old_values."changed_by_id", old_values."channel", old_values."chassis_no", old_values."confirmed_at", old_values."counterparty_id", old_values."counterparty_name", old_values."declarant_id", old_values."declarant_name", old_values."declarant_phone", old_values."declared_at", old_values."engine_no", old_values."external_id", old_values."finding", old_values."id", old_values."licence_class", old_values."licence_id", old_values."licence_number", old_values."made_by_id", old_values."note", old_values."person_id", _pgh_attached_context.value, NOW(), \'update\', old_values."id", old_values."plate", old_values."plate_colour", old_values."questioned_at", old_values."received", old_values."reconciled_at", old_values."since", old_values."state", old_values."subject", old_values."unit_id", old_values."usage_status", old_values."vehicle_id", old_values."vehicle_kind", old_values."ward_code" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."changed_by_id" IS DISTINCT FROM (new_values."changed_by_id") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."chassis_no" IS DISTINCT FROM (new_values."chassis_no") OR old_values."counterparty_id" IS DISTINCT FROM (new_values."counterparty_id") OR old_values."counterparty_name" IS DISTINCT FROM (new_values."counterparty_name") OR old_values."declarant_id" IS DISTINCT FROM (new_values."declarant_id") OR old_values."declarant_name" IS DISTINCT FROM (new_values."declarant_name") OR old_values."declarant_phone" IS DISTINCT FROM (new_values."declarant_phone") OR old_values."declared_at" IS DISTINCT FROM (new_values."declared_at") OR old_values."engine_no" IS DISTINCT FROM (new_values."engine_no") OR old_values."external_id" IS DISTINCT FROM (new_values."external_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."licence_class" IS DISTINCT FROM (new_values."licence_class") OR old_values."licence_number" IS DISTINCT FROM (new_values."licence_number") OR old_values."made_by_id" IS DISTINCT FROM (new_values."made_by_id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."plate" IS DISTINCT FROM (new_values."plate") OR old_values."plate_colour" IS DISTINCT FROM (new_values."plate_colour") OR old_values."received" IS DISTINCT FROM (new_values."received") OR old_values."since" IS DISTINCT FROM (new_values."since") OR old_values."subject" IS DISTINCT FROM (new_values."subject") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."usage_status" IS DISTINCT FROM (new_values."usage_status") OR old_values."vehicle_kind" IS DISTINCT FROM (new_values."vehicle_kind") OR old_values."ward_code" IS DISTINCT FROM (new_values."ward_code")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e3416fe8fb587d5b90d9881824e8bc6e252cb4e1', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d41fd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_declaration', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_declarationevent" ("changed_at", "changed_by_id", "channel", "chassis_no", "confirmed_at", "counterparty_id", "counterparty_name", "declarant_id", "declarant_name", "declarant_phone", "declared_at", "engine_no", "external_id", "finding", "id", "licence_class", "licence_id", "licence_number", "made_by_id", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plate", "plate_colour", "questioned_at", "received", "reconciled_at", "since", "state", "subject", "unit_id", "usage_status", "vehicle_id", "vehicle_kind", "ward_code") SELECT old_values."changed_at", old_values."changed_by_id", old_values."channel", old_values."chassis_no", old_values."confirmed_at", old_values."counterparty_id", old_values."counterparty_name", old_values."declarant_id", old_values."declarant_name", old_values."declarant_phone", old_values."declared_at", old_values."engine_no", old_values."external_id", old_values."finding", old_values."id", old_values."licence_class", old_values."licence_id", old_values."licence_number", old_values."made_by_id", old_values."note", old_values."person_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plate", old_values."plate_colour", old_values."questioned_at", old_values."received", old_values."reconciled_at", old_values."since", old_values."state", old_values."subject", old_values."unit_id", old_values."usage_status", old_values."vehicle_id", old_values."vehicle_kind", old_values."ward_code" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9d9a1bc8b91c8909ced02574099d101b2a1dedca', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0a471', referencing='REFERENCING OLD TABLE AS old_values ', table='cases_declaration', when='AFTER')),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='declaration',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='cases.declaration', verbose_name='declaration'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='officer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officer'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AddField(
            model_name='confirmationlot',
            name='job',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job', verbose_name='job'),
        ),
        migrations.AddField(
            model_name='confirmationlot',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='confirmationlot',
            name='taken_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='taken back by'),
        ),
        migrations.AddField(
            model_name='confirmationlot',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward'),
        ),
        migrations.AddField(
            model_name='confirmation',
            name='lot',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='cases.confirmationlot', verbose_name='lot'),
        ),
        migrations.AddField(
            model_name='confirmationrule',
            name='made_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='confirmationlot',
            name='rule',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='cases.confirmationrule', verbose_name='rule'),
        ),
        migrations.AddField(
            model_name='lotdeclaration',
            name='declaration',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.declaration', verbose_name='declaration'),
        ),
        migrations.AddField(
            model_name='lotdeclaration',
            name='lot',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='cases.confirmationlot', verbose_name='lot of declarations'),
        ),
        migrations.AddField(
            model_name='lotsample',
            name='lot',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sample', to='cases.confirmationlot', verbose_name='lot of declarations'),
        ),
        migrations.AddField(
            model_name='lotsample',
            name='made_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by'),
        ),
        migrations.AddField(
            model_name='lotsample',
            name='of',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sampled', to='cases.lotdeclaration', verbose_name='declaration of a lot'),
        ),
        migrations.AddField(
            model_name='lotsample',
            name='officer',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officer'),
        ),
        migrations.AddIndex(
            model_name='confirmation',
            index=models.Index(fields=['unit', '-id'], name='cases_confirmation_unit_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmation',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1e412443dda982013edf787d2723902339866fe7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7f457', table='cases_confirmation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='confirmationrule',
            constraint=models.CheckConstraint(condition=models.Q(('confidence__gt', 0), ('confidence__lt', 1), ('wrong_limit__gt', 0), ('wrong_limit__lt', 1), ('allowed__gte', 0), ('most__gt', 0)), name='cases_confirmationrule_plan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmationrule',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6bb2fc5254f795b3f499feb2d65ab3a533a341a2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_53511', table='cases_confirmationrule', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='confirmationlot',
            index=models.Index(fields=['unit', '-id'], name='cases_confirmationlot_unit_idx'),
        ),
        migrations.AddConstraint(
            model_name='confirmationlot',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('judging', 'confirming'))), fields=('unit',), name='cases_confirmationlot_under_way'),
        ),
        migrations.AddConstraint(
            model_name='confirmationlot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('confirming', 'confirmed', 'taking_back', 'taken_back')), _negated=True), ('outcome', 'accepted'), _connector='OR'), name='cases_confirmationlot_accepted'),
        ),
        migrations.AddConstraint(
            model_name='confirmationlot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'accepted'), _negated=True), models.Q(('judged', models.F('sample_size')), ('judged__gt', 0), ('wrong__lte', models.F('allowed'))), _connector='OR'), name='cases_confirmationlot_by_plan'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmationlot',
            trigger=pgtrigger.compiler.Trigger(name='made_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."unit_id" IS DISTINCT FROM (NEW."unit_id") OR OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."wrong_limit" IS DISTINCT FROM (NEW."wrong_limit") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."allowed" IS DISTINCT FROM (NEW."allowed") OR OLD."seed" IS DISTINCT FROM (NEW."seed") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='121c502ed7367b595ef59be4f05cfcbc6a7c8096', operation='UPDATE', pgid='pgtrigger_made_once_63fec', table='cases_confirmationlot', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='confirmationlot',
            trigger=pgtrigger.compiler.Trigger(name='rejected_stays_rejected', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."outcome" = \'rejected\' AND (NOT (NEW."outcome" = \'rejected\') OR NOT (NEW."state" = \'rejected\')))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e6639ab82cc8c11956b3a2d1256e4cda03ce392d', operation='UPDATE', pgid='pgtrigger_rejected_stays_rejected_4ff49', table='cases_confirmationlot', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='lotdeclaration',
            index=models.Index(fields=['lot', 'state', 'id'], name='cases_lotdeclaration_state_idx'),
        ),
        migrations.AddConstraint(
            model_name='lotdeclaration',
            constraint=models.UniqueConstraint(fields=('declaration', 'lot'), name='cases_lotdeclaration_once'),
        ),
        migrations.AddConstraint(
            model_name='lotsample',
            constraint=models.UniqueConstraint(fields=('lot', 'position'), name='cases_lotsample_position'),
        ),
        migrations.AddConstraint(
            model_name='lotsample',
            constraint=models.CheckConstraint(condition=models.Q(('officer__isnull', True), models.Q(('officer', models.F('made_by')), _negated=True), _connector='OR'), name='cases_nobody_judges_own_lot'),
        ),
        migrations.AddConstraint(
            model_name='lotsample',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('officer__isnull', True)), models.Q(models.Q(('answer', ''), _negated=True), ('officer__isnull', False)), _connector='OR'), name='cases_lotsample_judged_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotsample',
            trigger=pgtrigger.compiler.Trigger(name='drawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."lot_id" IS DISTINCT FROM (NEW."lot_id") OR OLD."of_id" IS DISTINCT FROM (NEW."of_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='009dea20abadcb4aa41567bf8abe02b1c08a4e72', operation='UPDATE', pgid='pgtrigger_drawn_once_26d61', table='cases_lotsample', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotsample',
            trigger=pgtrigger.compiler.Trigger(name='answer_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."answer" = \'\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b15359501a18f62fc89e7cfd468654552252f574', operation='UPDATE OR DELETE', pgid='pgtrigger_answer_is_final_6fe4b', table='cases_lotsample', when='BEFORE')),
        ),
    ]
