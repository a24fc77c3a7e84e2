"""A vehicle file becomes vehicles, owners and paper files."""

import pytest
from django.db import connection

from registry.models import Owner, PaperFile, Vehicle
from tests.registry.deliveries.conftest import Deliver, apply, counts, notes
from tests.registry.deliveries.files import vehicle


def test_a_row_becomes_vehicle_owner_and_paper_file(deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1, owner_ward_code="00007", owner_birth_date="1970")])
    made = Vehicle.objects.select_related("owner", "paper_file", "unit").get()
    assert counts(delivery) == (1, 1, 0, 0, 0)
    assert (made.plate_key, made.made_by, made.changed_by) == ("29A00001", delivery, delivery)
    assert (made.owner.birth_precision, made.owner.ward_code, made.unit.code) == ("year", "00007", "00004")
    assert (made.paper_file.code, made.paper_file.office_code) == ("K1-1", "PC08")
    assert made.owner.vehicle_count == 1


def test_the_same_rows_again_change_nothing(deliver: Deliver) -> None:
    rows = [
        vehicle(number, owner_id_number="" if number % 2 else f"00107000{number:04d}")
        for number in range(1, 6)
    ]
    deliver("vehicles", rows)
    again = deliver("vehicles", [*rows, vehicle(9)])
    assert counts(again) == (6, 1, 0, 5, 0)
    assert Owner.objects.count() == 6


def test_owners_with_the_same_number_and_name_are_one(deliver: Deliver) -> None:
    same = {"owner_id_number": "001 070 000 001", "owner_name": "NGUYỄN VĂN AN"}
    deliver(
        "vehicles", [vehicle(1, **same), vehicle(2, **same | {"owner_name": "Nguyễn Văn An"}), vehicle(3)]
    )
    shared = Owner.objects.get(vehicles__source_id="XE1")
    assert shared.vehicle_count == 2
    assert set(shared.vehicles.values_list("source_id", flat=True)) == {"XE1", "XE2"}


@pytest.mark.parametrize("number", ["", "1.23457E+11"])
def test_owners_without_a_number_are_never_one(deliver: Deliver, number: str) -> None:
    deliver("vehicles", [vehicle(1, owner_id_number=number), vehicle(2, owner_id_number=number)])
    assert Owner.objects.count() == 2


def test_the_same_number_with_another_name_is_another_owner(deliver: Deliver) -> None:
    same = {"owner_id_number": "001070000001"}
    deliver("vehicles", [vehicle(1, **same), vehicle(2, **same, owner_name="Lê Thị Cúc")])
    assert Owner.objects.count() == 2


def test_the_last_row_speaks_for_a_shared_owner(deliver: Deliver) -> None:
    same = {"owner_id_number": "001070000001"}
    rows = [vehicle(1, **same, owner_address="Cũ"), vehicle(2, **same, owner_address="Mới")]
    deliver("vehicles", rows)
    assert Owner.objects.get().address == "Mới"
    again = deliver("vehicles", [*rows, vehicle(3)])
    assert counts(again) == (3, 1, 0, 2, 0)


def test_an_update_of_a_shared_owner_reaches_all_its_vehicles(deliver: Deliver) -> None:
    same = {"owner_id_number": "001070000001"}
    deliver("vehicles", [vehicle(1, **same), vehicle(2, **same)])
    delivery = deliver("vehicles", [vehicle(1, **same, owner_address="Số 9 phố Mới")])
    owner = Owner.objects.get()
    assert counts(delivery) == (1, 0, 1, 0, 0)
    assert (owner.address, owner.vehicle_count, owner.changed_by) == ("Số 9 phố Mới", 2, delivery)


def test_an_owner_of_its_own_is_updated_in_place(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, owner_id_number="")])
    before = Owner.objects.get()
    deliver("vehicles", [vehicle(1, owner_id_number="", owner_address="Số 9 phố Mới")])
    after = Owner.objects.get()
    assert (after.pk, after.address, after.vehicle_count) == (before.pk, "Số 9 phố Mới", 1)


def test_a_vehicle_that_changes_hands_leaves_its_owner_without(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1)])
    deliver("vehicles", [vehicle(1, owner_name="Lê Thị Cúc", owner_id_number="001070999999")])
    numbers = dict(Owner.objects.values_list("name", "vehicle_count"))
    assert numbers == {"Trần Thị Bình": 0, "Lê Thị Cúc": 1}


def test_only_what_differs_is_changed(deliver: Deliver) -> None:
    first = deliver("vehicles", [vehicle(1), vehicle(2), vehicle(3)])
    second = deliver("vehicles", [vehicle(1), vehicle(2, colour="Đỏ"), vehicle(3, file_code="K9")])
    assert counts(second) == (3, 0, 2, 1, 0)
    assert dict(Vehicle.objects.values_list("source_id", "changed_by")) == {
        "XE1": first.pk, "XE2": second.pk, "XE3": first.pk,
    }  # fmt: skip
    assert PaperFile.objects.get(vehicle__source_id="XE3").code == "K9"


