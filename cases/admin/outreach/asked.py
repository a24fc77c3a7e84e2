"""What the address of the list asks for: a ward, a register, a residential group."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from cases.models.subject import Register
from cases.outreach.counts import WardCount, count_of
from cases.outreach.people import Place
from cases.outreach.waiting import REGISTERS
from registry.identity.text import fold
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import WARD_ROLES
from vehreg.remembered import UNITS_REMEMBERED, remembered

# "no group": an address without one.
NO_GROUP = "none"
_COUNT = "_undeclared_count"


def asked_register(params: Mapping[str, Any]) -> str:
    value = str(params.get("register", ""))
    return value if value in REGISTERS else Register.OWNER.value


def asked_unit(user: Any, params: Mapping[str, Any]) -> Unit | None:
    """The ward that is asked for; an officer's own. None where a ward has yet to be chosen."""
    if not isinstance(user, User):
        return None
    value = str(user.unit_id) if user.role in WARD_ROLES else str(params.get("unit", ""))
    return _unit(int(value)) if value.isascii() and value.isdigit() and len(value) < 19 else None


def _unit(pk: int) -> Unit | None:
    found = Unit.objects.filter(pk=pk, kind__in=(Unit.Kind.WARD, Unit.Kind.COMMUNE))
    return remembered(f"ward-{pk}", found.first, UNITS_REMEMBERED)


def asked_place(user: Any, params: Mapping[str, Any]) -> Place | None:
    """Ward, register, group and street, or None without a ward."""
    unit = asked_unit(user, params)
    if unit is None:
        return None
    group = params.get("group") or None
    return Place(
        unit_id=unit.pk,
        register=asked_register(params),
        group="" if group == NO_GROUP else group,
        street=fold(str(params.get("q", "")).replace("\x00", "")),
    )


def counted(request: HttpRequest) -> WardCount:
    """The counts of the ward that is asked for, looked up once for a page."""
    found: WardCount | None = request.__dict__.get(_COUNT)
    if found is None:
        unit = asked_unit(request.user, request.GET)
        assert isinstance(request.user, User)
        register = asked_register(request.GET)
        found = count_of(request.user, unit_id=unit.pk, register=register) if unit else WardCount()
        request.__dict__[_COUNT] = found
    return found
