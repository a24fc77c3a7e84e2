"""Who has not declared, as of the last reading of each ward."""

import django.db.models.deletion
from django.db import migrations, models

REGISTERS = [('owner', 'owner'), ('vehicle', 'vehicle'), ('licence', 'licence')]


def ward():
    return models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.unit', verbose_name='ward')


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
        ('cases', '0018_photographs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Doorstep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(choices=REGISTERS, max_length=8, verbose_name='register')),
                ('subject_id', models.BigIntegerField(verbose_name='entry')),
                ('group_key', models.TextField()),
                ('group_name', models.TextField(verbose_name='residential group')),
                ('street_key', models.TextField()),
                ('street', models.TextField(verbose_name='street')),
                ('house_key', models.TextField()),
                ('unit', ward()),
            ],
            options={
                'verbose_name': 'person who has not declared',
                'verbose_name_plural': 'people who have not declared',
                'indexes': [models.Index(fields=['unit', 'register', 'group_key', 'street_key', 'house_key', 'id'], name='cases_doorstep_walk_idx')],
                'constraints': [models.UniqueConstraint(fields=('register', 'subject_id'), name='cases_doorstep_once')],
            },
        ),
        migrations.CreateModel(
            name='UndeclaredCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(choices=REGISTERS, max_length=8)),
                ('group_key', models.TextField(null=True)),
                ('group_name', models.TextField()),
                ('people', models.IntegerField()),
                ('counted_at', models.DateTimeField()),
                ('unit', ward()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'register', 'group_key'), name='cases_undeclaredcount_once', nulls_distinct=False)],
            },
        ),
    ]
