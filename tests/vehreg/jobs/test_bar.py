"""The live bar in a real browser: it moves, survives a lost connection, and loads the page at the end."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from vehreg.accounts.models import User
from vehreg.accounts.roles import Role
from vehreg.jobs.models import Job, JobState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bar_page(page: Page, client, live_server, tally):
    """The page of a running job, as a supervisor sees it."""
    user = User.objects.create(username="supervisor", role=Role.CITY_SUPERVISOR)
    client.force_login(user, backend="vehreg.accounts.backends.RoleBackend")
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    page.context.add_cookies([cookie | {"url": live_server.url}])
    job = tally()
    Job.objects.update(state=JobState.RUNNING, stage=0, total=100, done=10, stage_started_at=timezone.now())
    page.goto(live_server.url + reverse("admin:jobs_job_change", args=[job.pk]))
    return page


def test_it_moves_and_loads_the_page_when_the_job_is_over(bar_page):
    bar = bar_page.locator("[data-job-progress]")
    expect(bar.locator("[data-percent]")).to_have_text("10 %")

    Job.objects.update(done=60, message="half")
    expect(bar.locator("[data-percent]")).to_have_text("60 %")
    expect(bar.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "60")
    expect(bar.locator("[data-message]")).to_have_text("half")

    with bar_page.expect_navigation():
        Job.objects.update(state=JobState.SUCCEEDED)
    expect(bar.locator("[data-fill]")).to_have_class(re.compile("vr-job-succeeded"))
    expect(bar.get_by_role("button")).to_have_count(0)


def test_it_goes_on_after_a_lost_connection(bar_page):
    bar = bar_page.locator("[data-job-progress]")
    lost = bar.get_attribute("data-lost")

    bar_page.route("**/progress/", lambda route: route.abort())
    expect(bar.locator("[data-message]")).to_have_text(lost)
    bar_page.unroute("**/progress/")

    Job.objects.update(done=80)
    expect(bar.locator("[data-percent]")).to_have_text("80 %", timeout=20_000)


def test_its_button_cancels_the_job(bar_page):
    bar_page.locator("[data-job-progress]").get_by_role("button").click()

    expect(bar_page.locator("[data-job-progress]").get_by_role("button")).to_be_disabled()
    assert Job.objects.get().cancel_requested
