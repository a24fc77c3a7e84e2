"""Whatever happens at the same time: one open case for a subject, one verdict in force."""

import threading
from collections.abc import Callable

import pyarrow as pa
import pytest
from django.db import connection, transaction
from django.db.models import Count

from cases.models import MatchRun, Verdict, VerificationCase
from cases.models.case import ENDED_STATES
from cases.runs import opening
from cases.runs.findings import FINDING
from cases.runs.opening import follow_verdicts
from cases.runs.single import match_one
from cases.runs.temporary import fresh_table, take_subjects
from cases.services.approvals import case_approve
from cases.services.moves import MoveRefused
from registry.models import Owner
from tests import factories
from tests.cases.runs import town
from tests.cases.runs.people import owner_of, propose
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.planner import only_by_index

pytestmark = pytest.mark.django_db(transaction=True)

Match = Callable[..., MatchRun]


def at_once(*works: Callable[[], None]) -> None:
    """Do them in threads that begin together; the first error is raised here."""
    together, errors = threading.Barrier(len(works)), []

    def do(work: Callable[[], None]) -> None:
        try:
            together.wait()
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def follow(run: MatchRun, owners: list[int]) -> None:
    with transaction.atomic():
        take_subjects(pa.array(owners, pa.int64()))
        follow_verdicts(run=run, register="owner")


def open_per_subject() -> list[int]:
    live = VerificationCase.objects.exclude(state__in=ENDED_STATES)
    return list(live.values("subject_id").annotate(held=Count("pk")).values_list("held", flat=True))


def test_two_runs_at_once_open_each_case_once(match: Match) -> None:
    place = town.build(persons=80)
    run = match()
    expected = VerificationCase.objects.filter(register="owner").count()
    connection.cursor().execute("TRUNCATE cases_verificationcase, cases_discrepancy, cases_caseevent CASCADE")
    owners = [owner.pk for owner in place.owners]
    at_once(lambda: follow(run, owners), lambda: follow(run, owners), lambda: follow(run, owners[::-1]))
    assert len(open_per_subject()) == expected
    assert set(open_per_subject()) == {1}
    for case in VerificationCase.objects.all():
        assert case.discrepancies.count() == case.events.count() == 1


def test_records_matched_at_once_have_one_verdict_in_force_and_one_case(city: Unit) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    at_once(*[lambda: match_one("owner", owner.pk)] * 4)
    assert Verdict.objects.filter(superseded_by__isnull=True).count() == 1
    assert open_per_subject() == [1]


def test_a_case_approved_while_runs_look_at_it_is_not_opened_again(match: Match) -> None:
    owners = [owner_of(factories.person(), name="Vũ Quang Đát") for _ in range(6)]
    run = match()
    ids = [owner.pk for owner in owners]
    supervisor = factories.user(Role.CITY_SUPERVISOR)
    proposed = [propose(case, "entry_right") for case in VerificationCase.objects.order_by("pk")]

    def approve_all() -> None:
        for case in proposed:
            case_approve(case=case, user=supervisor, version=case.version)

    at_once(approve_all, lambda: follow(run, ids), lambda: follow(run, ids))
    assert VerificationCase.objects.filter(state="closed").count() == 6
    assert open_per_subject() == []


def test_an_approval_and_a_run_that_withdraws_the_case_do_not_both_win(match: Match) -> None:
    person = factories.person()
    owner = owner_of(person, name="Vũ Quang Đát")
    match()
    case = propose(VerificationCase.objects.get(), "entry_right")
    supervisor = factories.user(Role.CITY_SUPERVISOR)
    Owner.objects.filter(pk=owner.pk).update(name=person.full_name)

    def approve() -> None:
        try:
            case_approve(case=case, user=supervisor, version=case.version)
        except MoveRefused:
            return

    at_once(approve, lambda: match_one("owner", owner.pk) and None)
    case.refresh_from_db()
    assert case.state in ENDED_STATES
    assert case.events.filter(to_state__in=ENDED_STATES).count() == 1
    assert open_per_subject() == []


_CASES = ["cases_verificationcase", "cases_discrepancy", "cases_caseevent", "cases_verdict"]


def whole_reads() -> int:
    """How often this session has of late read a table of cases whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(seq_scan) FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)", [_CASES])
        return int(cursor.fetchone()[0])


def test_opening_the_first_cases_reads_no_table_whole_for_every_finding(match: Match) -> None:
    place = town.build(persons=80)
    run = match()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE cases_verificationcase, cases_discrepancy, cases_caseevent CASCADE")
        cursor.execute(f"ANALYZE {', '.join(_CASES)}")
    with transaction.atomic():
        before = whole_reads()
        take_subjects(pa.array([owner.pk for owner in place.owners], pa.int64()))
        assert follow_verdicts(run=run, register="owner").opened > 20
        assert whole_reads() - before <= len(_CASES)


def test_the_case_of_one_owner_is_not_looked_for_among_all_cases() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        take_subjects(pa.array([77], pa.int64()))
        for name in ("present", "finding"):
            columns = FINDING if name == "finding" else opening._TABLES[name]
            fresh_table(cursor, name, columns)
        fresh_table(cursor, "standing", opening._TABLES["standing"])
        cursor.execute("INSERT INTO finding (subject_id, kind) VALUES (77, 'id_typo'); ANALYZE finding")
        with only_by_index():
            cursor.execute(f"EXPLAIN {opening._STANDING}", {"register": "owner", "first": 77, "last": 77})
            plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "subject_id = " in plan
    assert "cases_verificationcase_pkey" not in plan
