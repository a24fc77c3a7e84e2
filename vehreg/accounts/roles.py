"""Who may what: one table, role by role. Everything that asks `user.has_perm` reads it."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    WARD_OFFICER = "ward_officer", _("Ward officer")
    WARD_SUPERVISOR = "ward_supervisor", _("Ward supervisor")
    CITY_OFFICER = "city_officer", _("City officer")
    CITY_SUPERVISOR = "city_supervisor", _("City supervisor")
    REGISTRAR = "registrar", _("Registrar")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


# See their own unit only.
WARD_ROLES = frozenset({Role.WARD_OFFICER, Role.WARD_SUPERVISOR})
# See every unit. The administrator sees none: users and settings, no personal data.
CITY_ROLES = frozenset({Role.CITY_OFFICER, Role.CITY_SUPERVISOR, Role.REGISTRAR, Role.AUDITOR})
# May see whole personal numbers once they have stated what for.
REVEALING_ROLES = WARD_ROLES | {Role.CITY_OFFICER, Role.CITY_SUPERVISOR, Role.REGISTRAR}


def _grant(*lines: str) -> frozenset[str]:
    """`"registry: view_vehicle view_owner"` → {"registry.view_vehicle", "registry.view_owner"}."""
    return frozenset(
        f"{app}.{codename}"
        for app, names in (line.split(": ") for line in lines)
        for codename in names.split()
    )


_READ_REGISTERS = _grant(
    "registry: view_vehicle view_owner view_driverlicence view_person view_paperfile view_violation",
    "cases: view_declaration view_posting",
)
_READ_CASES = _grant("cases: view_verificationcase view_discrepancy view_caseevent view_dashboard")
_WORK_CASES = _READ_CASES | _grant("cases: work_verificationcase")
# At somebody's door, for who has no telephone of their own.
_DECLARE = _grant("cases: add_declaration")
_LEAD_CASES = _WORK_CASES | _grant(
    "cases: assign_verificationcase approve_verificationcase view_changerecord",
    "registry: export_registers",
)
_JUDGE = _grant("cases: judge_reviewpair")
# The ward confirms; of a lot's sample anybody else judges, of the ward or, where it has nobody, of the city.
_SEE_CONFIRMED = _grant("cases: view_confirmation view_confirmationlot")
_JUDGE_LOTS = _SEE_CONFIRMED | _grant("cases: judge_confirmationlot")
_CONFIRM = _JUDGE_LOTS | _grant("cases: confirm_declaration")
_LEAD_LOTS = _grant("cases: take_back_confirmationlot")
_LOAD = _grant("registry: view_delivery add_delivery undo_delivery", "jobs: view_job")

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.WARD_OFFICER: _READ_REGISTERS | _WORK_CASES | _DECLARE | _CONFIRM,
    Role.WARD_SUPERVISOR: _READ_REGISTERS | _LEAD_CASES | _DECLARE | _JUDGE | _CONFIRM | _LEAD_LOTS,
    Role.CITY_OFFICER: _READ_REGISTERS | _WORK_CASES | _DECLARE | _JUDGE | _JUDGE_LOTS,
    Role.CITY_SUPERVISOR: _READ_REGISTERS
    | _LEAD_CASES
    | _DECLARE
    | _JUDGE
    | _JUDGE_LOTS
    | _LEAD_LOTS
    | _grant(
        "cases: view_matchrun add_matchrun",
        "cases: view_checkrule change_checkrule add_checkrun",
        "cases: view_reviewsample add_reviewsample view_reviewpair",
        "cases: view_confirmationrule add_confirmationrule",
        "cases: view_releaseclass add_releaseclass view_release add_release release_release "
        "take_back_release",
        "registry: view_delivery",
        "jobs: view_job change_job",
        "accounts: view_unit",
    ),
    Role.REGISTRAR: _READ_REGISTERS
    | _LOAD
    | _grant("registry: export_registers", "cases: view_matchrun view_dashboard view_changerecord")
    | _grant("cases: view_reviewsample view_checkrule"),
    Role.AUDITOR: _READ_REGISTERS
    | _READ_CASES
    | _SEE_CONFIRMED
    | _grant(
        "audit: view_auditevent",
        "cases: view_matchrun view_changerecord view_checkrule view_confirmationrule",
        "cases: view_reviewsample view_reviewpair view_releaseclass view_release",
        "registry: view_delivery export_registers",
        "jobs: view_job",
        "accounts: view_user view_unit",
        "clients: view_client",
        "webhooks: view_webhook",
    ),
    Role.ADMINISTRATOR: _grant(
        "accounts: view_user add_user change_user view_unit",
        "clients: view_client add_client change_client",
        "webhooks: view_webhook add_webhook change_webhook",
        "jobs: view_job change_job",
        "django_celery_beat: view_periodictask change_periodictask view_crontabschedule add_crontabschedule "
        "change_crontabschedule view_intervalschedule add_intervalschedule change_intervalschedule",
    ),
}


def permissions_of(role: str) -> frozenset[str]:
    return PERMISSIONS.get(role, frozenset())


def roles_with(permission: str) -> Iterable[str]:
    """Roles that hold a permission, in the order of the table."""
    return [role for role, held in PERMISSIONS.items() if permission in held]
