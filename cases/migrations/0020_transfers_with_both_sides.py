"""Both sides of a transfer in one discrepancy, the declared value as an ending, and the posted transfers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0019_doorsteps'),
        ('registry', '0008_names_of_a_ward'),
    ]

    operations = [
        migrations.AlterField(
            model_name='discrepancy',
            name='kind',
            field=models.CharField(choices=[('verified_former_id', 'Former number'), ('name_variant', 'Name spelt differently'), ('id_typo', 'Slip in the number'), ('probable', 'Probably this person'), ('ambiguous', 'Several people fit'), ('id_conflict', 'Number of somebody else'), ('deceased', 'Owner has died'), ('no_candidate', 'Nobody fits'), ('tax_code', 'Tax code does not check'), ('declared_differs', 'Declared otherwise'), ('declared_sold', 'Declared sold'), ('declared_bought', 'Declared bought'), ('declared_transfer', 'Changed hands: both sides declared'), ('declared_inherited', 'Given or inherited'), ('declared_stolen', 'Declared stolen'), ('declared_lost', 'Declared lost'), ('declared_seized', 'Declared seized'), ('declared_ended', 'Declared out of use'), ('declared_moved', 'Declared moved away'), ('declared_deceased', 'Owner declared dead'), ('declared_not_mine', 'Owner denies'), ('declared_conflict', 'Two people declare it'), ('declared_questioned', 'Questioned by the ward'), ('duplicate_plate', 'Plate on two vehicles'), ('duplicate_chassis', 'Chassis number on two vehicles'), ('duplicate_engine', 'Engine number on two vehicles'), ('plate_impossible', 'Plate impossible for its kind'), ('chassis_missing', 'Chassis number missing'), ('engine_missing', 'Engine number missing'), ('made_after_registered', 'Made after it was registered'), ('use_life_passed', 'Use life passed'), ('use_life_unknown', 'Use life cannot be told'), ('vehicle_incomplete', 'Vehicle: mandatory field missing'), ('mass_holder', 'Mass holder'), ('owner_under_age', 'Owner under age'), ('owner_ward_split', 'Owner: address in a split ward'), ('owner_incomplete', 'Owner: mandatory field missing'), ('licence_ward_split', 'Licence: address in a split ward'), ('licence_incomplete', 'Licence: mandatory field missing')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='verificationcase',
            name='disposition',
            field=models.CharField(blank=True, choices=[('link_person', 'This is the person: correct the register'), ('correct_entry', 'Correct the entry as shown'), ('entry_right', 'The register is right: nothing to change'), ('nobody_fits', 'None of these people'), ('inheritance', 'Owner has died: to the heirs'), ('transfer', 'Changed hands: transfer to be registered'), ('as_declared', 'Correct as declared'), ('change_status', 'Change the status of the vehicle')], max_length=16, verbose_name='proposal'),
        ),
        migrations.AlterField(
            model_name='verificationcase',
            name='kind',
            field=models.CharField(choices=[('verified_former_id', 'Former number'), ('name_variant', 'Name spelt differently'), ('id_typo', 'Slip in the number'), ('probable', 'Probably this person'), ('ambiguous', 'Several people fit'), ('id_conflict', 'Number of somebody else'), ('deceased', 'Owner has died'), ('no_candidate', 'Nobody fits'), ('tax_code', 'Tax code does not check'), ('declared_differs', 'Declared otherwise'), ('declared_sold', 'Declared sold'), ('declared_bought', 'Declared bought'), ('declared_transfer', 'Changed hands: both sides declared'), ('declared_inherited', 'Given or inherited'), ('declared_stolen', 'Declared stolen'), ('declared_lost', 'Declared lost'), ('declared_seized', 'Declared seized'), ('declared_ended', 'Declared out of use'), ('declared_moved', 'Declared moved away'), ('declared_deceased', 'Owner declared dead'), ('declared_not_mine', 'Owner denies'), ('declared_conflict', 'Two people declare it'), ('declared_questioned', 'Questioned by the ward'), ('duplicate_plate', 'Plate on two vehicles'), ('duplicate_chassis', 'Chassis number on two vehicles'), ('duplicate_engine', 'Engine number on two vehicles'), ('plate_impossible', 'Plate impossible for its kind'), ('chassis_missing', 'Chassis number missing'), ('engine_missing', 'Engine number missing'), ('made_after_registered', 'Made after it was registered'), ('use_life_passed', 'Use life passed'), ('use_life_unknown', 'Use life cannot be told'), ('vehicle_incomplete', 'Vehicle: mandatory field missing'), ('mass_holder', 'Mass holder'), ('owner_under_age', 'Owner under age'), ('owner_ward_split', 'Owner: address in a split ward'), ('owner_incomplete', 'Owner: mandatory field missing'), ('licence_ward_split', 'Licence: address in a split ward'), ('licence_incomplete', 'Licence: mandatory field missing')], max_length=24, verbose_name='what is wrong'),
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('plate', models.CharField(max_length=24, verbose_name='plate')),
                ('vehicle_kind', models.CharField(choices=[('car', 'car'), ('motorbike', 'motorbike'), ('moped', 'moped'), ('electric_motorbike', 'electric motorbike'), ('trailer', 'trailer'), ('tractor', 'tractor'), ('other', 'other')], max_length=20, verbose_name='kind')),
                ('plate_colour', models.CharField(choices=[('white', 'white'), ('yellow', 'yellow'), ('blue', 'blue'), ('red', 'red')], max_length=8, verbose_name='plate colour')),
                ('posted_on', models.DateField(verbose_name='posted on')),
                ('ends_on', models.DateField(verbose_name='posted until')),
                ('state', models.CharField(choices=[('posted', 'posted'), ('answered', 'the other side declared'), ('disputed', 'disputed'), ('ended', 'ended')], default='posted', max_length=8, verbose_name='state')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended at')),
                ('plate_key', models.GeneratedField(db_persist=True, expression=models.Func(models.F('plate'), function='vr_compact'), output_field=models.TextField())),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='cases.verificationcase', verbose_name='case')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward')),
                ('vehicle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postings', to='registry.vehicle', verbose_name='vehicle')),
            ],
            options={
                'verbose_name': 'posting',
                'verbose_name_plural': 'postings',
                'indexes': [models.Index(fields=['unit', '-id'], include=('state',), name='cases_posting_ward_idx'), models.Index(fields=['plate_key'], name='cases_posting_plate_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'posted')), fields=('vehicle',), name='cases_posting_once')],
            },
        ),
    ]
