import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0002_initial"),
        ("jobs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="discrepancy",
            name="kind",
            field=models.CharField(
                choices=[
                    ("verified_former_id", "Former number"),
                    ("name_variant", "Name spelt differently"),
                    ("id_typo", "Slip in the number"),
                    ("probable", "Probably this person"),
                    ("ambiguous", "Several people fit"),
                    ("id_conflict", "Number of somebody else"),
                    ("deceased", "Owner has died"),
                    ("no_candidate", "Nobody fits"),
                    ("tax_code", "Tax code does not check"),
                    ("declared_differs", "Declared otherwise"),
                    ("declared_sold", "Declared sold"),
                    ("declared_bought", "Declared bought"),
                    ("declared_inherited", "Given or inherited"),
                    ("declared_stolen", "Declared stolen"),
                    ("declared_lost", "Declared lost"),
                    ("declared_seized", "Declared seized"),
                    ("declared_ended", "Declared out of use"),
                    ("declared_moved", "Declared moved away"),
                    ("declared_deceased", "Owner declared dead"),
                    ("declared_not_mine", "Owner denies"),
                    ("declared_conflict", "Two people declare it"),
                    ("duplicate_plate", "Plate on two vehicles"),
                    ("duplicate_chassis", "Chassis number on two vehicles"),
                    ("duplicate_engine", "Engine number on two vehicles"),
                    ("plate_impossible", "Plate impossible for its kind"),
                    ("chassis_missing", "Chassis number missing"),
                    ("engine_missing", "Engine number missing"),
                    ("made_after_registered", "Made after it was registered"),
                    ("use_life_passed", "Use life passed"),
                    ("use_life_unknown", "Use life cannot be told"),
                    ("vehicle_incomplete", "Vehicle: mandatory field missing"),
                    ("mass_holder", "Mass holder"),
                    ("owner_under_age", "Owner under age"),
                    ("owner_ward_split", "Owner: address in a split ward"),
                    ("owner_incomplete", "Owner: mandatory field missing"),
                    ("licence_ward_split", "Licence: address in a split ward"),
                    ("licence_incomplete", "Licence: mandatory field missing"),
                ],
                max_length=24,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="verificationcase",
            name="kind",
            field=models.CharField(
                choices=[
                    ("verified_former_id", "Former number"),
                    ("name_variant", "Name spelt differently"),
                    ("id_typo", "Slip in the number"),
                    ("probable", "Probably this person"),
                    ("ambiguous", "Several people fit"),
                    ("id_conflict", "Number of somebody else"),
                    ("deceased", "Owner has died"),
                    ("no_candidate", "Nobody fits"),
                    ("tax_code", "Tax code does not check"),
                    ("declared_differs", "Declared otherwise"),
                    ("declared_sold", "Declared sold"),
                    ("declared_bought", "Declared bought"),
                    ("declared_inherited", "Given or inherited"),
                    ("declared_stolen", "Declared stolen"),
                    ("declared_lost", "Declared lost"),
                    ("declared_seized", "Declared seized"),
                    ("declared_ended", "Declared out of use"),
                    ("declared_moved", "Declared moved away"),
                    ("declared_deceased", "Owner declared dead"),
                    ("declared_not_mine", "Owner denies"),
                    ("declared_conflict", "Two people declare it"),
                    ("duplicate_plate", "Plate on two vehicles"),
                    ("duplicate_chassis", "Chassis number on two vehicles"),
                    ("duplicate_engine", "Engine number on two vehicles"),
                    ("plate_impossible", "Plate impossible for its kind"),
                    ("chassis_missing", "Chassis number missing"),
                    ("engine_missing", "Engine number missing"),
                    ("made_after_registered", "Made after it was registered"),
                    ("use_life_passed", "Use life passed"),
                    ("use_life_unknown", "Use life cannot be told"),
                    ("vehicle_incomplete", "Vehicle: mandatory field missing"),
                    ("mass_holder", "Mass holder"),
                    ("owner_under_age", "Owner under age"),
                    ("owner_ward_split", "Owner: address in a split ward"),
                    ("owner_incomplete", "Owner: mandatory field missing"),
                    ("licence_ward_split", "Licence: address in a split ward"),
                    ("licence_incomplete", "Licence: mandatory field missing"),
                ],
                max_length=24,
                verbose_name="what is wrong",
            ),
        ),
        migrations.CreateModel(
            name="CheckRule",
            fields=[
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("duplicate_plate", "Plate on two vehicles"),
                            ("duplicate_chassis", "Chassis number on two vehicles"),
                            ("duplicate_engine", "Engine number on two vehicles"),
                            ("plate_impossible", "Plate impossible for its kind"),
                            ("chassis_missing", "Chassis number missing"),
                            ("engine_missing", "Engine number missing"),
                            ("made_after_registered", "Made after it was registered"),
                            ("use_life_passed", "Use life passed"),
                            ("use_life_unknown", "Use life cannot be told"),
                            ("vehicle_incomplete", "Vehicle: mandatory field missing"),
                            ("plate_in_two_colours", "Plate in two colours"),
                            ("validity_passed", "In use past its validity"),
                            ("mass_holder", "Mass holder"),
                            ("owner_under_age", "Owner under age"),
                            ("owner_number_odd", "Owner: number against sex or birth year"),
                            ("owner_ward_split", "Owner: address in a split ward"),
                            ("owner_incomplete", "Owner: mandatory field missing"),
                            ("licence_number_odd", "Licence: number against sex or birth year"),
                            ("licence_ward_split", "Licence: address in a split ward"),
                            ("licence_incomplete", "Licence: mandatory field missing"),
                        ],
                        max_length=24,
                        primary_key=True,
                        serialize=False,
                        verbose_name="rule",
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="on")),
                (
                    "switched_by_name",
                    models.CharField(blank=True, max_length=150, verbose_name="name at the time"),
                ),
                ("switched_at", models.DateTimeField(null=True, verbose_name="switched at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("found", models.BigIntegerField(null=True, verbose_name="found")),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                ("version", models.SmallIntegerField(null=True, verbose_name="version")),
                (
                    "switched_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="switched by",
                    ),
                ),
            ],
            options={
                "verbose_name": "check",
                "verbose_name_plural": "checks of the registers",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="CheckRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "whole registers"),
                            ("since_last", "what changed since the last check"),
                            ("rule", "one rule"),
                        ],
                        default="all",
                        max_length=10,
                        verbose_name="scope",
                    ),
                ),
                ("rule", models.CharField(blank=True, max_length=24, verbose_name="rule")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="running",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("fingerprint", models.CharField(max_length=40)),
                ("watermark", models.DateTimeField(verbose_name="registers as of")),
                (
                    "started_by_name",
                    models.CharField(blank=True, max_length=150, verbose_name="name at the time"),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started at")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
                ("entries", models.BigIntegerField(default=0, verbose_name="entries")),
                ("cases_opened", models.BigIntegerField(default=0, verbose_name="cases opened")),
                ("cases_withdrawn", models.BigIntegerField(default=0, verbose_name="cases withdrawn")),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.job",
                        verbose_name="job",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="started by",
                    ),
                ),
            ],
            options={
                "verbose_name": "check run",
                "verbose_name_plural": "check runs",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CheckFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        choices=[("owner", "owner"), ("vehicle", "vehicle"), ("licence", "licence")],
                        max_length=8,
                        verbose_name="register",
                    ),
                ),
                ("subject_id", models.BigIntegerField(verbose_name="entry")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("duplicate_plate", "Plate on two vehicles"),
                            ("duplicate_chassis", "Chassis number on two vehicles"),
                            ("duplicate_engine", "Engine number on two vehicles"),
                            ("plate_impossible", "Plate impossible for its kind"),
                            ("chassis_missing", "Chassis number missing"),
                            ("engine_missing", "Engine number missing"),
                            ("made_after_registered", "Made after it was registered"),
                            ("use_life_passed", "Use life passed"),
                            ("use_life_unknown", "Use life cannot be told"),
                            ("vehicle_incomplete", "Vehicle: mandatory field missing"),
                            ("plate_in_two_colours", "Plate in two colours"),
                            ("validity_passed", "In use past its validity"),
                            ("mass_holder", "Mass holder"),
                            ("owner_under_age", "Owner under age"),
                            ("owner_number_odd", "Owner: number against sex or birth year"),
                            ("owner_ward_split", "Owner: address in a split ward"),
                            ("owner_incomplete", "Owner: mandatory field missing"),
                            ("licence_number_odd", "Licence: number against sex or birth year"),
                            ("licence_ward_split", "Licence: address in a split ward"),
                            ("licence_incomplete", "Licence: mandatory field missing"),
                        ],
                        max_length=24,
                        verbose_name="rule",
                    ),
                ),
                ("evidence", models.JSONField(default=dict, verbose_name="evidence")),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="ward",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding of a check",
                "verbose_name_plural": "findings of the checks",
                "indexes": [
                    models.Index(fields=["rule", "-id"], name="cases_checkfinding_rule_idx"),
                    models.Index(fields=["unit", "rule", "-id"], name="cases_checkfinding_unit_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("register", "subject_id", "rule"), name="cases_checkfinding_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckTwin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=16)),
                ("key", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.checkrun",
                        verbose_name="check run",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("run", "field", "key"), name="cases_checktwin_once")
                ],
            },
        ),
    ]
