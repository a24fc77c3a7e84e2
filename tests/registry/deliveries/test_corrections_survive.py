"""What was corrected stays corrected when the source says its old claim again; what it says anew is taken."""

from typing import Any

import pytest

from registry.models import Correction, DriverLicence, Owner, Vehicle
from tests.registry.deliveries.conftest import Deliver, apply, counts, take_back
from tests.registry.deliveries.files import LICENCE, vehicle


def correct(register: str, entry: Any, **columns: Any) -> None:
    """As an approval does: the entry, and what the source had said of it."""
    for field, value in columns.items():
        old = getattr(entry, field)
        Correction.objects.create(
            register=register, entry_id=entry.pk, field=field,
            said=None if old is None else str(old), corrected=None if value is None else str(value),
        )  # fmt: skip
    type(entry).objects.filter(pk=entry.pk).update(**columns)


def owner_of(number: int) -> Owner:
    return Owner.objects.get(vehicles__source_id=f"XE{number}")


def test_an_owner_keeps_number_and_name(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1), vehicle(2)])
    owner = owner_of(1)
    correct("owner", owner, id_number="001070999999", name="Trần Thị Bính")
    again = deliver("vehicles", [vehicle(1), vehicle(2), vehicle(3)])
    assert counts(again) == (3, 1, 0, 2, 0)
    kept = owner_of(1)
    assert (kept.pk, kept.name, kept.id_number) == (owner.pk, "Trần Thị Bính", "001070999999")
    assert Owner.objects.count() == 3


def test_the_check_says_the_same_as_the_load(checked: Deliver, deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1)])
    correct("owner", owner_of(1), id_number="001070999999")
    assert counts(checked_again := checked("vehicles", [vehicle(1), vehicle(2)])) == (2, 1, 0, 1, 0)
    assert counts(apply(checked_again)) == (2, 1, 0, 1, 0)


def test_another_owner_is_taken(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1)])
    correct("owner", owner_of(1), id_number="001070999999")
    deliver("vehicles", [vehicle(1, owner_name="Lê Thị Cúc", owner_id_number="001070555555")])
    assert owner_of(1).name == "Lê Thị Cúc"
    assert Owner.objects.get(id_number="001070999999").vehicle_count == 0


@pytest.mark.parametrize("changed", [{"owner_kind": "organisation"}, {"owner_name": "Lê Thị Cúc"}])
def test_another_kind_or_name_under_the_old_number_is_another_owner(deliver: Deliver, changed: Any) -> None:
    deliver("vehicles", [vehicle(1)])
    correct("owner", owner_of(1), id_number="001070999999")
    deliver("vehicles", [vehicle(1, **changed)])
    assert owner_of(1).id_number == "001070000001"


def test_news_of_a_corrected_owner_are_taken(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1)])
    correct("owner", owner_of(1), id_number="001070999999", address="Số 2 phố Huế")
    later = deliver("vehicles", [vehicle(1, owner_address="Số 3 phố Huế", colour="Đỏ")])
    assert counts(later) == (1, 0, 1, 0, 0)
    assert (owner_of(1).id_number, owner_of(1).address) == ("001070999999", "Số 3 phố Huế")


def test_an_old_claim_is_news_once_the_source_has_said_something_else(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, colour="Đỏ")])
    correct("vehicle", Vehicle.objects.get(), colour="Xanh")
    for colour, expected in (("Đỏ", "Xanh"), ("Vàng", "Vàng"), ("Đỏ", "Đỏ")):
        deliver("vehicles", [vehicle(1, colour=colour), vehicle(len(colour) * 7 + Vehicle.objects.count())])
        assert Vehicle.objects.get(source_id="XE1").colour == expected


def test_an_owner_without_a_number_keeps_the_one_an_officer_found(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, owner_id_number="")])
    correct("owner", owner_of(1), id_number="001070999999")
    again = deliver("vehicles", [vehicle(1, owner_id_number=""), vehicle(2)])
    assert counts(again) == (2, 1, 0, 1, 0)
    assert owner_of(1).id_number == "001070999999"
    assert Owner.objects.count() == 2


