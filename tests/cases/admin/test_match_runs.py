"""Matching runs in the admin: started, watched, read."""

import pytest
from django.urls import reverse

from cases.models import MatchRun, Verdict
from tests import factories
from tests.cases.rows import match_run, open_case, propose_person
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent
from vehreg.jobs.models import JobState

pytestmark = pytest.mark.django_db

LIST = reverse("admin:cases_matchrun_changelist")
START = reverse("admin:cases_matchrun_start")


@pytest.fixture
def city():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def supervisor(client, city):
    user = factories.user(Role.CITY_SUPERVISOR)
    client.force_login(user)
    return client


def page_of(run):
    return reverse("admin:cases_matchrun_change", args=[run.pk])


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_a_supervisor_starts_a_run_and_stands_before_its_bar(supervisor):
    response = supervisor.post(START, {"scope": "all"}, follow=True)
    run = MatchRun.objects.get()
    assert response.redirect_chain == [(page_of(run), 302)]
    assert (run.scope, run.state, run.job.state) == ("all", "running", JobState.QUEUED)
    assert f"/jobs/job/{run.job_id}/progress/" in response.content.decode()
    event = AuditEvent.objects.get(kind="change", subject_type="matchrun")
    assert (event.subject_id, event.detail["scope"]) == (run.pk, "all")


def test_a_second_run_is_refused_in_words(supervisor):
    supervisor.post(START, {"scope": "all"})
    response = supervisor.post(START, {"scope": "since_last"}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert said(response)
    assert MatchRun.objects.count() == 1


def test_a_run_since_the_last_without_a_last_says_that_all_is_matched(supervisor):
    response = supervisor.post(START, {"scope": "since_last"}, follow=True)
    assert MatchRun.objects.get().scope == "all"
    assert said(response)


@pytest.mark.parametrize("scope", ["single", "", "ALL"])
def test_only_what_is_offered_can_be_started(supervisor, scope):
    assert supervisor.post(START, {"scope": scope}).status_code == 400
    assert not MatchRun.objects.exists()


def test_starting_is_a_post(supervisor):
    assert supervisor.get(START).status_code == 405


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REGISTRAR, Role.WARD_SUPERVISOR, Role.ADMINISTRATOR])
def test_nobody_else_starts_a_run(client, city, role):
    client.force_login(factories.user(role))
    assert client.post(START, {"scope": "all"}).status_code == 403
    assert not MatchRun.objects.exists()


def test_the_buttons_are_there_for_those_who_may_and_while_nothing_runs(supervisor, client):
    assert START in supervisor.get(LIST).content.decode()
    supervisor.post(START, {"scope": "all"})
    html = supervisor.get(LIST).content.decode()
    assert START not in html
    assert "data-job-progress" in html
    client.force_login(factories.user(Role.AUDITOR))
    MatchRun.objects.update(state="failed")
    assert START not in client.get(LIST).content.decode()


def test_runs_of_single_records_are_shown_when_asked_for(supervisor):
    whole, single = match_run(), match_run(scope=MatchRun.Scope.SINGLE)
    assert {row.pk for row in supervisor.get(LIST).context["cl"].result_list} == {whole.pk}
    asked = supervisor.get(LIST, {"scope": "single"}).context["cl"].result_list
    assert {row.pk for row in asked} == {single.pk}
    assert supervisor.get(page_of(single)).status_code == 200


def test_the_page_counts_verdicts_with_shares(supervisor):
    run = match_run(verdicts={"verified": 3, "id_typo": 1}, parties=4, cases_opened=1)
    lines = supervisor.get(page_of(run)).context["lines"]
    assert [(line.code, line.count, line.share) for line in lines] == [
        ("verified", 3, 0.75),
        ("id_typo", 1, 0.25),
    ]


@pytest.fixture
def example(city):
    """A run with one verdict, on an owner with a case."""
    ward = factories.unit()
    owner = factories.owner(name="VŨ QUANG ĐAT", id_number="001091048217", unit=ward, vehicle_count=1)
    case = open_case(owner, unit=ward)
    run = case.opened_by_run
    propose_person(case, factories.person(full_name="Vũ Quang Đạt", personal_id="001091084217"))
    MatchRun.objects.filter(pk=run.pk).update(verdicts={"id_typo": 1}, parties=1)
    return run, case


def test_examples_lead_to_the_case_with_their_numbers_masked(supervisor, example):
    run, case = example
    html = supervisor.get(page_of(run)).content.decode()
    assert reverse("admin:cases_verificationcase_change", args=[case.pk]) in html
    assert "VŨ QUANG ĐAT" in html
    assert "001091•••217" in html
    assert "001091048217" not in html
    assert "001091084217" not in html


def test_numbers_are_whole_once_a_purpose_is_stated(supervisor, example):
    run, _case = example
    supervisor.post(reverse("admin:reveal"), {"purpose": "inspection", "next": page_of(run)})
    assert "001091048217" in supervisor.get(page_of(run)).content.decode()


def test_a_registrar_who_sees_no_cases_gets_no_link_to_one(client, example):
    run, case = example
    client.force_login(factories.user(Role.REGISTRAR))
    html = client.get(page_of(run)).content.decode()
    assert case.number in html
    assert reverse("admin:cases_verificationcase_change", args=[case.pk]) not in html


def test_a_verdict_that_was_superseded_since_is_still_an_example_of_its_run(supervisor, example):
    run, case = example
    later = match_run(verdicts={"verified": 1})
    Verdict.objects.filter(run=run).update(superseded_by=later)
    assert case.number in supervisor.get(page_of(run)).content.decode()


def test_looking_at_a_run_is_on_the_trail(supervisor, example):
    run, _case = example
    supervisor.get(page_of(run))
    assert AuditEvent.objects.filter(kind="view", subject_type="matchrun", subject_id=run.pk).exists()


def test_a_run_that_does_not_exist_is_not_found(supervisor):
    missing = [reverse("admin:cases_matchrun_change", args=[key]) for key in ("999", "x")]
    assert [supervisor.get(page).status_code for page in missing] == [404, 404]
