"""From the button to the registers: made, filled in as an organisation would, delivered, reconciled."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from cases.declarations.job import start_reconciliation
from cases.models import Declaration
from cases.outreach.template import COLUMNS, STATUSES, write_template
from registry.deliveries import services
from registry.models import Delivery, Owner, Vehicle
from tests import factories
from tests.cases.outreach.rows import householder, supervisor
from vehreg.accounts.models import Unit
from vehreg.audit.models import AuditEvent
from vehreg.jobs.models import Job
from vehreg.jobs.services import run_in_foreground

pytestmark = pytest.mark.django_db(transaction=True)
TAX_CODE = "0100109106"
PLACES = {column.name: place + 1 for place, column in enumerate(COLUMNS)}


@pytest.fixture
def ward() -> Unit:
    return factories.unit()


@pytest.fixture
def company(ward: Unit) -> Owner:
    return householder(
        ward, vehicles=4, kind="organisation", name="=CÔNG TY VẬN TẢI", id_number=TAX_CODE, birth_date=None
    )


@pytest.fixture
def template(company: Owner, tmp_path: Path) -> Path:
    path = tmp_path / "mau.xlsx"
    assert write_template(path, company, advance=lambda rows: None) == 4
    return path


def fill(path: Path, answer: Callable[[Worksheet, int], None]) -> Path:
    """Open the file, answer each row, save it under another name."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        answer(sheet, row)
    filled = path.with_name("da-khai.xlsx")
    book.save(filled)
    return filled


def deliver(path: Path) -> Delivery:
    with path.open("rb") as file:
        delivery = services.receive_delivery(kind="declarations", file=file, filename=path.name, user=None)
    for start in (services.start_check, services.start_apply):
        job = run_in_foreground(start(delivery=delivery, user=None))
        assert job.error == ""
        delivery.refresh_from_db()
    return delivery


def say(sheet: Worksheet, row: int, **answers: Any) -> None:
    for name, value in answers.items():
        sheet.cell(row, PLACES[name], value)


def test_the_round_trip_ends_in_reconciled_declarations(company: Owner, template: Path) -> None:
    answers = {2: "Chính chủ đang sử dụng", 3: "Đã thanh lý", 4: "Bán chưa sang tên"}

    def answer(sheet: Worksheet, row: int) -> None:
        if row in answers:
            say(sheet, row, usage_status=answers[row])
        if row == 4:
            say(
                sheet,
                row,
                since=date(2024, 5, 6),
                counterparty_name="Trần Thị Hoa",
                counterparty_id="001070000123",
            )

    delivery = deliver(fill(template, answer))
    run_in_foreground(start_reconciliation())
    assert (delivery.new, delivery.rejected) == (3, 1)
    assert list(delivery.notices.values_list("row_no", "column", "code")) == [
        (5, "usage_status", "status_missing")
    ]
    used, scrapped, sold = Declaration.objects.order_by("vehicle_id")
    assert [one.usage_status for one in (used, scrapped, sold)] == [
        "in_use_owner", "scrapped", "sold_not_transferred",
    ]  # fmt: skip
    assert [one.vehicle for one in (used, scrapped, sold)] == list(Vehicle.objects.order_by("pk")[:3])
    assert (used.state, used.finding["declarant"]) == ("confirms", "owner")
    assert (used.channel, used.declarant_name, used.declarant_id) == (
        "organisation",
        "CÔNG TY VẬN TẢI",
        TAX_CODE,
    )
    assert (sold.since, sold.counterparty_name, sold.counterparty_id) == (
        date(2024, 5, 6), "Trần Thị Hoa", "001070000123",
    )  # fmt: skip


def test_returned_untouched_it_declares_nothing(template: Path) -> None:
    delivery = deliver(template)
    assert (delivery.rows, delivery.rejected) == (4, 4)
    assert not Declaration.objects.exists()


def test_a_word_that_is_not_in_the_list_declares_nothing(template: Path) -> None:
    delivery = deliver(fill(template, lambda sheet, row: say(sheet, row, usage_status="chắc là còn dùng")))
    assert delivery.rejected == 4
    assert not Declaration.objects.exists()


def test_returned_again_a_row_counts_once(template: Path) -> None:
    deliver(fill(template, lambda sheet, row: say(sheet, row, usage_status=STATUSES[0])))
    again = deliver(
        fill(template, lambda sheet, row: say(sheet, row, usage_status=STATUSES[0], note="lần hai"))
    )
    assert (again.new, again.changed) == (0, 4)
    assert Declaration.objects.count() == 4