def test_a_birth_date_and_how_precisely_it_is_known_stay_together(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, owner_birth_date="1970")])
    correct("owner", owner_of(1), birth_date="1970-05-03", birth_precision="day")
    for said in ("1970", ""):
        deliver("vehicles", [vehicle(1, owner_birth_date=said), vehicle(2, colour=said)])
        assert (str(owner_of(1).birth_date), owner_of(1).birth_precision) == ("1970-05-03", "day")
    deliver("vehicles", [vehicle(1, owner_birth_date="1971")])
    assert (str(owner_of(1).birth_date), owner_of(1).birth_precision) == ("1971-01-01", "year")


def test_the_vehicles_of_a_shared_owner_stay_together(deliver: Deliver) -> None:
    same = {"owner_id_number": "001070000001"}
    deliver("vehicles", [vehicle(1, **same), vehicle(2, **same)])
    correct("owner", owner_of(1), id_number="001070999999")
    again = deliver("vehicles", [vehicle(2, **same), vehicle(1, **same), vehicle(3)])
    assert counts(again) == (3, 1, 0, 2, 0)
    assert owner_of(1) == owner_of(2)
    assert owner_of(1).vehicle_count == 2


def test_a_correction_approved_after_the_check_is_kept(checked: Deliver, deliver: Deliver) -> None:
    """The row that speaks for a new vehicle's owner goes over to the corrected one."""
    same = {"owner_id_number": "001070000001"}
    deliver("vehicles", [vehicle(1, **same)])
    delivery = checked("vehicles", [vehicle(2, **same), vehicle(1, **same)])
    correct("owner", owner_of(1), id_number="001070999999")
    assert counts(apply(delivery)) == (2, 1, 0, 1, 0)
    assert [owner_of(number).id_number for number in (1, 2)] == ["001070999999", "001070000001"]


def test_vehicle_fields_are_kept_one_by_one(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, year_made="2010", status="active")])
    correct("vehicle", Vehicle.objects.get(), year_made=2011, brand="HONDA", status="revoked")
    row = vehicle(1, year_made="2010", status="active", colour="Đỏ", brand="YAMAHA")
    # Its plate is free for another: the registration has ended.
    deliver("vehicles", [row, vehicle(2, plate=row["plate"])])
    kept = Vehicle.objects.get(source_id="XE1")
    assert (kept.year_made, kept.brand, kept.status, kept.colour) == (2011, "YAMAHA", "revoked", "Đỏ")
    assert Vehicle.objects.count() == 2


def test_a_licence_keeps_its_holder(deliver: Deliver) -> None:
    deliver("licences", [LICENCE])
    corrected = {
        "holder_id_number": "001070000001", "holder_birth_date": "1970-01-02",
        "holder_birth_precision": "day", "status": "revoked",
    }  # fmt: skip
    correct("licence", DriverLicence.objects.get(), **corrected)
    again = deliver("licences", [LICENCE, LICENCE | {"source_id": "GP2", "number": "010123456780"}])
    assert counts(again) == (2, 1, 0, 1, 0)
    assert DriverLicence.objects.filter(source_id="GP1", **corrected).exists()


def test_another_holder_of_a_licence_gets_nothing_of_the_one_before(deliver: Deliver) -> None:
    deliver("licences", [LICENCE | {"holder_id_number": ""}])
    correct("licence", DriverLicence.objects.get(), holder_id_number="001070000001")
    deliver("licences", [LICENCE | {"holder_id_number": "", "holder_name": "Lê Thị Cúc"}])
    assert DriverLicence.objects.get().holder_id_number is None


def test_an_undo_leaves_corrections_alone(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, colour="Đỏ")])
    correct("owner", owner_of(1), id_number="001070999999")
    correct("vehicle", Vehicle.objects.get(), colour="Xanh")
    later = deliver("vehicles", [vehicle(1, colour="Vàng"), vehicle(2)])
    take_back(later)
    assert (Vehicle.objects.get().colour, owner_of(1).id_number) == ("Xanh", "001070999999")
    assert Correction.objects.count() == 2
    deliver("vehicles", [vehicle(1, colour="Đỏ"), vehicle(3)])
    assert Vehicle.objects.get(source_id="XE1").colour == "Xanh"


def test_by_jobs_too(deliver_by_jobs: Deliver) -> None:
    deliver_by_jobs("vehicles", [vehicle(1), vehicle(2)])
    correct("owner", owner_of(1), id_number="001070999999")
    again = deliver_by_jobs("vehicles", [vehicle(1), vehicle(2), vehicle(3)])
    assert counts(again) == (3, 1, 0, 2, 0)
    assert owner_of(1).id_number == "001070999999"
