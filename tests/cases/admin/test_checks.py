"""The pages of the checks: who sees and does what, and what they tell."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.checks.rules import RULES
from cases.models import CheckRule, CheckRun
from tests import factories
from tests.cases.checks.rows import bike, check_all, divided_ward, holder, open_case_of
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent
from vehreg.jobs.models import Job, JobState

pytestmark = pytest.mark.django_db

LIST = reverse("admin:cases_checkrule_changelist")
START = reverse("admin:cases_checkrule_start")
LOOKERS = [Role.CITY_SUPERVISOR, Role.REGISTRAR, Role.AUDITOR]
OTHERS = [Role.WARD_OFFICER, Role.WARD_SUPERVISOR, Role.CITY_OFFICER, Role.ADMINISTRATOR]


@pytest.fixture(autouse=True)
def team():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def supervisor():
    return factories.client(factories.user(Role.CITY_SUPERVISOR))


def page_of(code):
    return reverse("admin:cases_checkrule_change", args=[code])


def switch_of(code):
    return reverse("admin:cases_checkrule_switch", args=[code])


def text_of(response):
    return response.content.decode()


def test_the_list_names_every_rule_with_its_law_before_anything_was_checked(supervisor):
    page = text_of(supervisor.get(LIST))
    for rule in RULES:
        assert page_of(rule.code) in page
    assert "Decree 95/2009" in page or "95/2009" in page


@pytest.mark.parametrize("role", LOOKERS)
def test_supervisors_registrars_and_auditors_look(role):
    client = factories.client(factories.user(role))
    assert client.get(LIST).status_code == 200
    assert client.get(page_of("use_life_passed")).status_code == 200


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_does(role):
    client = factories.client(factories.user(role))
    assert client.get(LIST).status_code == 403
    assert client.get(page_of("use_life_passed")).status_code == 403


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR, *OTHERS])
def test_only_the_city_supervisor_starts_and_switches(role):
    client = factories.client(factories.user(role))
    assert client.post(START, {"scope": "all"}).status_code == 403
    answer = client.post(switch_of("engine_missing"), {"on": "0", "reason": "x"})
    assert answer.status_code == 403
    assert not CheckRun.objects.exists()
    assert not CheckRule.objects.filter(is_on=False).exists()
    assert START not in text_of(client.get(LIST))


def test_a_check_is_started_once_and_its_bar_stands_on_the_list(supervisor):
    supervisor.post(START, {"scope": "all"})
    run = CheckRun.objects.get()
    assert (run.scope, run.job.state) == ("all", JobState.QUEUED)
    page = supervisor.get(LIST)
    assert f"/jobs/job/{run.job_id}/progress/" in text_of(page)
    assert START not in text_of(page)
    answer = supervisor.post(START, {"scope": "since_last"}, follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert CheckRun.objects.count() == 1
    event = AuditEvent.objects.get(kind="change", subject_type="checkrun")
    assert (event.subject_id, event.detail["scope"]) == (run.pk, "all")


@pytest.mark.parametrize("scope", ["rule", "", "everything"])
def test_only_what_is_offered_can_be_started(supervisor, scope):
    assert supervisor.post(START, {"scope": scope}).status_code == 400


def test_starting_and_switching_are_posts(supervisor):
    assert supervisor.get(START).status_code == 405
    assert supervisor.get(switch_of("engine_missing")).status_code == 405


def test_a_switch_stands_in_the_trail_with_its_reason(supervisor):
    supervisor.post(switch_of("engine_missing"), {"on": "0", "reason": "Chờ hướng dẫn"})
    event = AuditEvent.objects.get(kind="change", subject_type="checkrule")
    assert event.detail["action"] == "switch_off"
    assert (event.detail["rule"], event.detail["reason"]) == ("engine_missing", "Chờ hướng dẫn")
    assert Job.objects.get().params == {"run": CheckRun.objects.get(rule="engine_missing").pk}
    page = text_of(supervisor.get(page_of("engine_missing")))
    assert "Chờ hướng dẫn" in page
    assert 'name="on" value="1"' in page


def test_a_switch_without_a_reason_is_refused_in_words(supervisor):
    answer = supervisor.post(switch_of("engine_missing"), {"on": "0", "reason": ""}, follow=True)
    assert [str(message) for message in answer.context["messages"]]
    assert not CheckRule.objects.filter(is_on=False).exists()
    assert not AuditEvent.objects.filter(kind="change").exists()


def test_a_rule_that_does_not_exist_has_no_page(supervisor):
    assert supervisor.get(page_of("no_such_rule")).status_code == 404
    assert supervisor.post(switch_of("no_such_rule"), {"on": "0", "reason": "x"}).status_code == 404


def test_examples_lead_to_entry_and_case_with_numbers_masked_and_the_look_recorded(supervisor):
    divided_ward()
    owner = holder(ward_code="77777", unit=None, id_number="001091084217", name="Đỗ Thị Lan")
    check_all()
    page = text_of(supervisor.get(page_of("owner_ward_split")))
    assert "Đỗ Thị Lan" in page
    assert "001091084217" not in page
    assert "001091" in page
    assert open_case_of(owner).number in page
    assert AuditEvent.objects.get(kind="view").detail == {"rule": "owner_ward_split"}


def test_an_entry_tells_what_the_checks_find_of_it():
    ward = factories.unit()
    vehicle = bike(engine_no=None, unit=ward)
    check_all()
    client = factories.client(factories.user(Role.WARD_OFFICER, ward))
    page = text_of(client.get(f"/admin/registry/vehicle/{vehicle.pk}/change/"))
    assert str(CheckRule(code="engine_missing")) in page


def test_a_case_of_a_check_says_what_is_wrong_and_what_else_is_found():
    ward = factories.unit()
    vehicle, twin = bike(chassis_no="RLH1234567", unit=ward, engine_no=None), bike(chassis_no="RLH1234567")
    check_all()
    case = open_case_of(vehicle)
    client = factories.client(factories.user(Role.WARD_OFFICER, ward))
    answer = client.get(reverse("admin:cases_verificationcase_change", args=[case.pk]))
    page = text_of(answer)
    assert case.kind == "duplicate_chassis"
    assert f"{twin.plate} (#{twin.pk})" in page
    assert f"/vehicle/{twin.pk}/change/" not in page  # it is in another ward
    assert answer.context["endings"][0]["name"] == "correct_entry"
    city = factories.client(factories.user(Role.CITY_OFFICER))
    whole = city.get(reverse("admin:cases_verificationcase_change", args=[case.pk]))
    assert f"/vehicle/{twin.pk}/change/" in text_of(whole)
    queue = client.get(reverse("admin:cases_verificationcase_changelist"), {"tab": "all", "kind": case.kind})
    assert case.number in text_of(queue)


def test_the_pages_take_the_same_few_queries_however_much_is_found(supervisor):
    def queries(address):
        supervisor.get(address)
        with CaptureQueriesContext(connection) as asked:
            supervisor.get(address)
        return len([query for query in asked if "SAVEPOINT" not in query["sql"]])

    bike(engine_no=None)
    check_all()
    few = queries(LIST), queries(page_of("engine_missing"))
    for _turn in range(12):
        bike(engine_no=None, unit=factories.unit())
    check_all()
    assert (queries(LIST), queries(page_of("engine_missing"))) == few
    assert max(few) <= 12
