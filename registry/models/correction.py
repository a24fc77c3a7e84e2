"""What officers corrected, so that a source that repeats its old claim does not undo it."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """One claim of a source about one field, and what an approval put in its place.

    Values are text: dates as ISO text, numbers as digits, NULL where nothing was said. `corrected` is what
    the last approval of the field wrote. While the entry still says that, `said` is an old claim and no news;
    once a source has said something else, the correction has had its time, and an undo brings it back.
    """

    register = models.CharField(max_length=8)  # owner, vehicle, licence
    entry_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    said = models.TextField(null=True)
    corrected = models.TextField(null=True)
    corrected_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.UniqueConstraint(
                fields=["register", "entry_id", "field", "said"],
                nulls_distinct=False,
                name="registry_correction_once",
            )
        ]
        # A delivery asks for the corrections of an entry.
        indexes = [models.Index(fields=["register", "entry_id"], name="registry_correction_entry_idx")]

    def __str__(self) -> str:
        return f"{self.register} {self.entry_id}: {self.field}"
