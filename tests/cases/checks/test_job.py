"""A check as a job: whole registers, what changed, one rule switched; and by the command and the clock."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.checks.rules import RULES
from cases.checks.services import start_check, switch_rule
from cases.models import CaseEvent, CheckFinding, CheckRule, CheckRun, CheckTwin, VerificationCase
from cases.tasks import check_registers, check_what_changed
from registry.models import Vehicle
from tests import factories
from tests.cases.checks.rows import bike, check_all, divided_ward, holder, open_case_of, open_kinds
from vehreg.accounts.roles import Role
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import JobState
from vehreg.jobs.schedule import beat_schedule
from vehreg.jobs.services import cancel_job, run_in_foreground

pytestmark = pytest.mark.django_db(transaction=True)


def check(scope="all"):
    return ended(start_check(user=None, scope=scope))


def ended(run):
    job = run_in_foreground(run.job)
    assert job.state == JobState.SUCCEEDED, job.error_detail or job.error
    run.refresh_from_db()
    return run


def switch(code, on, reason="Chờ hướng dẫn của Cục"):
    return ended(switch_rule(code=code, on=on, reason=reason, user=factories.user(Role.CITY_SUPERVISOR)))


def standing():
    """What is found and which cases are open, in a form that can be compared."""
    found = CheckFinding.objects.values_list("register", "subject_id", "rule", "evidence")
    cases = VerificationCase.objects.exclude(state="withdrawn").values_list("register", "subject_id", "kind")
    return sorted(map(str, found)), sorted(cases)


def test_a_whole_check_finds_what_each_entry_checked_by_itself_does():
    bike(chassis_no="RLH1234567"), bike(chassis_no="RLH1234567", engine_no=None)
    bike(plate="29-AA 123.45"), bike(plate="29-AA 123.45", vehicle_kind="moped")
    holder(id_number=None), factories.licence(number=None)
    run = check()
    by_job = standing()
    assert (run.state, run.cases_opened) == ("done", 6)
    assert run.entries == Vehicle.objects.count() * 2 + 2
    check_all()
    assert standing() == by_job
    assert not CheckTwin.objects.exists()


def test_a_check_counts_what_every_rule_finds():
    bike(engine_no=None), bike(engine_no=None)
    check()
    counts = dict(CheckRule.objects.values_list("code", "found"))
    assert counts["engine_missing"] == 2
    assert set(counts) == {rule.code for rule in RULES}
    assert sum(counts.values()) == CheckFinding.objects.count()


def test_since_the_last_check_only_what_changed_is_looked_at():
    untouched, changed = bike(), bike()
    check()
    Vehicle.objects.filter(pk=untouched.pk).update(engine_no=None)
    Vehicle.objects.filter(pk=changed.pk).update(engine_no=None, changed_at=timezone.now())
    run = check("since_last")
    assert (run.scope, open_case_of(untouched)) == ("since_last", None)
    assert open_kinds(changed) == {"engine_missing"}
    assert run.entries < Vehicle.objects.count() * 2


def test_since_the_last_check_a_correction_frees_the_twin_too():
    vehicle, twin = bike(chassis_no="RLH1234567"), bike(chassis_no="RLH1234567")
    check()
    assert open_kinds(vehicle) == open_kinds(twin) == {"duplicate_chassis"}
    Vehicle.objects.filter(pk=vehicle.pk).update(chassis_no="RLH7654321", changed_at=timezone.now())
    check("since_last")
    assert (open_case_of(vehicle), open_case_of(twin)) == (None, None)


def test_since_the_last_check_a_link_that_settles_the_ward_is_seen():
    parts = divided_ward()
    owner = holder(ward_code="77777", unit=None)
    check()
    assert open_kinds(owner) == {"owner_ward_split"}
    type(owner).objects.filter(pk=owner.pk).update(person=factories.person(unit=parts[0]))
    check("since_last")
    assert open_case_of(owner) is None


def test_without_an_earlier_check_or_with_other_rules_all_is_checked():
    assert check("since_last").scope == "all"
    assert check("since_last").scope == "since_last"
    CheckRun.objects.update(fingerprint="of other rules")
    assert check("since_last").scope == "all"


def test_an_entry_that_has_gone_takes_its_case_along_and_frees_its_twin():
    vehicle, twin = bike(chassis_no="RLH1234567"), bike(chassis_no="RLH1234567")
    check()
    case = open_case_of(vehicle)
    vehicle.delete()
    check("since_last")
    case.refresh_from_db()
    assert (case.state, open_case_of(twin)) == ("withdrawn", None)
    assert CaseEvent.objects.filter(case=case).latest("id").detail["cause"] == "gone"


def test_a_second_check_is_refused_while_one_is_going_on():
    start_check(user=None)
    with pytest.raises(Refused):
        start_check(user=None)
    assert CheckRun.objects.count() == 1


# --- switching --------------------------------------------------------------------------------------------


def test_a_rule_switched_off_withdraws_its_cases_and_nothing_else():
    engine, both = bike(engine_no=None), bike(engine_no=None, brand=None)
    check()
    case = open_case_of(engine)
    run = switch("engine_missing", on=False)
    case.refresh_from_db()
    assert (run.scope, run.rule, run.cases_withdrawn) == ("rule", "engine_missing", 1)
    assert (case.state, CaseEvent.objects.filter(case=case).latest("id").detail["cause"]) == (
        "withdrawn",
        "switched_off",
    )
    assert open_kinds(both) == {"vehicle_incomplete"}
    assert CheckRule.objects.get(code="engine_missing").found == 0


def test_a_rule_that_is_off_finds_nothing_in_any_check():
    switch("engine_missing", on=False)
    vehicle = bike(engine_no=None)
    check()
    check_all()
    assert open_case_of(vehicle) is None


def test_a_rule_switched_on_again_finds_its_cases_again():
    vehicle = bike(engine_no=None, brand=None)
    check()
    switch("engine_missing", on=False)
    switch("engine_missing", on=True, reason="Đã có hướng dẫn")
    assert open_kinds(vehicle) == {"vehicle_incomplete", "engine_missing"}
    state = CheckRule.objects.get(code="engine_missing")
    assert (state.is_on, state.reason, state.found) == (True, "Đã có hướng dẫn", 1)


def test_a_switch_that_was_broken_off_is_made_good_by_the_next_check():
    vehicle = bike(engine_no=None)
    check()
    run = switch_rule(code="engine_missing", on=False, reason="x", user=factories.user(Role.CITY_SUPERVISOR))
    cancel_job(job=run.job, user=None)
    run_in_foreground(run.job)
    assert open_kinds(vehicle) == {"engine_missing"}
    assert check("since_last").scope == "all"
    assert open_case_of(vehicle) is None


def test_a_rule_about_twins_is_found_again_by_its_own_check():
    vehicle, twin = bike(chassis_no="RLH1234567"), bike(chassis_no="RLH1234567")
    check()
    switch("duplicate_chassis", on=False)
    assert (open_case_of(vehicle), open_case_of(twin)) == (None, None)
    switch("duplicate_chassis", on=True)
    assert open_kinds(vehicle) == open_kinds(twin) == {"duplicate_chassis"}


def test_a_switch_needs_a_reason_and_something_to_switch():
    user = factories.user(Role.CITY_SUPERVISOR)
    for code, on, reason in (
        ("engine_missing", False, " "),
        ("engine_missing", True, "x"),
        ("nothing", False, "x"),
    ):
        with pytest.raises(Refused):
            switch_rule(code=code, on=on, reason=reason, user=user)
    assert not CheckRun.objects.exists()


# --- command and clock ------------------------------------------------------------------------------------


def test_the_command_prints_what_each_rule_finds():
    bike(engine_no=None)
    out = StringIO()
    call_command("check_registers", "--json", stdout=out)
    result = json.loads(out.getvalue())
    assert (result["scope"], result["found"]["engine_missing"], result["cases_opened"]) == ("all", 1, 1)
    out = StringIO()
    call_command("check_registers", "--since-last", stdout=out)
    assert "engine_missing" in out.getvalue()


def test_the_clock_checks_what_changed_by_night_and_all_on_sundays():
    tasks = {entry["task"] for entry in beat_schedule(sweep_seconds=10).values()}
    assert {check_what_changed.name, check_registers.name} <= tasks
    check_registers()
    check_what_changed()
    assert CheckRun.objects.get().scope == "all"
