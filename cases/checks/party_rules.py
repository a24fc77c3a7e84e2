"""What must hold of an owner and of a licence's holder. `person` is whom the entry is linked with, if any."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from cases.checks.rule import CASE, WARNING, Rule, Threshold
from cases.models.case import Disposition, Priority
from cases.models.kinds import CheckedKind
from cases.models.subject import Register
from registry.identity.numbers import PROVINCES
from registry.models.vehicle import ENDED_SQL

_CAMPAIGN: Final = date(2025, 11, 1)
_CORRECT_FIRST: Final = (Disposition.CORRECT_ENTRY, Disposition.LINK_PERSON, Disposition.ENTRY_RIGHT)
_PLAN: Final = _("Plan 375 of Hà Nội police, 31 October 2025: data complete and clean")

# --- the twelve digits ------------------------------------------------------------------------------------

_YEAR_IN_NUMBER: Final = (
    "(1900 + 100 * (substr(entry.id_key, 4, 1)::int / 2) + substr(entry.id_key, 5, 2)::int)"
)
_PROVINCES: Final = ", ".join(f"'{code}'" for code in PROVINCES)
# What each contradicts; countries of birth have codes from 100. A remainder's sign is doubled, as in every
# text that goes through the parameters of a query.
_ODD: Final = {
    "unknown_province": f"left(entry.id_key, 3) NOT IN ({_PROVINCES}) AND left(entry.id_key, 3) < '100'",
    "sex_differs": """person.gender IS NOT NULL
        AND (person.gender = 'F') <> (substr(entry.id_key, 4, 1)::int %% 2 = 1)""",
    "birth_year_differs": f"extract(year FROM entry.{{birth}}) <> {_YEAR_IN_NUMBER}",
    "population_year_differs": f"extract(year FROM person.birth_date) <> {_YEAR_IN_NUMBER}",
    "suspicious_tail": "substr(entry.id_key, 7) ~ '^((.)\\2{5}|123456|654321)$'",
}


def _number_odd(code: str, register: str, birth: str) -> Rule:
    parts = {name: sql.replace("{birth}", birth) for name, sql in _ODD.items()}
    codes = ", ".join(f"CASE WHEN {sql} THEN '{name}' END" for name, sql in parts.items())
    return Rule(
        code=code,
        register=register,
        severity=WARNING,
        priority=Priority.ROUTINE,
        text=_(
            "The twelve digits say another sex or year of birth than the entry, or than the person it is "
            "linked with; or begin with a province that does not exist; or end in a row like 000000. A soft "
            "sign: slips of digits are what matching looks for. Prefixes stay those of before July 2025; "
            "people born abroad have a country's code. No case."
        ),
        law=_("Law 26/2023/QH15 art. 12; Decree 137/2015/NĐ-CP art. 13: structure of the personal number"),
        valid_from=date(2024, 7, 1),
        condition=f"""CASE WHEN entry.id_key ~ '^[0-9]{{12}}$'
            THEN {" OR ".join(f"({sql})" for sql in parts.values())} ELSE false END""",
        seen={"codes": f"to_jsonb(array_remove(ARRAY[{codes}], NULL))"},
    )


# --- the ward ---------------------------------------------------------------------------------------------


def _ward_split(code: str, register: str, address: str) -> Rule:
    return Rule(
        code=code,
        register=register,
        severity=CASE,
        priority=Priority.ROUTINE,
        text=_(
            "The address lies in a former ward that was divided on 1 July 2025, and no linked person says in "
            "which part: street or household group is needed. A ward that was renamed, or moved as a whole, "
            "is never found, nor is an owner who has moved: that is no error."
        ),
        law=_("Resolution 1656/NQ-UBTVQH15: 126 wards and communes; 158 former ones were divided"),
        valid_from=date(2025, 7, 1),
        condition="split.old_code IS NOT NULL AND person.unit_id IS NULL",
        seen={"address": f"entry.{address}", "former_ward": "split.old_code"},
        beside={
            "ward": "split.name",
            "district": "split.district",
            "parts": "split.parts",
        },
        endings=_CORRECT_FIRST,
    )


# --- what is missing --------------------------------------------------------------------------------------


def _incomplete(code: str, register: str, fields: dict[str, str], text: object, law: object) -> Rule:
    """`fields` maps each field to the SQL that is true where it is missing."""
    return Rule(
        code=code,
        register=register,
        severity=CASE,
        priority=Priority.ROUTINE,
        text=text,  # type: ignore[arg-type]
        law=law,  # type: ignore[arg-type]
        valid_from=_CAMPAIGN,
        condition=" OR ".join(f"({missing})" for missing in fields.values()),
        seen={field: f"CASE WHEN {missing} THEN 'missing' END" for field, missing in fields.items()},
        endings=_CORRECT_FIRST,
    )


OWNER_RULES: Final = (
    Rule(
        code=CheckedKind.MASS_HOLDER.value,
        register=Register.OWNER.value,
        severity=CASE,
        priority=Priority.ROUTINE,
        text=_(
            "One person has very many live registrations. That can be right: dealers who never transferred "
            "have held thousands. So the owner is marked, never merged and never refused: one case for the "
            "owner, none for each vehicle, and again only when the number has doubled."
        ),
        law=_("Circular 24/2023/TT-BCA and 79/2024/TT-BCA: who transfers hands in plate and certificate"),
        valid_from=_CAMPAIGN,
        condition="entry.kind <> 'organisation' AND entry.vehicle_count >= %(mass_holder)s",
        seen={
            "vehicles_from": "%(mass_holder)s"
            " * power(2, floor(log(2, entry.vehicle_count::numeric / %(mass_holder)s)))::int"
        },
        beside={"vehicles": "entry.vehicle_count"},
        thresholds=(Threshold("mass_holder", 20, _CAMPAIGN, _("vehicles from which an owner is marked")),),
        endings=(Disposition.ENTRY_RIGHT, Disposition.TRANSFER),
    ),
    Rule(
        code=CheckedKind.OWNER_UNDER_AGE.value,
        register=Register.OWNER.value,
        severity=CASE,
        priority=Priority.NORMAL,
        text=_(
            "The owner is younger than the law lets one register a vehicle: today, or on the day of a live "
            "registration since the law came into force. From 15 to 18 a guardian agrees, and nothing is "
            "found. Of a birth date known to the year the first day counts."
        ),
        law=_("Circular 24/2023/TT-BCA art. 3: from the age of 15"),
        valid_from=date(2023, 8, 15),
        condition=f"""entry.kind <> 'organisation'
            AND entry.birth_date > %(owner_age_from)s::date - make_interval(years => %(owner_age)s)
            AND (entry.birth_date > %(today)s::date - make_interval(years => %(owner_age)s)
                 OR EXISTS (SELECT FROM registry_vehicle AS held
                    WHERE held.owner_id = entry.id AND held.status NOT IN ({ENDED_SQL})
                      AND coalesce(held.registered_on, held.first_registered_on) >= %(owner_age_from)s::date
                      AND coalesce(held.registered_on, held.first_registered_on)
                          < entry.birth_date + make_interval(years => %(owner_age)s)))""",
        seen={"birth_date": "entry.birth_date"},
        beside={"age": "%(owner_age)s"},
        thresholds=(Threshold("owner_age", 15, date(2023, 8, 15), _("years of age an owner must have")),),
        endings=_CORRECT_FIRST,
    ),
    _number_odd(CheckedKind.OWNER_NUMBER_ODD.value, Register.OWNER.value, "birth_date"),
    _ward_split(CheckedKind.OWNER_WARD_SPLIT.value, Register.OWNER.value, "address"),
    _incomplete(
        CheckedKind.OWNER_INCOMPLETE.value,
        Register.OWNER.value,
        {"id_number": "coalesce(entry.id_number, '') = ''"},
        _(
            "The owner's number is missing. An address that is missing or old is no error, and an owner "
            "without a registration is not looked at."
        ),
        _PLAN,
    ),
)

LICENCE_RULES: Final = (
    _number_odd(CheckedKind.LICENCE_NUMBER_ODD.value, Register.LICENCE.value, "holder_birth_date"),
    _ward_split(CheckedKind.LICENCE_WARD_SPLIT.value, Register.LICENCE.value, "holder_address"),
    _incomplete(
        CheckedKind.LICENCE_INCOMPLETE.value,
        Register.LICENCE.value,
        {
            "number": "coalesce(entry.number, '') = ''",
            "issued_on": "entry.issued_on IS NULL",
            "holder_birth_date": "entry.holder_birth_date IS NULL",
            # A paper licence often has none, and rightly so.
            "holder_id_number": """entry.medium IS DISTINCT FROM 'paper'
                AND coalesce(entry.holder_id_number, '') = ''""",
        },
        _(
            "Number, date of issue or the holder's birth date is missing; on a card, the holder's number, "
            "too. Paper licences often carry no personal number, and need none."
        ),
        _PLAN,
    ),
)
