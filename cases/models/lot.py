"""What every lot is: the plan it was drawn by, what its sample decided, the work, and its taking back."""

from typing import Any, Final

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LotOutcome(models.TextChoices):
    """What the sample decided; the codes of `cases.lots.plans`."""

    ACCEPTED = "accepted", _("accepted")
    REJECTED = "rejected", _("rejected")


class Lot(models.Model):
    """The plan is a copy of its rule's. `wrong` counts what is wrong or cannot be told in the sample;
    `counts`: by state of what the lot holds, how it ended.

    Each kind of lot has states of its own, and says in its own words what it counts.
    """

    state: Any
    lot_size: Any
    judged: Any

    wrong_limit = models.FloatField(_("errors from which a lot is to be rejected"))
    confidence = models.FloatField(_("confidence"))
    allowed = models.SmallIntegerField(_("errors allowed in the sample"))
    sample_size = models.IntegerField(_("size of the sample"), default=0)

    outcome = models.CharField(_("outcome of the sample"), max_length=8, choices=LotOutcome, blank=True)
    wrong = models.IntegerField(_("errors found"), default=0)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )
    taken_back_by_name = models.CharField(_("name at the time"), max_length=150, blank=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)
    take_back_reason = models.TextField(_("reason"), blank=True)

    counts = models.JSONField(_("counts"), default=dict)
    message = models.TextField(_("message"), blank=True)
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, related_name="+", verbose_name=_("job"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk}"


# A lot is accepted when all of its sample was judged and no more was wrong than its plan allows.
ACCEPTED_BY_PLAN: Final = ~Q(outcome=LotOutcome.ACCEPTED) | Q(
    judged=F("sample_size"), judged__gt=0, wrong__lte=F("allowed")
)
REJECTED_STAYS_REJECTED: Final = pgtrigger.Protect(
    name="rejected_stays_rejected",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__outcome="rejected")
    & (~pgtrigger.Q(new__outcome="rejected") | ~pgtrigger.Q(new__state="rejected")),
)
