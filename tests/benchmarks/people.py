"""The users of a bench: a city supervisor, and officers of the wards that have most to do."""

from __future__ import annotations

import json
import secrets
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db.models import Count

from cases.models import VerificationCase
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import Role

WARDS, OFFICERS_OF_WARD = 12, 4


def supervisor() -> User:
    return _user("bench-city", Role.CITY_SUPERVISOR)


def ward_officer() -> User:
    """Of the ward with most cases: the slowest pages a ward can have."""
    return _user("bench-ward", Role.WARD_OFFICER, _busiest_wards(1)[0])


def sixty_officers(kept: Path) -> list[dict[str, object]]:
    """48 ward officers and 12 ward supervisors who can sign in; names and passwords are left in `kept`."""
    password = secrets.token_urlsafe(12)
    hashed = make_password(password)
    made: list[dict[str, object]] = []
    for ward in _busiest_wards(WARDS):
        roles = [Role.WARD_OFFICER] * OFFICERS_OF_WARD + [Role.WARD_SUPERVISOR]
        for place, role in enumerate(roles):
            user = _user(f"bench-{ward.code}-{place}", role, ward)
            user.password = hashed
            user.save()
            made.append({"username": user.username, "password": password, "role": role, "place": place})
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(made))
    return made


def _user(username: str, role: str, unit: Unit | None = None) -> User:
    user = User.objects.filter(username=username).first() or User(username=username)
    user.full_name, user.role, user.unit = username, role, unit
    user.save()
    return user


def _busiest_wards(number: int) -> list[Unit]:
    wards = VerificationCase.objects.filter(unit__kind__in=(Unit.Kind.WARD, Unit.Kind.COMMUNE))
    most = wards.values_list("unit").annotate(cases=Count("pk")).order_by("-cases", "unit")[:number]
    return [Unit.objects.get(pk=unit) for unit, _cases in most]