def test_a_citizen_may_leave_the_status_open(tmp_path: Path) -> None:
    path = tmp_path / "khai.csv"
    path.write_text(
        "external_id,declared_at,channel,subject,declarant_name,plate\n"
        "A1,2025-11-20,ihanoi,vehicle,Đỗ Lan,29A-123.45\n"
    )
    assert deliver(path).new == 1


def test_text_stays_text_and_nothing_is_a_formula(company: Owner, template: Path) -> None:
    sheet = load_workbook(template).worksheets[0]
    row = {name: sheet.cell(2, place) for name, place in PLACES.items()}
    assert row["declarant_id"].value == TAX_CODE
    assert (row["declarant_name"].value, row["declarant_name"].data_type) == (company.name, "s")
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    assert row["counterparty_id"].number_format == "@"


def test_what_is_given_is_locked_and_what_is_asked_is_open(template: Path) -> None:
    book = load_workbook(template)
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    locked = {name for name, place in PLACES.items() if sheet.cell(2, place).protection.locked}
    assert locked == {column.name for column in COLUMNS if column.given}
    assert book.worksheets[2].sheet_state == "hidden"
    assert [cell.value for cell in book.worksheets[2]["A"]] == list(STATUSES)
    assert len(sheet.data_validations.dataValidation) == 3


def test_ended_vehicles_are_not_asked_about(company: Owner, tmp_path: Path) -> None:
    Vehicle.objects.filter(pk=company.vehicles.first().pk).update(status="scrapped")
    assert write_template(tmp_path / "mau.xlsx", company, advance=lambda rows: None) == 3


def test_an_organisation_without_vehicles_gets_an_empty_template(ward: Unit, tmp_path: Path) -> None:
    empty = householder(ward, vehicles=0, kind="organisation")
    assert write_template(tmp_path / "mau.xlsx", empty, advance=lambda rows: None) == 0
    assert load_workbook(tmp_path / "mau.xlsx").worksheets[0].max_row == 1


def test_the_button_gives_the_file_and_leaves_a_trace(ward: Unit, company: Owner) -> None:
    browser = factories.client(supervisor(ward))
    page = browser.get(f"/admin/registry/owner/{company.pk}/change/").content.decode()
    assert 'name="what" value="template"' in page
    answer = browser.post("/admin/cases/doorstep/file/", {"what": "template", "owner": company.pk})
    assert answer.status_code == 200
    assert b"".join(answer)[:2] == b"PK"
    event = AuditEvent.objects.get(kind="export")
    assert (event.subject_type, event.subject_id, event.detail["rows"]) == ("owner", company.pk, 4)
    assert TAX_CODE not in str(event.detail)


@pytest.mark.parametrize(
    ("role", "status"), [("ward_officer", 403), ("ward_supervisor", 404), ("registrar", 200)]
)
def test_only_who_may_export_and_sees_the_organisation_gets_its_template(
    company: Owner, role: str, status: int
) -> None:
    browser = factories.client(factories.user(role))
    assert (
        browser.post("/admin/cases/doorstep/file/", {"what": "template", "owner": company.pk}).status_code
        == status
    )


def test_a_citizen_has_no_template(ward: Unit) -> None:
    browser, citizen = factories.client(supervisor(ward)), householder(ward)
    assert (
        "template"
        not in browser.get(f"/admin/registry/owner/{citizen.pk}/change/").content.decode().split("<h2>")[-1]
    )
    assert (
        browser.post("/admin/cases/doorstep/file/", {"what": "template", "owner": citizen.pk}).status_code
        == 404
    )


def test_seven_thousand_vehicles_are_written_by_a_worker(
    ward: Unit, company: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.admin.outreach.files.SMALL", 3)
    browser = factories.client(supervisor(ward))
    for _click in range(2):
        answer = browser.post("/admin/cases/doorstep/file/", {"what": "template", "owner": company.pk})
        assert answer.url == "/admin/cases/doorstep/files/"
    job = run_in_foreground(Job.objects.get(kind="outreach.file"))
    assert job.error == ""
    assert job.result["rows"] == 4
    content = b"".join(browser.get(f"/admin/cases/doorstep/files/{job.pk}/fetch/"))
    assert content[:2] == b"PK"
    other = factories.client(supervisor(ward))
    assert other.get(f"/admin/cases/doorstep/files/{job.pk}/fetch/").status_code == 404