def test_known_and_new_vehicles_of_one_file_each_get_what_is_theirs(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, file_code=""), vehicle(2, file_code="A"), vehicle(3)])
    second = deliver(
        "vehicles",
        [
            vehicle(1, file_code="first folder"),
            vehicle(2, file_code="another folder"),
            vehicle(3, owner_id_number=""),
            vehicle(4, owner_id_number="", file_code="new folder"),
        ],
    )
    assert counts(second) == (4, 1, 3, 0, 0)
    folders = dict(PaperFile.objects.values_list("vehicle__source_id", "code"))
    assert folders == {"XE1": "first folder", "XE2": "another folder", "XE3": "K1-3", "XE4": "new folder"}
    own = Owner.objects.filter(vehicles__source_id__in=["XE3", "XE4"])
    assert list(own.values_list("id_number", "vehicle_count", "made_by")) == [(None, 1, second.pk)] * 2


def test_a_record_met_twice_in_a_file_counts_once(deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1), vehicle(2), vehicle(1), vehicle(1, colour="Đỏ")])
    assert counts(delivery) == (4, 2, 0, 0, 2)
    assert notes(delivery) == [(4, "source_id", "duplicate_in_file"), (5, "source_id", "duplicate_in_file")]
    assert set(delivery.notices.values_list("other", flat=True)) == {"2"}


def test_a_record_whose_first_row_is_rejected_comes_by_its_second(deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1, registered_on="31/02/2020"), vehicle(1)])
    assert counts(delivery) == (2, 1, 0, 0, 1)


def test_two_live_rows_with_one_plate_are_one_too_many(deliver: Deliver) -> None:
    plate = {"plate": "29A-777.77"}
    rows = [vehicle(1, **plate), vehicle(2, plate="29A 77777"), vehicle(3, **plate, status="revoked")]
    rows += [vehicle(4, **plate, plate_colour="yellow"), vehicle(5, **plate, vehicle_kind="motorbike")]
    delivery = deliver("vehicles", rows)
    assert counts(delivery) == (5, 4, 0, 0, 1)
    assert notes(delivery) == [(3, "plate", "plate_twice_in_file")]


def test_a_plate_of_another_record_in_the_register_is_refused_by_its_name(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, plate="29A-777.77")])
    delivery = deliver("vehicles", [vehicle(2, plate="29A-777.77"), vehicle(3)])
    assert counts(delivery) == (2, 1, 0, 0, 1)
    notice = delivery.notices.get()
    assert (notice.code, notice.other, notice.rejects) == ("plate_taken", "XE1", True)


def test_a_plate_given_up_in_the_same_file_may_be_taken(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1, plate="29A-777.77"), vehicle(2, plate="29A-222.22")])
    rows = [vehicle(3, plate="29A-777.77"), vehicle(4, plate="29A-222.22")]
    rows += [vehicle(1, plate="29A-777.77", status="revoked"), vehicle(2, plate="29A-333.33")]
    delivery = deliver("vehicles", rows)
    assert counts(delivery) == (4, 2, 2, 0, 0)
    assert Vehicle.objects.get(source_id="XE4").plate_key == "29A22222"


def test_what_changed_between_check_and_apply_is_looked_at_again(checked: Deliver, deliver: Deliver) -> None:
    delivery = checked("vehicles", [vehicle(1, plate="29A-777.77"), vehicle(2)])
    assert counts(delivery) == (2, 2, 0, 0, 0)
    deliver("vehicles", [vehicle(7, plate="29A-777.77"), vehicle(2), vehicle(8)])
    apply(delivery)
    assert counts(delivery) == (2, 0, 0, 1, 1)


def test_a_complete_file_lists_what_it_lacks_and_deletes_nothing(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1), vehicle(2), vehicle(3)])
    delivery = deliver("vehicles", [vehicle(1), vehicle(4)], full=True)
    assert delivery.summary["absent"] == 2
    assert Vehicle.objects.count() == 4


def test_expired_vehicles_change_the_status_of_registrations(deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1), vehicle(2), vehicle(3, plate_colour="yellow", plate="29A-00002")])
    rows = [
        {"plate": "29A00001", "vehicle_kind": "Ô tô", "plate_colour": "", "reason": "use_life",
         "decided_on": "2025-11-01", "decision_no": "12/QĐ"},
        {"plate": "29A-00002", "vehicle_kind": "car", "plate_colour": "", "reason": "not_circulating"},
        {"plate": "29A-99999", "vehicle_kind": "car", "plate_colour": "", "reason": "use_life"},
    ]  # fmt: skip
    delivery = deliver("expired_vehicles", rows)
    assert counts(delivery) == (3, 0, 1, 0, 2)
    assert notes(delivery) == [(3, "plate", "several_in_register"), (4, "plate", "not_in_register")]
    changed = Vehicle.objects.get(source_id="XE1")
    assert (changed.status, changed.changed_by, changed.received["expiry_decision_no"]) == (
        "expired",
        delivery,
        "12/QĐ",
    )


def owners_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'registry_owner'")
        return int(cursor.fetchone()[0])


def test_a_file_reads_the_owners_it_names_not_all_that_have_no_number(checked: Deliver) -> None:
    apply(checked("vehicles", [vehicle(number) for number in range(1, 400)]))
    with connection.cursor() as cursor:  # the planner believes: every owner has a number
        cursor.execute("ANALYZE registry_vehicle, registry_owner")
    Owner.objects.bulk_create(Owner(name="Không Số", kind="citizen") for _copy in range(5000))
    delivery = checked("vehicles", [vehicle(number) for number in range(401, 800)])
    before = owners_read()
    apply(delivery)
    assert owners_read() - before < 4000
