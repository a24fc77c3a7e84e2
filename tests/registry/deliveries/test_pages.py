"""The pages of a delivery, step by step, as the registrar and as others."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from registry.models import Delivery, Vehicle
from tests import factories
from tests.registry.deliveries.conftest import Deliver, apply, take_back
from tests.registry.deliveries.files import csv_text, vehicle
from vehreg.accounts.roles import Role
from vehreg.jobs.models import Job

ADD = "admin:registry_delivery_add"


def page(delivery: Delivery, name: str = "change") -> str:
    return reverse(f"admin:registry_delivery_{name}", args=[delivery.pk])


def upload(content: str | bytes, name: str = "xe.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


@pytest.fixture
def registrar(db: None) -> Client:
    browser = factories.client(factories.user(Role.REGISTRAR))
    browser.cookies["django_language"] = "en"
    return browser


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_file_is_handed_in_and_shown_as_understood(registrar: Client, db: None) -> None:
    rows = [vehicle(1, owner_id_number="1.23457E+11"), vehicle(2, registered_on="31/02/2020")]
    content = csv_text([row | {"Ghi chú": "x"} for row in rows], ";")
    answer = registrar.post(reverse(ADD), {"kind": "vehicles", "file": upload(content)})
    delivery = Delivery.objects.get()
    assert answer.url == page(delivery)
    shown = text_of(registrar.get(page(delivery)))
    for words in (
        "UTF-8",
        "Ghi chú",
        "29A-00001",
        "XE2",
        "1.23457E+11",
        page(delivery, "check").rsplit("/", 2)[1],
    ):
        assert words in shown
    assert "vr-cell-bad" in shown
    assert "vr-cell-warn" in shown
    assert Vehicle.objects.count() == 0


def test_numbers_are_masked_until_a_purpose_is_stated(registrar: Client, receive: Deliver) -> None:
    delivery = receive("vehicles", [vehicle(1, owner_phone="0912345678")])
    assert "001070000001" not in text_of(registrar.get(page(delivery)))
    registrar.post(reverse("admin:reveal"), {"purpose": "check_delivery", "next": page(delivery)})
    assert "001070000001" in text_of(registrar.get(page(delivery)))


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.4", "vehicles"), (b"", "vehicles"), (csv_text([vehicle(1)]).encode(), "persons")],
)
def test_a_refused_file_is_refused_in_words_and_not_kept(
    registrar: Client, content: bytes, kind: str
) -> None:
    answer = registrar.post(reverse(ADD), {"kind": kind, "file": upload(content)})
    assert answer.status_code == 200
    assert 'role="alert"' in text_of(answer)
    assert Delivery.objects.count() == 0


def test_the_same_file_twice_is_refused_by_the_number_of_the_first(registrar: Client) -> None:
    content = csv_text([vehicle(1)])
    registrar.post(reverse(ADD), {"kind": "vehicles", "file": upload(content)})
    answer = registrar.post(reverse(ADD), {"kind": "vehicles", "file": upload(content, "khac.csv")})
    assert f"delivery {Delivery.objects.get().pk} of" in text_of(answer)


def test_another_encoding_or_separator_may_be_chosen(registrar: Client, receive: Deliver) -> None:
    delivery = receive("vehicles", csv_text([vehicle(1)]), separator="|")
    assert delivery.state == "refused"
    assert "Mandatory columns are missing" in text_of(registrar.get(page(delivery))) or delivery.message
    registrar.post(page(delivery, "read"), {"encoding": "", "separator": ","})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reading["separator"], delivery.message) == ("received", ",", "")


def test_a_second_click_starts_nothing(registrar: Client, receive: Deliver) -> None:
    delivery = receive("vehicles", [vehicle(1)])
    for _click in range(2):
        assert registrar.post(page(delivery, "check")).url == page(delivery)
    assert Job.objects.count() == 1
    assert "data-job-progress" in text_of(registrar.get(page(delivery)))


def test_numbers_reasons_and_the_next_step_are_shown_after_the_check(
    registrar: Client, checked: Deliver
) -> None:
    delivery = checked("vehicles", [vehicle(1), vehicle(2, registered_on="31/02/2020")])
    shown = text_of(registrar.get(page(delivery)))
    assert "Write to the register" in shown
    assert "registered_on (Ngày đăng ký)" in shown
    assert page(delivery, "notices") in shown
    registrar.post(page(delivery, "apply"))
    delivery.refresh_from_db()
    assert delivery.state == "applying"


def test_the_notices_are_a_list_in_vietnamese_without_formulas(registrar: Client, checked: Deliver) -> None:
    rows = [vehicle(1, registered_on="=cmd|' /C calc'!A0"), vehicle(2, owner_id_number="=001070000001")]
    delivery = checked("vehicles", [*rows, vehicle(3, plate="+không")])
    answer = registrar.get(page(delivery, "notices"))
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[:3] for row in found[1:]] == [
        ["2", "registered_on", "date_unreadable"],
        ["4", "plate", "plate_unreadable"],
    ]
    assert found[1][4] == "'=cmd|' /C calc'!A0"
    assert found[2][4] == "'+không"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in found for cell in row)


def test_an_undo_is_asked_for_with_numbers_first(registrar: Client, deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1), vehicle(2)])
    assert "Undo…" in text_of(registrar.get(page(delivery)))
    shown = text_of(registrar.get(page(delivery, "undo")))
    assert "<td>6</td>" in shown
    registrar.post(page(delivery, "undo"))
    delivery.refresh_from_db()
    assert (delivery.state, Job.objects.get().kind) == ("undoing", "registry.undo_delivery")


def test_what_an_undo_kept_is_a_list(registrar: Client, deliver: Deliver) -> None:
    delivery = deliver("vehicles", [vehicle(1)])
    Vehicle.objects.update(brand="KHÁC")
    take_back(delivery)
    content = b"".join(registrar.get(page(delivery, "kept")).streaming_content).decode("utf-8-sig")
    assert "XE1" in content


def test_what_a_complete_file_lacks_is_a_list(registrar: Client, deliver: Deliver) -> None:
    deliver("vehicles", [vehicle(1), vehicle(2)])
    delivery = deliver("vehicles", [vehicle(1)], full=True)
    assert page(delivery, "absent") in text_of(registrar.get(page(delivery)))
    content = b"".join(registrar.get(page(delivery, "absent")).streaming_content).decode("utf-8-sig")
    assert [line.split(",")[0] for line in content.split()[1:]] == ["XE2"]


def test_a_discarded_file_may_be_delivered_again(registrar: Client, receive: Deliver) -> None:
    delivery = receive("vehicles", [vehicle(1)])
    registrar.post(page(delivery, "discard"))
    delivery.refresh_from_db()
    assert delivery.state == "cancelled"
    assert receive("vehicles", [vehicle(1)]).state == "received"


@pytest.mark.parametrize("role", [Role.WARD_OFFICER, Role.CITY_OFFICER, Role.ADMINISTRATOR])
def test_others_see_nothing_of_deliveries(deliver: Deliver, role: str) -> None:
    delivery = deliver("vehicles", [vehicle(1)])
    browser = factories.client(factories.user(role))
    for name in ("change", "notices", "undo", "kept", "absent"):
        assert browser.get(page(delivery, name)).status_code == 403, name
    for address in (reverse(ADD), reverse("admin:registry_delivery_changelist")):
        assert browser.get(address).status_code == 403


def test_who_only_looks_has_no_buttons(checked: Deliver) -> None:
    delivery = checked("vehicles", [vehicle(1)])
    browser = factories.client(factories.user(Role.AUDITOR))
    assert "data-step" not in text_of(browser.get(page(delivery)))
    for name in ("check", "apply", "discard", "read", "undo"):
        assert browser.post(page(delivery, name)).status_code == 403, name
    apply(delivery)


def test_every_step_is_a_post(registrar: Client, checked: Deliver) -> None:
    delivery = checked("vehicles", [vehicle(1)])
    for name in ("check", "apply", "discard", "read"):
        assert registrar.get(page(delivery, name)).status_code == 405, name


def test_the_list_takes_few_queries(
    registrar: Client, deliver: Deliver, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        deliver("vehicles", [vehicle(number)])
    with django_assert_max_num_queries(12):
        assert "vr-good" in text_of(registrar.get(reverse("admin:registry_delivery_changelist")))


def test_a_spreadsheet_is_handed_in_like_a_text_file(registrar: Client, tmp_path: Path) -> None:

    with xlsxwriter.Workbook(str(tmp_path / "f.xlsx")) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([list(vehicle(1)), list(vehicle(1).values())]):
            sheet.write_row(number, 0, row)
    file = upload((tmp_path / "f.xlsx").read_bytes(), "không phải csv.csv")
    registrar.post(reverse(ADD), {"kind": "vehicles", "file": file})
    assert "29A-00001" in text_of(registrar.get(page(Delivery.objects.get())))
