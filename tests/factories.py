"""Rows for tests: each function makes one believable row, and whatever it is given replaces a column."""

from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from registry.models import Delivery, DriverLicence, Owner, PaperFile, Person, Vehicle, Violation
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import WARD_ROLES, Role

PASSWORD = "mật khẩu thử 123"
_numbers = count(1)


def unit(**columns: Any) -> Unit:
    number = next(_numbers)
    code = f"9{number % 10_000:04d}"  # five digits, like every ward's
    return Unit.objects.create(
        **{"code": code, "name": f"Phường Thử {number}", "kind": Unit.Kind.WARD} | columns
    )


def user(role: str = Role.WARD_OFFICER, unit: Unit | None = None, **columns: Any) -> User:
    """An officer who signs in with `PASSWORD`. A ward role without a unit gets a new one."""
    number = next(_numbers)
    if unit is None and role in WARD_ROLES:
        unit = globals()["unit"]()
    officer = User(
        **{"username": f"cb{number}", "full_name": f"Cán bộ {number}", "role": role, "unit": unit} | columns
    )
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def client(user: User | None = None) -> Client:
    """A browser in which the user is signed in."""
    browser = Client()
    if user is not None:
        browser.force_login(user, backend="vehreg.accounts.backends.RoleBackend")
    return browser


def person(**columns: Any) -> Person:
    number = next(_numbers)
    return Person.objects.create(
        **{
            "personal_id": f"001091{number:06d}",
            "full_name": "Vũ Quang Đạt",
            "birth_date": date(1991, 8, 17),
            "birth_precision": "day",
            "gender": "M",
            "as_of": date(2025, 11, 15),
        }
        | columns
    )


def owner(**columns: Any) -> Owner:
    """A citizen without a party key: shared with nobody."""
    number = next(_numbers)
    return Owner.objects.create(
        **{"name": "Vũ Quang Đạt", "id_number": f"001091{number:06d}", "birth_date": date(1991, 8, 17)}
        | columns
    )


def vehicle(**columns: Any) -> Vehicle:
    """A motorbike in use; its owner lives in the vehicle's ward unless given."""
    number = next(_numbers)
    columns.setdefault("owner", None)
    if columns["owner"] is None:
        columns["owner"] = owner(unit=columns.get("unit"), vehicle_count=1)
    return Vehicle.objects.create(
        **{
            "source_id": f"V{number}",
            "plate": f"29-H1 {number // 100:03d}.{number % 100:02d}",
            "vehicle_kind": "motorbike",
            "brand": "Honda",
            "model_code": "Wave",
            "first_registered_on": date(2014, 3, 1),
        }
        | columns
    )


def licence(**columns: Any) -> DriverLicence:
    number = next(_numbers)
    return DriverLicence.objects.create(
        **{
            "source_id": f"L{number}",
            "number": f"01{number:010d}",
            "medium": "pet",
            "licence_class": "A1",
            "issued_on": date(2015, 6, 1),
            "holder_name": "Vũ Quang Đạt",
            "holder_birth_date": date(1991, 8, 17),
            "holder_id_number": f"001091{number:06d}",
        }
        | columns
    )


def violation(**columns: Any) -> Violation:
    number = next(_numbers)
    return Violation.objects.create(
        **{
            "source_id": f"P{number}",
            "plate": "29-H1 123.45",
            "vehicle_kind": "motorbike",
            "occurred_on": date(2025, 10, 2),
            "behaviour": "Không chấp hành tín hiệu đèn",
        }
        | columns
    )


def paper_file(vehicle: Vehicle, **columns: Any) -> PaperFile:
    return PaperFile.objects.create(
        **{"vehicle": vehicle, "code": f"HS-{vehicle.pk}", "office_code": "PC08", "shelf": "K3-12"} | columns
    )


def delivery(**columns: Any) -> Delivery:
    number = next(_numbers)
    return Delivery.objects.create(
        **{
            "kind": "vehicles",
            "filename": f"xe-{number}.csv",
            "size": 1024,
            "sha256": f"{number:064x}",
            "state": "applied",
        }
        | columns
    )
