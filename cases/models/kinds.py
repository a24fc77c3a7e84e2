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
    DECLARED_TRANSFER = "declared_transfer", _("Changed hands: both sides declared")
    DECLARED_INHERITED = "declared_inherited", _("Given or inherited")
    DECLARED_STOLEN = "declared_stolen", _("Declared stolen")
    DECLARED_LOST = "declared_lost", _("Declared lost")
    DECLARED_SEIZED = "declared_seized", _("Declared seized")
    DECLARED_ENDED = "declared_ended", _("Declared out of use")
    DECLARED_MOVED = "declared_moved", _("Declared moved away")
    DECLARED_DECEASED = "declared_deceased", _("Owner declared dead")
    DECLARED_NOT_MINE = "declared_not_mine", _("Owner denies")
    DECLARED_CONFLICT = "declared_conflict", _("Two people declare it")
    DECLARED_QUESTIONED = "declared_questioned", _("Questioned by the ward")


class CheckedKind(models.TextChoices):
    """What the checks inside the registers find: one kind for each rule of `cases.checks`."""

    DUPLICATE_PLATE = "duplicate_plate", _("Plate on two vehicles")
    DUPLICATE_CHASSIS = "duplicate_chassis", _("Chassis number on two vehicles")
    DUPLICATE_ENGINE = "duplicate_engine", _("Engine number on two vehicles")
    PLATE_IMPOSSIBLE = "plate_impossible", _("Plate impossible for its kind")
    CHASSIS_MISSING = "chassis_missing", _("Chassis number missing")
    ENGINE_MISSING = "engine_missing", _("Engine number missing")
    MADE_AFTER_REGISTERED = "made_after_registered", _("Made after it was registered")
    USE_LIFE_PASSED = "use_life_passed", _("Use life passed")
    USE_LIFE_UNKNOWN = "use_life_unknown", _("Use life cannot be told")
    VEHICLE_INCOMPLETE = "vehicle_incomplete", _("Vehicle: mandatory field missing")
    PLATE_IN_TWO_COLOURS = "plate_in_two_colours", _("Plate in two colours")
    VALIDITY_PASSED = "validity_passed", _("In use past its validity")
    MASS_HOLDER = "mass_holder", _("Mass holder")
    OWNER_UNDER_AGE = "owner_under_age", _("Owner under age")
    OWNER_NUMBER_ODD = "owner_number_odd", _("Owner: number against sex or birth year")
    OWNER_WARD_SPLIT = "owner_ward_split", _("Owner: address in a split ward")
    OWNER_INCOMPLETE = "owner_incomplete", _("Owner: mandatory field missing")
    LICENCE_NUMBER_ODD = "licence_number_odd", _("Licence: number against sex or birth year")
    LICENCE_WARD_SPLIT = "licence_ward_split", _("Licence: address in a split ward")
    LICENCE_INCOMPLETE = "licence_incomplete", _("Licence: mandatory field missing")


class DiscrepancyKind(models.TextChoices):
    """Every kind a discrepancy can have: verdicts that open a case, declarations, checks."""

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
    DECLARED_TRANSFER = DeclaredKind.DECLARED_TRANSFER.value, DeclaredKind.DECLARED_TRANSFER.label
    DECLARED_INHERITED = DeclaredKind.DECLARED_INHERITED.value, DeclaredKind.DECLARED_INHERITED.label
    DECLARED_STOLEN = DeclaredKind.DECLARED_STOLEN.value, DeclaredKind.DECLARED_STOLEN.label
    DECLARED_LOST = DeclaredKind.DECLARED_LOST.value, DeclaredKind.DECLARED_LOST.label
    DECLARED_SEIZED = DeclaredKind.DECLARED_SEIZED.value, DeclaredKind.DECLARED_SEIZED.label
    DECLARED_ENDED = DeclaredKind.DECLARED_ENDED.value, DeclaredKind.DECLARED_ENDED.label
    DECLARED_MOVED = DeclaredKind.DECLARED_MOVED.value, DeclaredKind.DECLARED_MOVED.label
    DECLARED_DECEASED = DeclaredKind.DECLARED_DECEASED.value, DeclaredKind.DECLARED_DECEASED.label
    DECLARED_NOT_MINE = DeclaredKind.DECLARED_NOT_MINE.value, DeclaredKind.DECLARED_NOT_MINE.label
    DECLARED_CONFLICT = DeclaredKind.DECLARED_CONFLICT.value, DeclaredKind.DECLARED_CONFLICT.label
    DECLARED_QUESTIONED = DeclaredKind.DECLARED_QUESTIONED.value, DeclaredKind.DECLARED_QUESTIONED.label
    DUPLICATE_PLATE = CheckedKind.DUPLICATE_PLATE.value, CheckedKind.DUPLICATE_PLATE.label
    DUPLICATE_CHASSIS = CheckedKind.DUPLICATE_CHASSIS.value, CheckedKind.DUPLICATE_CHASSIS.label
    DUPLICATE_ENGINE = CheckedKind.DUPLICATE_ENGINE.value, CheckedKind.DUPLICATE_ENGINE.label
    PLATE_IMPOSSIBLE = CheckedKind.PLATE_IMPOSSIBLE.value, CheckedKind.PLATE_IMPOSSIBLE.label
    CHASSIS_MISSING = CheckedKind.CHASSIS_MISSING.value, CheckedKind.CHASSIS_MISSING.label
    ENGINE_MISSING = CheckedKind.ENGINE_MISSING.value, CheckedKind.ENGINE_MISSING.label
    MADE_AFTER_REGISTERED = CheckedKind.MADE_AFTER_REGISTERED.value, CheckedKind.MADE_AFTER_REGISTERED.label
    USE_LIFE_PASSED = CheckedKind.USE_LIFE_PASSED.value, CheckedKind.USE_LIFE_PASSED.label
    USE_LIFE_UNKNOWN = CheckedKind.USE_LIFE_UNKNOWN.value, CheckedKind.USE_LIFE_UNKNOWN.label
    VEHICLE_INCOMPLETE = CheckedKind.VEHICLE_INCOMPLETE.value, CheckedKind.VEHICLE_INCOMPLETE.label
    MASS_HOLDER = CheckedKind.MASS_HOLDER.value, CheckedKind.MASS_HOLDER.label
    OWNER_UNDER_AGE = CheckedKind.OWNER_UNDER_AGE.value, CheckedKind.OWNER_UNDER_AGE.label
    OWNER_WARD_SPLIT = CheckedKind.OWNER_WARD_SPLIT.value, CheckedKind.OWNER_WARD_SPLIT.label
    OWNER_INCOMPLETE = CheckedKind.OWNER_INCOMPLETE.value, CheckedKind.OWNER_INCOMPLETE.label
    LICENCE_WARD_SPLIT = CheckedKind.LICENCE_WARD_SPLIT.value, CheckedKind.LICENCE_WARD_SPLIT.label
    LICENCE_INCOMPLETE = CheckedKind.LICENCE_INCOMPLETE.value, CheckedKind.LICENCE_INCOMPLETE.label
