"""What must hold of a registration. `entry` is the vehicle; twins are other live registrations."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.checks.plates import other_kind, plate_problem
from cases.checks.rule import CASE, WARNING, Rule, Threshold
from cases.models.case import Disposition, Priority
from cases.models.kinds import CheckedKind
from cases.models.subject import Register

_LAW_OF_2024: Final = date(2025, 1, 1)
_CAMPAIGN: Final = date(2025, 11, 1)
_VEHICLE: Final = Register.VEHICLE.value
_CORRECT_FIRST: Final = (Disposition.CORRECT_ENTRY, Disposition.CHANGE_STATUS, Disposition.ENTRY_RIGHT)
_STATUS_FIRST: Final = (Disposition.CHANGE_STATUS, Disposition.CORRECT_ENTRY, Disposition.ENTRY_RIGHT)

# Nothing, one sign over and over, or words without a digit: not a number that is stamped anywhere.
_NO_NUMBER: Final = """(coalesce(entry.{field}, '') !~ '[0-9]'
    OR btrim(entry.{field}, left(entry.{field}, 1)) = '')"""
_CERTIFICATE: Final = _("Circular 79/2024/TT-BCA: what the registration certificate names")

# Who has a use life at all: cars that are in use, but no military, police or trailer plates. A lorry's cab
# has three seats at most; a pick-up with more cannot be told from a passenger car here.
_CIVIL: Final = """(entry.vehicle_kind = 'car' AND entry.status = 'active' AND entry.plate_colour <> 'red'
    AND entry.plate_key !~ '^[0-9]{2}(CD|KT)')"""
_PASSENGER: Final = "entry.seats >= %(passenger_seats)s"
_GOODS: Final = "(entry.payload_kg > 0 AND coalesce(entry.seats, 0) <= %(cab_seats)s)"
_YEARS: Final = f"(CASE WHEN {_PASSENGER} THEN %(passenger_years)s ELSE %(goods_years)s END)"
_LIMITED: Final = f"({_CIVIL} AND ({_PASSENGER} OR {_GOODS}) IS TRUE)"
_USE_LIFE_LAW: Final = _(
    "Law 36/2024/QH15 art. 40 and Decree 166/2024/NĐ-CP, as Decree 95/2009/NĐ-CP before: 25 years for "
    "goods, 20 for passengers"
)
_SEATS: Final = Threshold(
    "passenger_seats", 10, _LAW_OF_2024, _("seats, the driver's included, from which passenger cars count")
)
_CAB: Final = Threshold("cab_seats", 3, _LAW_OF_2024, _("seats a lorry has at most"))

_REGISTERED_ON: Final = "least(entry.first_registered_on, entry.registered_on)"


def _twin_rule(code: str, field: str, priority: int, text: object, least: str = "") -> Rule:
    condition = f"same_{field}.others IS NOT NULL{least}"
    return Rule(
        code=code,
        register=_VEHICLE,
        severity=CASE,
        priority=priority,
        text=text,  # type: ignore[arg-type]
        law=_CERTIFICATE,
        valid_from=_LAW_OF_2024,
        condition=condition,
        seen={field: f"entry.{field}", "others": f"same_{field}.ids"},
        beside={"others": f"same_{field}.others"},
        thresholds=(
            Threshold(
                f"shortest_{field}", 6, _LAW_OF_2024, _("signs below which a number is too short to be one")
            ),
        )
        if least
        else (),
        endings=_CORRECT_FIRST,
    )


RULES: Final = (
    Rule(
        code=CheckedKind.DUPLICATE_PLATE.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.NORMAL,
        text=_(
            "Two live registrations of different kinds carry the very same plate, in the same colour. Plate, "
            "kind and colour together are unique already; but a moped and a motorbike (or a car and a "
            "tractor) share one series, so one plate cannot be on both. A motorbike's 29-F1 0123 and a car's "
            "29F-101.23 are two plates and never found; nor is a plate whose earlier registration has ended."
        ),
        law=_("Law 36/2024/QH15 art. 36: a plate is managed by its owner's identifier"),
        valid_from=_LAW_OF_2024,
        condition="same_plate.others IS NOT NULL",
        seen={
            "plate": "entry.plate_key",
            "vehicle_kind": "entry.vehicle_kind",
            "others": "same_plate.ids",
        },
        beside={"others": "same_plate.others"},
        endings=_CORRECT_FIRST,
    ),
    _twin_rule(
        CheckedKind.DUPLICATE_CHASSIS.value,
        "chassis_no",
        Priority.SOON,
        _(
            "The same chassis number, as it is written, stands on another live registration. Short numbers "
            "punched on old imports are left out."
        ),
        " AND length(vr_compact(entry.chassis_no)) >= %(shortest_chassis_no)s",
    ),
    _twin_rule(
        CheckedKind.DUPLICATE_ENGINE.value,
        "engine_no",
        Priority.NORMAL,
        _(
            "The same engine number, as it is written, stands on another live registration. Short numbers "
            "are left out."
        ),
        " AND length(vr_compact(entry.engine_no)) >= %(shortest_engine_no)s",
    ),
    Rule(
        code=CheckedKind.PLATE_IMPOSSIBLE.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.NORMAL,
        text=_(
            "No series of plates that this kind of vehicle carries, or ever carried, is numbered so, or its "
            "local code was never given out. Codes of before July 2025 stay valid."
        ),
        law=_("Circular 81/2024/TT-BCA (QCVN on plates) and Circular 79/2024/TT-BCA"),
        valid_from=_LAW_OF_2024,
        condition=f"({plate_problem()}) IS NOT NULL",
        seen={
            "plate": "entry.plate",
            "vehicle_kind": "entry.vehicle_kind",
        },
        beside={"problem": plate_problem(), "fits": other_kind()},
        endings=_CORRECT_FIRST,
    ),
    Rule(
        code=CheckedKind.CHASSIS_MISSING.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.ROUTINE,
        text=_("There is no chassis number, or something that cannot be one."),
        law=_CERTIFICATE,
        valid_from=_LAW_OF_2024,
        condition=_NO_NUMBER.format(field="chassis_no"),
        seen={"chassis_no": "entry.chassis_no"},
        endings=_CORRECT_FIRST,
    ),
    Rule(
        code=CheckedKind.ENGINE_MISSING.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.ROUTINE,
        text=_("There is no engine number, or something that cannot be one. A trailer has no engine."),
        law=_CERTIFICATE,
        valid_from=_LAW_OF_2024,
        condition=f"entry.vehicle_kind <> 'trailer' AND {_NO_NUMBER.format(field='engine_no')}",
        seen={"engine_no": "entry.engine_no"},
        endings=_CORRECT_FIRST,
    ),
    Rule(
        code=CheckedKind.MADE_AFTER_REGISTERED.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.NORMAL,
        text=_("The year of manufacture lies after the year of its first registration."),
        law=_("What cannot be: a vehicle is registered after it was made (Circular 79/2024/TT-BCA)"),
        valid_from=_LAW_OF_2024,
        condition=f"entry.year_made > extract(year FROM {_REGISTERED_ON})",
        seen={
            "year_made": "entry.year_made",
            "first_registered_on": "entry.first_registered_on",
            "registered_on": "entry.registered_on",
        },
        endings=_CORRECT_FIRST,
    ),
    Rule(
        code=CheckedKind.USE_LIFE_PASSED.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.NORMAL,
        text=_(
            "In use past its use life, which is counted from the year of manufacture and ends on 31 December "
            "of its last year. Not for passenger cars of up to nine seats, trailers, tractors, motorbikes, "
            "military and police plates. Special-use cars cannot be told in the register: there the register "
            "is right. A lorry converted to carry passengers before 2002 has 17 years: not told either."
        ),
        law=_USE_LIFE_LAW,
        valid_from=_LAW_OF_2024,
        condition=f"{_LIMITED} AND entry.year_made + {_YEARS} < extract(year FROM %(today)s::date)",
        seen={
            "year_made": "entry.year_made",
            "status": "entry.status",
            "seats": "entry.seats",
            "payload_kg": "entry.payload_kg",
        },
        beside={"years": _YEARS, "ended_on": f"make_date(entry.year_made + {_YEARS}, 12, 31)"},
        thresholds=(
            Threshold("goods_years", 25, _LAW_OF_2024, _("years of use for goods")),
            Threshold("passenger_years", 20, _LAW_OF_2024, _("years of use for passengers")),
            _SEATS,
            _CAB,
        ),
        endings=_STATUS_FIRST,
    ),
    Rule(
        code=CheckedKind.USE_LIFE_UNKNOWN.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.NORMAL,
        text=_(
            "The use life of a goods or passenger vehicle in use cannot be told: its year of manufacture is "
            "missing. Such a vehicle is treated as expired until its papers say otherwise."
        ),
        law=_("Circular 21/2010: without its year of manufacture a vehicle counts as expired"),
        valid_from=_LAW_OF_2024,
        condition=f"{_LIMITED} AND entry.year_made IS NULL",
        seen={
            "year_made": "entry.year_made",
            "status": "entry.status",
            "seats": "entry.seats",
            "payload_kg": "entry.payload_kg",
        },
        thresholds=(_SEATS, _CAB),
        endings=_CORRECT_FIRST,
    ),
    Rule(
        code=CheckedKind.VEHICLE_INCOMPLETE.value,
        register=_VEHICLE,
        severity=CASE,
        priority=Priority.ROUTINE,
        text=_("Brand or date of registration is missing. Chassis and engine have rules of their own."),
        law=_CERTIFICATE,
        valid_from=_LAW_OF_2024,
        condition="""coalesce(entry.brand, '') = ''
            OR coalesce(entry.registered_on, entry.first_registered_on) IS NULL""",
        seen={
            "brand": "entry.brand",
            "registered_on": "coalesce(entry.registered_on, entry.first_registered_on)",
        },
        endings=_CORRECT_FIRST,
    ),
    Rule(
        code=CheckedKind.PLATE_IN_TWO_COLOURS.value,
        register=_VEHICLE,
        severity=WARNING,
        priority=Priority.ROUTINE,
        text=_(
            "Two live registrations of one kind carry the same plate in two colours. That can be: series "
            "of white and of blue plates may run side by side. It is also what a change from white to yellow "
            "looks like when the first registration was not ended. No case."
        ),
        law=_("Law 36/2024/QH15 art. 36: colours of plates"),
        valid_from=_LAW_OF_2024,
        condition="same_colour.others IS NOT NULL",
        seen={
            "plate": "entry.plate_key",
            "plate_colour": "entry.plate_colour",
            "others": "same_colour.ids",
        },
        beside={"others": "same_colour.others"},
    ),
    Rule(
        code=CheckedKind.VALIDITY_PASSED.value,
        register=_VEHICLE,
        severity=WARNING,
        priority=Priority.ROUTINE,
        text=_(
            "The register has the vehicle in use, and says that its registration was valid until a day that "
            "has passed. What that day means differs by file. No case."
        ),
        law=_("The register contradicts itself; the law on use life has a rule of its own"),
        valid_from=_CAMPAIGN,
        condition="entry.status = 'active' AND entry.valid_until < %(today)s::date",
        seen={"valid_until": "entry.valid_until", "status": "entry.status"},
    ),
)
