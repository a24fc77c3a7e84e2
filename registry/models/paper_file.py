"""The folder of paper behind a registration."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import RegisterRow, keep_history
from vehreg.accounts.scope import ScopedQuerySet


class PaperFileQuerySet(ScopedQuerySet):
    """A paper file belongs to the ward of its vehicle."""

    scope_field = "vehicle__unit"


@keep_history
class PaperFile(RegisterRow):
    """Where a registration's papers stand. `code` is the folder's code in the archive of `office_code`."""

    class State(models.TextChoices):
        SHELVED = "shelved", _("on the shelf")
        LENT = "lent", _("lent out")
        SEPARATED = "separated", _("separated for disposal")
        MISSING = "missing", _("missing")

    vehicle = models.OneToOneField(
        "registry.Vehicle", models.CASCADE, related_name="paper_file", verbose_name=_("vehicle")
    )
    code = models.CharField(_("file code"), max_length=64)
    office_code = models.CharField(_("office"), max_length=64, null=True)
    shelf = models.CharField(_("shelf"), max_length=64, null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.SHELVED, db_default=State.SHELVED
    )
    scans = models.JSONField(
        _("scans"), default=list, db_default=[], help_text=_("Name and SHA-256 of each scan.")
    )

    objects: ClassVar[models.Manager[Any]] = PaperFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper file")
        verbose_name_plural = _("paper files")
        indexes = [
            models.Index(fields=["code"], name="registry_paperfile_code_idx"),
            # The list of the few that are not where they belong.
            models.Index(
                fields=["state", "-id"], name="registry_paperfile_away_idx", condition=~Q(state="shelved")
            ),
        ]

    def __str__(self) -> str:
        return self.code
