import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_clerical_review"),
        ("jobs", "0001_initial"),
        ("registry", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReleaseClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("version", models.SmallIntegerField(default=1, verbose_name="version")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("rule", models.JSONField(verbose_name="rule")),
                (
                    "wrong_limit",
                    models.FloatField(default=0.01, verbose_name="errors from which a lot is to be rejected"),
                ),
                ("confidence", models.FloatField(default=0.95, verbose_name="confidence")),
                ("allowed", models.SmallIntegerField(default=0, verbose_name="errors allowed in the sample")),
                (
                    "made_by_name",
                    models.CharField(blank=True, max_length=150, verbose_name="name at the time"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("replaced_at", models.DateTimeField(null=True, verbose_name="replaced at")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "release class",
                "verbose_name_plural": "release classes",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("class_code", models.SlugField(max_length=40, verbose_name="code")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawing", "being drawn"),
                            ("judging", "sample being judged"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                            ("releasing", "being released"),
                            ("released", "released"),
                            ("taking_back", "being taken back"),
                            ("taken_back", "taken back"),
                            ("given_up", "given up"),
                        ],
                        default="drawing",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("wrong_limit", models.FloatField(verbose_name="errors from which a lot is to be rejected")),
                ("confidence", models.FloatField(verbose_name="confidence")),
                ("allowed", models.SmallIntegerField(verbose_name="errors allowed in the sample")),
                ("lot_size", models.IntegerField(default=0, verbose_name="cases in the lot")),
                ("sample_size", models.IntegerField(default=0, verbose_name="size of the sample")),
                ("planned", models.JSONField(default=dict, verbose_name="corrections planned")),
                ("drawn_by_name", models.CharField(max_length=150, verbose_name="name at the time")),
                ("drawn_at", models.DateTimeField(auto_now_add=True, verbose_name="drawn at")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "accepted"), ("rejected", "rejected")],
                        max_length=8,
                        verbose_name="outcome of the sample",
                    ),
                ),
                ("judged", models.IntegerField(default=0, verbose_name="pairs judged")),
                ("wrong", models.IntegerField(default=0, verbose_name="errors found")),
                ("undecidable", models.IntegerField(default=0, verbose_name="could not be told")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled at")),
                (
                    "released_by_name",
                    models.CharField(blank=True, max_length=150, verbose_name="name at the time"),
                ),
                ("released_at", models.DateTimeField(null=True, verbose_name="released at")),
                (
                    "taken_back_by_name",
                    models.CharField(blank=True, max_length=150, verbose_name="name at the time"),
                ),
                ("taken_back_at", models.DateTimeField(null=True, verbose_name="taken back at")),
                ("take_back_reason", models.TextField(blank=True, verbose_name="reason")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drawn by",
                    ),
                ),
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
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released by",
                    ),
                ),
                (
                    "sample",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release",
                        to="cases.reviewsample",
                        verbose_name="sample",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                (
                    "release_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="cases.releaseclass",
                        verbose_name="release class",
                    ),
                ),
            ],
            options={
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ["-id"],
                "permissions": [
                    ("release_release", "Can release an accepted lot"),
                    ("take_back_release", "Can take a release back"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseCase",
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
                ("case_version", models.IntegerField(verbose_name="version of the case")),
                ("party_at", models.DateTimeField(verbose_name="entry as of")),
                ("person_at", models.DateTimeField(verbose_name="person as of")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "in the lot"),
                            ("released", "released"),
                            ("skipped", "left as a case"),
                            ("restored", "taken back"),
                            ("kept", "kept"),
                        ],
                        default="held",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=20, verbose_name="reason")),
                ("moved_at", models.DateTimeField(null=True, verbose_name="moved at")),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.verificationcase",
                        verbose_name="case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="registry.person",
                        verbose_name="person",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.release",
                        verbose_name="release",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.verdict",
                        verbose_name="verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "case of a lot",
                "verbose_name_plural": "cases of a lot",
                "ordering": ["release", "id"],
                "indexes": [
                    models.Index(fields=["release", "state", "id"], name="cases_releasecase_state_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "release"), name="cases_releasecase_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="releaseclass",
            constraint=models.UniqueConstraint(fields=("code", "version"), name="cases_releaseclass_version"),
        ),
        migrations.AddConstraint(
            model_name="releaseclass",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=("code",),
                name="cases_releaseclass_present",
            ),
        ),
        migrations.AddConstraint(
            model_name="releaseclass",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confidence__gt", 0),
                    ("confidence__lt", 1),
                    ("wrong_limit__gt", 0),
                    ("wrong_limit__lt", 1),
                    ("allowed__gte", 0),
                ),
                name="cases_releaseclass_plan",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releaseclass",
            trigger=pgtrigger.compiler.Trigger(
                name="version_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."rule" IS DISTINCT FROM (NEW."rule") OR OLD."wrong_limit" IS DISTINCT FROM (NEW."wrong_limit") OR OLD."confidence" IS DISTINCT FROM (NEW."confidence") OR OLD."allowed" IS DISTINCT FROM (NEW."allowed"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9aa35c2e7209f505ae60c4c136f2148e5af0fc37",
                    operation="UPDATE",
                    pgid="pgtrigger_version_stands_b2ddb",
                    table="cases_releaseclass",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("drawing", "judging", "accepted", "releasing"))),
                fields=("class_code",),
                name="cases_release_one_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("drawn_by")), _negated=True),
                    _connector="OR",
                ),
                name="cases_nobody_releases_own_draw",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("releasing", "released", "taking_back", "taken_back")), _negated=True
                    ),
                    models.Q(
                        ("outcome", "accepted"), ("released_by__isnull", False), ("sample__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="cases_release_needs_acceptance",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "accepted"), _negated=True),
                    models.Q(
                        ("judged", models.F("sample_size")),
                        ("judged__gt", 0),
                        ("wrong__lte", models.F("allowed")),
                    ),
                    _connector="OR",
                ),
                name="cases_release_accepted_by_plan",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="rejected_stays_rejected",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.\"outcome\" = 'rejected' AND (NOT (NEW.\"outcome\" = 'rejected') OR NOT (NEW.\"state\" = 'rejected')))",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1deae344d367345bf79c19dd6b04908e48fa8cc2",
                    operation="UPDATE",
                    pgid="pgtrigger_rejected_stays_rejected_49236",
                    table="cases_release",
                    when="BEFORE",
                ),
            ),
        ),
    ]
