"""The population register, licences, violations and declarations."""

from datetime import date

from cases.models import Declaration
from registry.models import DriverLicence, Owner, Person, Violation
from tests.registry.deliveries.conftest import Deliver, counts, notes
from tests.registry.deliveries.files import LICENCE, person, vehicle


def test_a_person_is_loaded_with_what_was_understood(deliver: Deliver) -> None:
    deliver("persons", [person(1, former_ids="011234567; 22345678", birth_date="00/00/1960", gender="Nữ")])
    loaded = Person.objects.get()
    assert (loaded.former_ids, loaded.birth_date, loaded.birth_precision) == (
        ["011234567", "022345678"], date(1960, 1, 1), "year",
    )  # fmt: skip
    assert (loaded.gender, loaded.unit.code) == ("F", "00004")
    assert loaded.received == {"former_ids": "011234567; 22345678", "birth_date": "00/00/1960"}


def test_an_older_extract_changes_nothing_and_says_so(deliver: Deliver) -> None:
    deliver("persons", [person(1)])
    delivery = deliver("persons", [person(1, full_name="Tên Cũ", as_of="2020-01-01"), person(2)])
    assert counts(delivery) == (2, 1, 0, 1, 0)
    assert notes(delivery) == [(2, "as_of", "older_than_register")]
    assert delivery.notices.get().other == "2025-11-01"
    assert Person.objects.get(personal_id="001070000001").full_name == "Nguyễn Văn An"


def test_another_holder_is_nobody_until_a_verdict(deliver: Deliver) -> None:
    deliver("persons", [person(1)])
    deliver("licences", [LICENCE])
    DriverLicence.objects.update(person=Person.objects.get())
    deliver("licences", [LICENCE | {"points": "8"}])
    assert DriverLicence.objects.get().person is not None
    deliver("licences", [LICENCE | {"holder_name": "Lê Thị Cúc"}])
    assert DriverLicence.objects.get().person is None


def test_an_owner_of_its_own_with_another_name_is_nobody_until_a_verdict(deliver: Deliver) -> None:
    deliver("persons", [person(1)])
    deliver("vehicles", [vehicle(1, owner_id_number="")])
    Owner.objects.update(person=Person.objects.get())
    deliver("vehicles", [vehicle(1, owner_id_number="", owner_name="Lê Thị Cúc")])
    assert Owner.objects.get().person is None


def test_violations_are_loaded(deliver: Deliver) -> None:
    rows = [
        {"source_id": "VP1", "plate": "29A-123.45", "occurred_on": "05/11/2025", "behaviour": "Vượt đèn đỏ",
         "status": "Đã xử lý", "unit_code": "00004"},
        {"source_id": "VP2", "occurred_on": ""},
    ]  # fmt: skip
    delivery = deliver("violations", rows)
    loaded = Violation.objects.get()
    assert counts(delivery) == (2, 1, 0, 0, 1)
    assert (loaded.status, loaded.occurred_on, loaded.unit.code) == ("settled", date(2025, 11, 5), "00004")


def test_a_declaration_that_says_something_else_is_looked_at_again(deliver: Deliver) -> None:
    row = {
        "external_id": "KB1", "declared_at": "2025-12-06 08:30", "channel": "ihanoi", "subject": "vehicle",
        "declarant_name": "Nguyễn Văn An", "plate": "29A-123.45", "usage_status": "in_use_owner", "note": "",
    }  # fmt: skip
    deliver("declarations", [row, row | {"channel": "officer"}])
    Declaration.objects.update(state="confirms")
    delivery = deliver("declarations", [row | {"usage_status": "stolen"}, row | {"channel": "officer"}])
    assert counts(delivery) == (2, 0, 1, 1, 0)
    assert dict(Declaration.objects.values_list("channel", "state")) == {
        "ihanoi": "received",
        "officer": "confirms",
    }
