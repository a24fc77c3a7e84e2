"""What a case, a verdict or a change is about: one row of one register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.TextChoices):
    OWNER = "owner", _("owner")
    VEHICLE = "vehicle", _("vehicle")
    LICENCE = "licence", _("licence")


class AboutSubject(models.Model):
    """`register` and `subject_id` name the row; one pair of columns keeps bulk SQL the same for all three."""

    register = models.CharField(_("register"), max_length=8, choices=Register)
    subject_id = models.BigIntegerField(_("entry"))

    class Meta:
        abstract = True
