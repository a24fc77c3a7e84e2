"""The list in the admin, its buttons, and who may press them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.outreach.job import start_reading
from cases.tasks import read_wards
from tests import factories
from tests.cases.declarations.rows import declare
from tests.cases.outreach.rows import door_of, driver, householder, read, supervisor
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.adminsite.admin import BaseAdmin
from vehreg.audit.models import AuditEvent
from vehreg.jobs.models import Job
from vehreg.jobs.schedule import beat_schedule
from vehreg.jobs.services import run_in_foreground

pytestmark = pytest.mark.django_db(transaction=True)
LIST, FILE, READ = (f"/admin/cases/doorstep/{page}" for page in ("", "file/", "read/"))


@pytest.fixture
def ward() -> Unit:
    return factories.unit(name="Phường Giảng Võ")


@pytest.fixture
def officer(ward: Unit) -> Client:
    return factories.client(factories.user(Role.WARD_OFFICER, ward))


def text(browser: Client, address: str = LIST, **asked: Any) -> str:
    answer = browser.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_officer_sees_the_ward_with_what_is_known(ward: Unit, officer: Client) -> None:
    owner = householder(ward, "Số 5 phố Hoa Ban, Tổ 3", name="Nguyễn Thị Thủy", phone="0912345678")
    read(ward)
    page = text(officer)
    for said in (
        "Nguyễn Thị Thủy",
        "1991",
        "Số 5 phố Hoa Ban",
        owner.vehicles.get().plate,
        "Tổ dân phố 3 · 1",
    ):
        assert said in page
    assert "0912345678" not in page
    event = AuditEvent.objects.get(kind="view")
    assert event.detail == {"unit": ward.code, "register": "owner"}


def test_who_declares_is_gone_when_the_page_is_loaded_again(ward: Unit, officer: Client) -> None:
    owner = householder(ward, name="Nguyễn Thị Thủy")
    read(ward)
    door = door_of(owner)
    assert "Nguyễn Thị Thủy" in text(officer)
    declare(of=owner.vehicles.get())
    assert "Nguyễn Thị Thủy" not in text(officer)
    assert 'name="door"' not in text(officer, f"{LIST}{door.pk}/change/")


def test_groups_streets_and_registers_narrow_the_list(ward: Unit, officer: Client) -> None:
    householder(ward, "Số 5 phố Hoa Ban, Tổ 3", name="Ở Tổ Ba")
    householder(ward, "Số 5 phố Lò Đúc", name="Ở Lò Đúc")
    driver(ward, holder_name="Người Lái")
    for register in ("owner", "licence"):
        read(ward, register)
    assert "Ở Lò Đúc" not in text(officer, group="to 3")
    assert "Ở Tổ Ba" not in text(officer, group="none")
    assert "Ở Tổ Ba" not in text(officer, q="phố Lò Đúc")
    assert "Ở Lò Đúc" in text(officer, q="Lò Đúc")
    licences = text(officer, register="licence")
    assert "Người Lái" in licences
    assert "Ở Tổ Ba" not in licences


def test_the_city_chooses_a_ward_first(ward: Unit) -> None:
    householder(ward, name="Nguyễn Thị Thủy")
    read(ward)
    city = factories.client(factories.user(Role.CITY_SUPERVISOR))
    page = text(city)
    assert "P. Giảng Võ" in page
    assert "Nguyễn Thị Thủy" not in page
    assert "Nguyễn Thị Thủy" in text(city, unit=ward.pk)


def test_another_ward_gets_neither_list_nor_file_nor_notice(ward: Unit) -> None:
    door_owner = householder(ward, name="Nguyễn Thị Thủy")
    read(ward)
    stranger = factories.client(factories.user(Role.WARD_OFFICER))
    assert "Nguyễn Thị Thủy" not in text(stranger, unit=ward.pk)
    door = door_of(door_owner).pk
    assert stranger.post(FILE, {"what": "notices", "door": door}).status_code == 404
    answer = stranger.post(FILE, {"what": "walk_xlsx", "unit": ward.pk})
    assert "Thủy" not in str(b"".join(answer))
    assert AuditEvent.objects.filter(kind="export").get().detail["unit"] != ward.pk


@pytest.mark.parametrize("what", ["walk_pdf", "walk_xlsx", "notices"])
def test_a_short_list_comes_at_once_and_is_on_the_trail(ward: Unit, officer: Client, what: str) -> None:
    householder(ward, name="Nguyễn Thị Thủy")
    read(ward)
    answer = officer.post(FILE, {"what": what, "group": "none"})
    assert answer.status_code == 200
    assert b"".join(answer)[:2] in (b"PK", b"%P")
    event = AuditEvent.objects.get(kind="export")
    assert event.detail == {"what": what, "unit": ward.pk, "register": "owner", "group": "", "rows": 1}
    assert not Job.objects.exists()


@pytest.mark.parametrize("what", ["walk_pdf", "walk_xlsx", "notices"])
def test_a_long_one_is_made_by_a_worker_once_however_often_one_clicks(
    ward: Unit, officer: Client, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.admin.outreach.files.SMALL", 1)
    for _person in range(3):
        householder(ward)
    read(ward)
    for _click in range(2):
        assert officer.post(FILE, {"what": what}).url == f"{LIST}files/"
    job = run_in_foreground(Job.objects.get())
    assert (job.error, job.result["rows"]) == ("", 3)
    assert f"files/{job.pk}/fetch/" in text(officer, f"{LIST}files/")
    assert officer.get(f"{LIST}files/{job.pk}/fetch/").status_code == 200
    assert AuditEvent.objects.filter(kind="export", detail__downloaded=True).count() == 1
    stranger = factories.client(supervisor(ward))
    assert stranger.get(f"{LIST}files/{job.pk}/fetch/").status_code == 404


def test_too_many_notices_are_refused_in_words(
    ward: Unit, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.outreach.orders.MOST_NOTICES", 2)
    for _person in range(3):
        householder(ward)
    read(ward)
    answer = officer.post(FILE, {"what": "notices"}, follow=True)
    assert "2" in str(next(iter(answer.context["messages"])))
    assert not AuditEvent.objects.filter(kind="export").exists()


def test_one_persons_notice_is_one_page(ward: Unit, officer: Client) -> None:
    owner = householder(ward, name="Nguyễn Thị Thủy")
    householder(ward)
    read(ward)
    door = door_of(owner)
    assert 'name="door"' in text(officer, f"{LIST}{door.pk}/change/")
    answer = officer.post(FILE, {"what": "notices", "door": door.pk})
    assert b"".join(answer).count(b"/Type /Page\n") == 1
    assert AuditEvent.objects.get(kind="export").subject_id == door.pk


def test_an_auditor_looks_and_takes_nothing_along(ward: Unit) -> None:
    householder(ward)
    read(ward)
    auditor = factories.client(factories.user(Role.AUDITOR))
    assert 'name="what"' not in text(auditor, unit=ward.pk)
    assert auditor.post(FILE, {"what": "walk_pdf", "unit": ward.pk}).status_code == 403
    assert factories.client(factories.user(Role.ADMINISTRATOR)).get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"what": "anything"}, 400),
        ({"what": "notices", "door": "x"}, 404),
        ({"what": "template", "owner": ""}, 403),
    ],
)
def test_a_form_that_asks_for_nothing_there_is_gets_nothing(
    officer: Client, asked: dict[str, str], status: int
) -> None:
    assert officer.post(FILE, asked).status_code == status
    assert officer.get(FILE).status_code == 405


def test_a_ward_never_read_says_what_to_do_and_is_read_once(ward: Unit, officer: Client) -> None:
    owner = householder(ward)
    driver(ward)
    assert READ in text(officer)
    for _click in range(2):
        assert officer.post(READ).status_code == 302
    assert "data-job-progress" in text(officer)
    job = run_in_foreground(Job.objects.get())
    assert job.result == {"people": 2}
    assert owner.name in text(officer)


def test_only_who_leads_has_the_whole_city_read(ward: Unit) -> None:
    householder(ward)
    householder(factories.unit())
    assert factories.client(factories.user(Role.CITY_OFFICER)).post(READ).status_code == 403
    assert factories.client(factories.user(Role.CITY_SUPERVISOR)).post(READ).status_code == 302
    assert run_in_foreground(Job.objects.get()).result == {"people": 2}


def test_the_clock_reads_every_ward_each_night() -> None:
    assert read_wards.name in [entry["task"] for entry in beat_schedule(sweep_seconds=10).values()]
    read_wards()
    read_wards()
    assert Job.objects.filter(kind="outreach.read").count() == 1


def test_a_reading_done_twice_changes_nothing(ward: Unit) -> None:
    from cases.models import Doorstep, UndeclaredCount  # noqa: PLC0415

    householder(ward, "Số 5, Tổ 3")
    run_in_foreground(start_reading(unit=ward))
    doors, counts = (
        list(Doorstep.objects.values()),
        list(UndeclaredCount.objects.values("group_key", "people")),
    )
    run_in_foreground(start_reading(unit=ward))
    assert list(Doorstep.objects.values()) == doors
    assert list(UndeclaredCount.objects.values("group_key", "people")) == counts


def test_a_long_list_asks_no_more_than_a_short_one(
    ward: Unit, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BaseAdmin, "list_per_page", 5)
    for number in range(6):
        householder(ward, f"Số {number}, Tổ 3")
    read(ward)
    text(officer)

    def asked(**place: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            text(officer, **place)
        return len(queries)

    few = asked()
    for number in range(20):
        householder(ward, f"Số {number}, Tổ 4", vehicles=3)
    read(ward)
    assert asked() <= few <= 10
    assert asked(group="to 3", after=door_of(ward_first(ward)).pk) <= 10


def ward_first(ward: Unit) -> Any:
    from registry.models import Owner  # noqa: PLC0415

    return Owner.objects.filter(unit=ward).earliest("pk")


def test_pages_turn_by_key_through_the_whole_ward(
    ward: Unit, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BaseAdmin, "list_per_page", 2)
    names = [
        householder(ward, f"Số {number} phố Huế", name=f"Người {number:02d}").name for number in range(5)
    ]
    read(ward)
    seen, address = [], LIST
    while address:
        changelist = officer.get(address).context_data["cl"]
        seen += [door.person.name for door in changelist.result_list]
        address = LIST + changelist.next_url if changelist.has_next else ""
    assert seen == names
