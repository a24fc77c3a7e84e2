"""Reports of a day, on the command line and from the page."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from python_calamine import CalamineWorkbook

from cases.progress.reports.sheets import Column, Kind, Sheet
from cases.progress.reports.xlsx import write_xlsx
from tests import factories
from tests.cases.progress.rows import figure
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ADDRESS = f"/admin/cases/dailyfigure/report/daily.{{form}}?day={TODAY}"


@pytest.fixture
def wards():
    made = [factories.unit(name=f"Phường {name}") for name in ("Giảng Võ", "Ngọc Hà")]
    for unit in made:
        figure(TODAY, unit, vehicles=1_234, correct=617, done=1, backlog=3)
    return made


def cells_of(content):
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_command_writes_both_forms(wards, tmp_path):
    call_command("report", "daily", out=tmp_path, stdout=StringIO())
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"daily-{TODAY}.pdf", f"daily-{TODAY}.xlsx"]
    assert (tmp_path / f"daily-{TODAY}.pdf").read_bytes().startswith(b"%PDF")


def test_the_report_of_a_ward_names_no_other(wards, tmp_path):
    call_command("report", "daily", unit=wards[0].code, out=tmp_path, stdout=StringIO())
    text = str(cells_of((tmp_path / f"daily-{wards[0].code}-{TODAY}.xlsx").read_bytes()))
    assert "Giảng Võ" in text
    assert "Ngọc Hà" not in text
    assert "2468" not in text


@pytest.mark.parametrize(
    "wrong", [{"name": "nothing"}, {"unit": "nowhere"}, {"date": "31/12"}, {"date": "2001-01-01"}]
)
def test_what_cannot_be_reported_is_refused(wards, tmp_path, wrong):
    options = {"name": "daily", "unit": None, "date": None} | wrong
    with pytest.raises(CommandError):
        call_command("report", options.pop("name"), out=tmp_path, stdout=StringIO(), **options)


def test_shares_stay_numbers_in_excel(wards, client):
    client.force_login(factories.user(Role.AUDITOR))
    sheets = list(cells_of(client.get(ADDRESS.format(form="xlsx")).content).values())
    correct = sheets[0][4]
    assert correct[1:3] == [1_234.0, 0.5]


def test_a_ward_officer_takes_along_their_own_ward(wards, client):
    client.force_login(factories.user(Role.WARD_OFFICER, wards[1]))
    text = str(cells_of(client.get(ADDRESS.format(form="xlsx")).content))
    assert "Ngọc Hà" in text
    assert "Giảng Võ" not in text


def test_taking_a_report_along_is_on_the_trail(wards, client):
    user = factories.user(Role.CITY_SUPERVISOR)
    client.force_login(user)
    response = client.get(ADDRESS.format(form="pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="daily-{TODAY}.pdf"'
    event = AuditEvent.objects.get(kind=AuditEvent.Kind.EXPORT)
    assert event.actor == user
    assert event.detail["report"] == "daily"


def test_administrators_take_no_report(wards, client):
    client.force_login(factories.user(Role.ADMINISTRATOR))
    assert client.get(ADDRESS.format(form="xlsx")).status_code == 403


@pytest.mark.parametrize("name", ["daily.docx", "nothing.pdf"])
def test_what_there_is_not_is_not_found(wards, client, name):
    client.force_login(factories.user(Role.AUDITOR))
    assert client.get(f"/admin/cases/dailyfigure/report/{name}").status_code == 404


def test_text_never_becomes_a_formula():
    sheet = Sheet("S", [Column("Tên", Kind.TEXT)], [["=cmd|' /C calc'!A0"]])
    assert cells_of(write_xlsx("=1+1", "", [sheet]))["S"][4] == ["=cmd|' /C calc'!A0"]
