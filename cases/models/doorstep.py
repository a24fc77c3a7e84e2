"""Doors to knock at: who had not declared when their ward was last read, and where each of them lives."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.subject import AboutSubject, Register
from vehreg.accounts.scope import ScopedQuerySet


class _OfWard(models.Model):
    """Rows of a ward. Both tables have an index that begins with it."""

    unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="+",
        verbose_name=_("ward"),
        db_constraint=False,
        db_index=False,
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class Doorstep(AboutSubject, _OfWard):
    """An owner or licence holder without a declaration, at the place their address names.

    Kept by `cases.outreach.reading`. Who has declared since is left out by whoever lists them
    (`cases.outreach.waiting`), so that nobody waits for the next reading.
    """

    # "to 5", "thon dong", "xom 3"; "ngo 12 hoa ban" where only the lane is known; "" where nothing is.
    group_key = models.TextField()
    group_name = models.TextField(_("residential group"))
    street_key = models.TextField()
    street = models.TextField(_("street"))
    # Lane and house number, so that 9 comes before 10.
    house_key = models.TextField()

    class Meta:
        verbose_name = _("person who has not declared")
        verbose_name_plural = _("people who have not declared")
        constraints = [models.UniqueConstraint(fields=["register", "subject_id"], name="cases_doorstep_once")]
        indexes = [
            # The walk through a ward: group by group, along each street. One group or street of it, too.
            models.Index(
                fields=["unit", "register", "group_key", "street_key", "house_key", "id"],
                name="cases_doorstep_walk_idx",
            )
        ]

    def __str__(self) -> str:
        return f"{Register(self.register).label} {self.subject_id}"


class UndeclaredCount(_OfWard):
    """How many had not declared, by ward and residential group, when the ward was last read."""

    register = models.CharField(max_length=8, choices=Register)
    # NULL: the whole ward. It is there for every ward that was ever read.
    group_key = models.TextField(null=True)
    group_name = models.TextField()
    people = models.IntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "register", "group_key"],
                name="cases_undeclaredcount_once",
                nulls_distinct=False,
            )
        ]
