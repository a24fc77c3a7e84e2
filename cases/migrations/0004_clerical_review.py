import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0003_register_checks"),
        ("registry", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewPair",
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
                ("stratum", models.CharField(max_length=60, verbose_name="stratum")),
                ("position", models.IntegerField(verbose_name="position")),
                ("shown", models.JSONField(verbose_name="shown")),
                ("judged", models.SmallIntegerField(db_default=0, default=0, verbose_name="judgements")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("match", "Same person"),
                            ("no_match", "Not the same"),
                            ("undecidable", "Cannot be told"),
                        ],
                        db_default="",
                        default="",
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True, verbose_name="settled at")),
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
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.verdict",
                        verbose_name="verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "review pair",
                "verbose_name_plural": "review pairs",
                "ordering": ["sample", "position"],
                "permissions": [("judge_reviewpair", "Can judge pairs blind")],
            },
        ),
        migrations.CreateModel(
            name="ReviewLoan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="until")),
                (
                    "officer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="loans",
                        to="cases.reviewpair",
                        verbose_name="review pair",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair on a screen",
                "verbose_name_plural": "pairs on a screen",
            },
        ),
        migrations.CreateModel(
            name="ReviewSample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("quality", "how good matching is"), ("release", "acceptance of a lot")],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                ("seed", models.BigIntegerField(verbose_name="seed")),
                ("drawn_by_name", models.CharField(max_length=150, verbose_name="name at the time")),
                ("drawn_at", models.DateTimeField(auto_now_add=True, verbose_name="drawn at")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                ("strata", models.JSONField(default=list, verbose_name="strata")),
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
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.matchrun",
                        verbose_name="matching run",
                    ),
                ),
            ],
            options={
                "verbose_name": "review sample",
                "verbose_name_plural": "review samples",
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="reviewpair",
            name="sample",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pairs",
                to="cases.reviewsample",
                verbose_name="review sample",
            ),
        ),
        migrations.CreateModel(
            name="ReviewJudgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("officer_name", models.CharField(max_length=150, verbose_name="name at the time")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("match", "Same person"),
                            ("no_match", "Not the same"),
                            ("undecidable", "Cannot be told"),
                        ],
                        max_length=12,
                        verbose_name="answer",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "pair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="cases.reviewpair",
                        verbose_name="review pair",
                    ),
                ),
            ],
            options={
                "verbose_name": "judgement",
                "verbose_name_plural": "judgements",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("pair", "officer"), name="cases_judgement_once")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewjudgement",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b700759120924e41fa5e32f2569a8112be666d80",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_46a46",
                    table="cases_reviewjudgement",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="reviewpair",
            index=models.Index(
                condition=models.Q(("outcome", "")),
                fields=["sample", "position"],
                name="cases_reviewpair_next_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewpair",
            constraint=models.UniqueConstraint(
                fields=("sample", "register", "subject_id"), name="cases_reviewpair_once"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reviewpair",
            trigger=pgtrigger.compiler.Trigger(
                name="drawn_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."sample_id" IS DISTINCT FROM (NEW."sample_id") OR OLD."stratum" IS DISTINCT FROM (NEW."stratum") OR OLD."verdict_id" IS DISTINCT FROM (NEW."verdict_id") OR OLD."register" IS DISTINCT FROM (NEW."register") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."position" IS DISTINCT FROM (NEW."position") OR OLD."shown" IS DISTINCT FROM (NEW."shown"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="64f4f2041d02cdd0bbfcc03dc89339aae72a8f83",
                    operation="UPDATE",
                    pgid="pgtrigger_drawn_once_658f0",
                    table="cases_reviewpair",
                    when="BEFORE",
                ),
            ),
        ),
    ]
