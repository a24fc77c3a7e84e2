"""Two runs beside each other, as supervisors, registrars and auditors meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.admin import run_comparison, run_comparison_examples
from cases.models import MatchRun, Verdict
from tests import factories
from tests.cases.rows import match_run, open_case
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent
from vehreg.jobs.models import Job

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:cases_matchrun_compare")
COUNT = reverse("admin:cases_matchrun_count")
LIST = reverse("admin:cases_matchrun_changelist")


@pytest.fixture
def runs():
    """Three finished runs; three owners went from `ambiguous` to `probable` by the last."""
    factories.unit(code="CITY", kind=Unit.Kind.CITY)
    at = timezone.now() - timedelta(days=3)
    made = [match_run(rules_version=version, watermark=at, finished_at=at) for version in ("a", "a", "b")]
    for number in range(3):
        owner = factories.owner(name=f"Trần Thị Mơ {number}", id_number=f"00119100077{number}")
        open_case(owner, kind="probable")
        person = factories.person(full_name="Trần Thị Mơ", personal_id=f"00119100088{number}")
        said = {"register": "owner", "subject_id": owner.pk, "pass_name": "x", "score": 0.9}
        Verdict.objects.create(**said, run=made[0], superseded_by=made[2], verdict="ambiguous")
        Verdict.objects.create(
            **said, run=made[2], verdict="probable", person=person, comparison={"name": "same"}
        )
    MatchRun.objects.filter(pk=made[2].pk).update(verdicts={"probable": 3, "verified": 1200})
    match_run()
    MatchRun.objects.filter(pk__gt=made[2].pk).update(state="failed")
    return made


@pytest.fixture
def supervisor(client, runs):
    client.force_login(factories.user(Role.CITY_SUPERVISOR))
    return client


def asked(runs, **cell):
    return {"first": runs[0].pk, "second": runs[2].pk, **cell}


def test_the_newest_run_is_compared_with_the_one_before(supervisor, runs):
    context = supervisor.get(PAGE).context
    assert (context["first"], context["second"]) == (runs[1], runs[2])


def test_two_runs_are_chosen_in_either_order(supervisor, runs):
    context = supervisor.get(PAGE, {"first": runs[2].pk, "second": runs[0].pk}).context
    assert (context["first"], context["second"]) == (runs[0], runs[2])


def test_the_matrix_shows_what_moved_and_what_stayed(supervisor, runs):
    context = supervisor.get(PAGE, asked(runs)).context
    squares = {(one.was, one.now): one for _label, line in context["lines"] for one in line}
    assert squares["ambiguous", "probable"].moved == 3
    assert squares["verified", "verified"].unchanged == 1200
    assert squares["probable", "probable"].unchanged == 0
    assert not squares["probable", "ambiguous"].url
    assert [cause["count"] for cause in context["causes"]] == [3]


def test_a_cell_has_examples_with_their_case_and_masked_numbers(supervisor, runs):
    response = supervisor.get(PAGE, asked(runs, was="ambiguous", now="probable"))
    html = response.content.decode()
    assert len(response.context["panel"].rows) == 3
    assert "Trần Thị Mơ 0" in html
    assert "HN-" in html
    assert "001191000770" not in html
    assert "001191•••770" in html


def test_examples_go_on_after_a_page(supervisor, runs, monkeypatch):
    monkeypatch.setattr(run_comparison_examples, "PAGE", 2)
    panel = supervisor.get(PAGE, asked(runs, was="ambiguous", now="probable")).context["panel"]
    assert len(panel.rows) == 2
    rest = supervisor.get(PAGE + panel.more_url.partition("#")[0]).context["panel"]
    assert (len(rest.rows), rest.more_url) == (1, "")


def test_a_cell_nobody_knows_is_no_cell(supervisor, runs):
    for cell in ({"was": "x", "now": "probable"}, {"was": "probable"}, {"was": "none", "now": "none"}):
        panel = supervisor.get(PAGE, asked(runs, **cell, after="x' --")).context["panel"]
        assert panel is None or not panel.rows


def test_looking_is_on_the_trail_with_both_runs_and_the_cell(supervisor, runs):
    supervisor.get(PAGE, asked(runs, was="ambiguous", now="probable"))
    event = AuditEvent.objects.get(kind="view", subject_type="matchrun")
    assert event.subject_id == runs[2].pk
    assert event.detail == {"compared_with": runs[0].pk, "was": "ambiguous", "now": "probable"}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.REGISTRAR, 200), (Role.AUDITOR, 200), (Role.CITY_SUPERVISOR, 200), (Role.CITY_OFFICER, 403),
        (Role.WARD_SUPERVISOR, 403), (Role.WARD_OFFICER, 403), (Role.ADMINISTRATOR, 403),
    ],
)  # fmt: skip
def test_who_may_look_at_runs_may_compare_them(client, runs, role, status):
    client.force_login(factories.user(role))
    assert client.get(PAGE, asked(runs)).status_code == status
    assert client.post(COUNT, asked(runs)).status_code == (302 if status == 200 else 403)


def test_much_that_changed_is_counted_by_a_job(supervisor, runs, monkeypatch):
    monkeypatch.setattr(run_comparison, "AT_ONCE", 2)
    assert COUNT in supervisor.get(PAGE, asked(runs)).content.decode()
    response = supervisor.post(COUNT, asked(runs), follow=True)
    job = Job.objects.get(kind="matching.compare")
    assert job.params == asked(runs)
    assert f"/jobs/job/{job.pk}/progress/" in response.content.decode()
    supervisor.post(COUNT, asked(runs))
    assert Job.objects.filter(kind="matching.compare").count() == 1
    result = {"transitions": [["ambiguous", "probable", "rule", 3]], "standing": {"probable": 3}}
    Job.objects.filter(pk=job.pk).update(state="succeeded", result=result)
    assert supervisor.get(PAGE, asked(runs)).context["found"].moved("ambiguous", "probable") == 3


def test_counting_is_a_post(supervisor):
    assert supervisor.get(COUNT).status_code == 405


def test_one_run_alone_has_nothing_to_be_compared_with(client):
    match_run()
    client.force_login(factories.user(Role.AUDITOR))
    assert client.get(PAGE).status_code == 200
    assert client.post(COUNT, follow=True).status_code == 200
    assert PAGE not in client.get(LIST).content.decode()


def test_the_list_of_runs_offers_to_compare_and_shows_their_versions(supervisor, runs):
    MatchRun.objects.filter(pk=runs[2].pk).update(rules_version="2026-11z")
    html = supervisor.get(LIST).content.decode()
    assert f'action="{PAGE}"' in html
    assert "2026-11z" in html
    assert (
        "2026-11z"
        in supervisor.get(reverse("admin:cases_matchrun_change", args=[runs[2].pk])).content.decode()
    )


def test_the_page_takes_few_queries_however_many_examples(supervisor, runs, django_assert_max_num_queries):
    asking = asked(runs, was="ambiguous", now="probable")
    supervisor.get(PAGE, asking)
    with django_assert_max_num_queries(45):
        supervisor.get(PAGE, asking)
