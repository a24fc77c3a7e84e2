"""From the list to the file: what was seen is what leaves, masked, harmless, and to its owner only."""

import csv
import io
import os
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from registry.models import Owner
from tests import factories
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.adminsite.exports import files
from vehreg.audit.models import AuditEvent
from vehreg.celery import app
from vehreg.jobs.foreground import run_in_foreground
from vehreg.jobs.models import Job
from vehreg.madefiles import keeping

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "001091084217"
COLUMNS = ["name", "kind", "id_number", "birth_date", "unit", "vehicle_count"]


@pytest.fixture
def ward() -> Unit:
    return factories.unit(name="Phường Giảng Võ")


@pytest.fixture
def supervisor(ward: Unit) -> Any:
    return factories.user(Role.WARD_SUPERVISOR, ward)


@pytest.fixture
def client(supervisor: Any) -> Client:
    return factories.client(supervisor)


@pytest.fixture
def owners(ward: Unit) -> list[Owner]:
    factories.owner(unit=factories.unit(), name="Người Phường Khác")
    return [
        factories.owner(unit=ward, name="=cmd|'/c calc'!A1", id_number=NUMBER),
        factories.owner(unit=ward, name="Vũ Quang Đạt", kind="foreigner"),
    ]


def ordered(client: Client, query: str = "", **choice: Any) -> Job:
    page = f"/admin/registry/owner/export/?{query}"
    answer = client.post(page, {"file_format": "csv", "columns": COLUMNS} | choice)
    assert answer.status_code == 302
    job = Job.objects.latest("id")
    run_in_foreground(job)
    job.refresh_from_db()
    assert job.state == "succeeded", job.error
    return job


def fetched(client: Client, job: Job) -> bytes:
    response = client.get(f"/admin/exports/{job.pk}/")
    assert response.status_code == 200
    return b"".join(response)


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_file_holds_the_rows_of_the_list_with_words_and_masks(
    client: Client, owners: list[Owner]
) -> None:
    found = lines(fetched(client, ordered(client)))
    assert len(found) == 3
    assert len(found[0]) == len(COLUMNS)
    row = next(row for row in found if "Đạt" in row[0])
    assert row[3:] == ["1991-08-17", "P. Giảng Võ", "0"]
    assert all("Phường Khác" not in cell for row in found for cell in row)


def test_a_formula_leaves_as_text_and_a_number_half_hidden(client: Client, owners: list[Owner]) -> None:
    row = next(row for row in lines(fetched(client, ordered(client))) if "cmd" in row[0])
    assert row[0] == "'=cmd|'/c calc'!A1"
    assert row[2] == "001091•••217"


def test_a_stated_purpose_exports_whole_numbers_and_is_recorded(client: Client, owners: list[Owner]) -> None:
    client.post("/admin/reveal/", {"purpose": "settle_case", "next": "/admin/"})
    assert NUMBER in fetched(client, ordered(client)).decode()
    event = AuditEvent.objects.filter(kind="export").earliest("id")
    assert (event.purpose, event.detail["whole_numbers"], event.detail["count"]) == ("settle_case", True, 2)


def test_the_filter_of_the_list_is_the_filter_of_the_file(client: Client, owners: list[Owner]) -> None:
    found = lines(fetched(client, ordered(client, "kind__exact=foreigner&q=vu+quang")))
    assert [row[0] for row in found[1:]] == ["Vũ Quang Đạt"]


def test_a_search_for_a_number_is_not_readable_in_job_or_trail(client: Client, owners: list[Owner]) -> None:
    job = ordered(client, f"q={NUMBER}")
    assert job.result["rows"] == 1
    assert NUMBER not in str(job.params)
    assert NUMBER not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_excel_gets_dates_as_dates_and_texts_as_texts(client: Client, owners: list[Owner]) -> None:
    content = fetched(client, ordered(client, file_format="xlsx"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    row = next(row for row in sheet if "cmd" in str(row[0]))
    assert row[0] == "'=cmd|'/c calc'!A1"
    assert str(row[3]) == "1991-08-17"


def test_a_sheet_that_is_full_is_followed_by_another(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SHEET_ROWS", 4)
    writer = files.open_writer(tmp_path / "a.xlsx", "xlsx", ["n"])
    for number in range(7):
        writer.write([number])
    writer.close()
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    rows = [book.get_sheet_by_index(at).to_python()[1:] for at in range(len(book.sheet_names))]
    assert [cell for sheet in rows for row in sheet for cell in row] == list(range(7))


def test_only_the_one_who_ordered_may_fetch(client: Client, ward: Unit, owners: list[Owner]) -> None:
    job = ordered(client)
    for role in (Role.WARD_SUPERVISOR, Role.CITY_SUPERVISOR, Role.AUDITOR):
        other = factories.client(factories.user(role, ward if role == Role.WARD_SUPERVISOR else None))
        assert other.get(f"/admin/exports/{job.pk}/").status_code == 404
    officer = factories.client(factories.user(Role.WARD_OFFICER, ward))
    assert officer.get(f"/admin/exports/{job.pk}/").status_code == 403
    assert officer.get("/admin/registry/owner/export/").status_code == 403
    assert Client().get(f"/admin/exports/{job.pk}/").status_code == 302


def test_an_old_file_cannot_be_fetched_and_is_removed(client: Client, owners: list[Owner]) -> None:
    job = ordered(client)
    path = keeping.file_of(job)
    assert path is not None
    Job.objects.filter(pk=job.pk).update(finished_at=timezone.now() - keeping.KEPT_FOR)
    assert client.get(f"/admin/exports/{job.pk}/").status_code == 404
    assert "Fetch" not in client.get("/admin/exports/").content.decode()


def test_the_clock_removes_old_files_whether_or_not_anybody_orders_another(
    client: Client, owners: list[Owner]
) -> None:
    old, new = keeping.file_of(ordered(client)), keeping.file_of(ordered(client))
    assert old is not None
    assert new is not None
    long_ago = (timezone.now() - keeping.KEPT_FOR).timestamp() - 1
    os.utime(old, (long_ago, long_ago))
    (entry,) = (one for one in settings.CELERY_BEAT_SCHEDULE.values() if "export" in one["task"])
    app.loader.import_default_modules()  # as a worker does when it starts
    app.tasks[entry["task"]]()
    assert (old.exists(), new.exists()) == (False, True)


def test_who_lost_the_right_meanwhile_gets_no_file(
    client: Client, supervisor: Any, owners: list[Owner]
) -> None:
    client.post("/admin/registry/owner/export/", {"file_format": "csv", "columns": COLUMNS})
    type(supervisor).objects.filter(pk=supervisor.pk).update(role=Role.WARD_OFFICER)
    job = Job.objects.latest("id")
    run_in_foreground(job)
    job.refresh_from_db()
    assert job.state == "failed"
    assert "owner" not in job.error


def test_the_list_of_exports_takes_few_queries(
    client: Client, owners: list[Owner], django_assert_max_num_queries: Any
) -> None:
    for _copy in range(3):
        ordered(client)
    with django_assert_max_num_queries(10):
        assert client.get("/admin/exports/").status_code == 200
