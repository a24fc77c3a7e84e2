"""What can be wrong: verdicts of matching, checks inside the registers, words of a declaration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VerdictKind(models.TextChoices):
    """Verdicts of matching, design section 4."""

    VERIFIED = "verified", _("Verified")
    VERIFIED_FORMER_ID = "verified_former_id", _("Former number")
    NAME_VARIANT = "name_variant", _("Name spelt differently")
    ID_TYPO = "id_typo", _("Slip in the number")
    PROBABLE = "probable", _("Probably this person")
    AMBIGUOUS = "ambiguous", _("Several people fit")
    ID_CONFLICT = "id_conflict", _("Number of somebody else")
    DECEASED = "deceased", _("Owner has died")
    NO_CANDIDATE = "no_candidate", _("Nobody fits")
    ORGANISATION = "organisation", _("Organisation")
    FOREIGNER = "foreigner", _("Foreigner")


class DeclaredKind(models.TextChoices):
    """What a declaration brings to light."""

    DECLARED_DIFFERS = "declared_differs", _("Declared otherwise")
    DECLARED_SOLD = "declared_sold", _("Declared sold")
    DECLARED_BOUGHT = "declared_bought", _("Declared bought")
    DECLARED_INHERITED = "declared_inherited", _("Given or inherited")
    DECLARED_STOLEN = "declared_stolen", _("Declared stolen")
    DECLARED_LOST = "declared_lost", _("Declared lost")
    DECLARED_SEIZED = "declared_seized", _("Declared seized")
    DECLARED_ENDED = "declared_ended", _("Declared out of use")
    DECLARED_MOVED = "declared_moved", _("Declared moved away")
    DECLARED_DECEASED = "declared_deceased", _("Owner declared dead")
    DECLARED_NOT_MINE = "declared_not_mine", _("Owner denies")
    DECLARED_CONFLICT = "declared_conflict", _("Two people declare it")


class DiscrepancyKind(models.TextChoices):
    """Every kind a discrepancy can have: verdicts that open a case, and declarations."""

    VERIFIED_FORMER_ID = VerdictKind.VERIFIED_FORMER_ID.value, VerdictKind.VERIFIED_FORMER_ID.label
    NAME_VARIANT = VerdictKind.NAME_VARIANT.value, VerdictKind.NAME_VARIANT.label
    ID_TYPO = VerdictKind.ID_TYPO.value, VerdictKind.ID_TYPO.label
    PROBABLE = VerdictKind.PROBABLE.value, VerdictKind.PROBABLE.label
    AMBIGUOUS = VerdictKind.AMBIGUOUS.value, VerdictKind.AMBIGUOUS.label
    ID_CONFLICT = VerdictKind.ID_CONFLICT.value, VerdictKind.ID_CONFLICT.label
    DECEASED = VerdictKind.DECEASED.value, VerdictKind.DECEASED.label
    NO_CANDIDATE = VerdictKind.NO_CANDIDATE.value, VerdictKind.NO_CANDIDATE.label
    TAX_CODE = "tax_code", _("Tax code does not check")
    DECLARED_DIFFERS = DeclaredKind.DECLARED_DIFFERS.value, DeclaredKind.DECLARED_DIFFERS.label
    DECLARED_SOLD = DeclaredKind.DECLARED_SOLD.value, DeclaredKind.DECLARED_SOLD.label
    DECLARED_BOUGHT = DeclaredKind.DECLARED_BOUGHT.value, DeclaredKind.DECLARED_BOUGHT.label
    DECLARED_INHERITED = DeclaredKind.DECLARED_INHERITED.value, DeclaredKind.DECLARED_INHERITED.label
    DECLARED_STOLEN = DeclaredKind.DECLARED_STOLEN.value, DeclaredKind.DECLARED_STOLEN.label
    DECLARED_LOST = DeclaredKind.DECLARED_LOST.value, DeclaredKind.DECLARED_LOST.label
    DECLARED_SEIZED = DeclaredKind.DECLARED_SEIZED.value, DeclaredKind.DECLARED_SEIZED.label
    DECLARED_ENDED = DeclaredKind.DECLARED_ENDED.value, DeclaredKind.DECLARED_ENDED.label
    DECLARED_MOVED = DeclaredKind.DECLARED_MOVED.value, DeclaredKind.DECLARED_MOVED.label
    DECLARED_DECEASED = DeclaredKind.DECLARED_DECEASED.value, DeclaredKind.DECLARED_DECEASED.label
    DECLARED_NOT_MINE = DeclaredKind.DECLARED_NOT_MINE.value, DeclaredKind.DECLARED_NOT_MINE.label
    DECLARED_CONFLICT = DeclaredKind.DECLARED_CONFLICT.value, DeclaredKind.DECLARED_CONFLICT.label
