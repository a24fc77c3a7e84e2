"""The pages of jobs: who sees what, the JSON of the bar, the buttons."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.vehreg.jobs import kinds
from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent
from vehreg.jobs.models import Job, JobChunk, JobState
from vehreg.jobs.services import start_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    def sign_in(role: str) -> User:
        ward = Unit.objects.filter(kind=Unit.Kind.WARD).first() if role.startswith("ward") else None
        user = User.objects.create(username=f"{role}-{User.objects.count()}", role=role, unit=ward)
        client.force_login(user, backend="vehreg.accounts.backends.RoleBackend")
        return user

    return sign_in


@pytest.fixture
def running():
    job = start_job(kind="tally", params={}, subject="delivery:12")
    JobChunk.objects.bulk_create(JobChunk(job=job, stage=0, number=n, weight=100) for n in range(30))
    begun = timezone.now() - timedelta(seconds=10)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING,
        stage=0,
        total=3000,
        done=1500,
        unit_label="rows",
        message="ok",
        started_at=begun,
        stage_started_at=begun,
    )
    job.refresh_from_db()
    return job


def url(name: str, *args: object) -> str:
    return reverse(f"admin:jobs_job_{name}", args=args)


def test_the_bar_reads_stage_share_speed_and_time_left(client, sign_in, running):
    sign_in(Role.REGISTRAR)

    data = client.get(url("progress", running.pk)).json()

    assert data["state"] == "running"
    assert data["live"] is True
    assert (data["stage"], data["stages"], data["stage_label"]) == (1, 2, "First things")
    assert (data["done"], data["total"], data["percent"]) == (1500, 3000, 50)
    assert 100 < data["per_second"] <= 150
    assert 10 <= data["seconds_left"] <= 15
    assert "1.500" in data["figures"]
    assert data["message"] == "ok"


def test_the_time_left_is_that_of_the_whole_job_where_its_stages_were_measured(
    client, sign_in, running, monkeypatch
):
    sign_in(Role.REGISTRAR)
    monkeypatch.setattr(kinds.Tally, "shares", {"first": 1, "second": 3})

    data = client.get(url("progress", running.pk)).json()

    assert 70 <= data["seconds_left"] <= 105  # half of this stage, and three times the whole of it


def test_a_job_is_hidden_from_who_neither_started_nor_watches_it(client, sign_in, running):
    sign_in(Role.CITY_OFFICER)

    assert client.get(url("progress", running.pk)).status_code == 404
    assert client.post(url("cancel", running.pk)).status_code == 404
    assert client.get(url("changelist")).status_code == 403


def test_who_started_a_job_sees_it_and_may_stop_it_without_any_role(client, sign_in):
    officer = sign_in(Role.CITY_OFFICER)
    job = start_job(kind="tally", params={}, user=officer)

    assert client.get(url("progress", job.pk)).json()["state"] == "queued"
    answer = client.post(url("cancel", job.pk), {"next": "/admin/exports/"})

    job.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/admin/exports/")
    assert (job.state, job.created_by_name) == (JobState.CANCELLED, str(officer))
    event = AuditEvent.objects.get(subject_type="job", subject_id=job.pk)
    assert event.detail == {"action": "cancel", "kind": "tally"}


def test_looking_is_not_steering(client, sign_in, running):
    sign_in(Role.AUDITOR)

    assert client.get(url("progress", running.pk)).status_code == 200
    assert client.post(url("cancel", running.pk)).status_code == 403
    running.refresh_from_db()
    assert not running.cancel_requested


def test_the_buttons_take_post_only(client, sign_in, running):
    sign_in(Role.CITY_SUPERVISOR)

    assert client.get(url("cancel", running.pk)).status_code == 405
    assert client.get(url("retry", running.pk)).status_code == 405


def test_a_button_never_leads_away_from_the_site(client, sign_in, running):
    sign_in(Role.CITY_SUPERVISOR)

    answer = client.post(url("cancel", running.pk), {"next": "https://example.com/"})

    assert answer.url == url("change", running.pk)


def test_a_failed_job_is_retried_by_its_button(client, sign_in, running):
    sign_in(Role.CITY_SUPERVISOR)
    Job.objects.filter(pk=running.pk).update(state=JobState.FAILED, error="Disk full")

    client.post(url("retry", running.pk))

    running.refresh_from_db()
    assert (running.state, running.error, running.stage) == (JobState.QUEUED, "", 0)


def test_the_page_of_a_job_shows_the_bar_and_its_first_parts(client, sign_in, running):
    sign_in(Role.CITY_SUPERVISOR)

    page = client.get(url("change", running.pk)).content.decode()

    assert f'data-url="{url("progress", running.pk)}"' in page
    assert url("cancel", running.pk) in page
    assert "jobs/progress.js" in page
    assert page.count("0 / 100") == 20


def test_the_detail_of_an_error_is_for_the_administrator(client, sign_in, running):
    Job.objects.filter(pk=running.pk).update(state=JobState.FAILED, error="Oh", error_detail="File engine.py")

    shown = {}
    for role in (Role.CITY_SUPERVISOR, Role.ADMINISTRATOR):
        sign_in(role)
        shown[role] = "File engine.py" in client.get(url("change", running.pk)).content.decode()

    assert shown == {Role.CITY_SUPERVISOR: False, Role.ADMINISTRATOR: True}


def test_the_list_takes_the_same_few_queries_for_any_number_of_jobs(
    client, sign_in, running, django_assert_max_num_queries
):
    sign_in(Role.REGISTRAR)
    for _ in range(20):
        start_job(kind="tally", params={})

    with django_assert_max_num_queries(8):
        page = client.get(url("changelist"), {"state__exact": "queued", "kind": "tally"})
    assert page.status_code == 200
    assert len(page.context["cl"].result_list) == 20


def test_a_job_of_an_unknown_kind_can_still_be_looked_at(client, sign_in, running):
    sign_in(Role.REGISTRAR)
    Job.objects.filter(pk=running.pk).update(kind="gone")

    assert client.get(url("changelist")).status_code == 200
    assert client.get(url("change", running.pk)).status_code == 200
    assert json.loads(client.get(url("progress", running.pk)).content)["stages"] == 0
