"""Twenty days of officers at work, so that every page has something true to show."""

import random
from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from cases.demo.people import WARD
from cases.models import Verdict, VerificationCase
from cases.models.case import CaseState, Disposition
from cases.services.approvals import case_approve, case_return
from cases.services.moves import MoveRefused, case_take, case_wait, make_move
from cases.services.proposals import case_propose
from registry.models import Person
from vehreg.accounts.models import User
from vehreg.accounts.roles import Role

DAYS = 20
# How a day's cases end; what is left of a hundred is only taken or looked into.
_APPROVED, _RETURNED, _PROPOSED, _WAITING, _VERIFYING = 62, 4, 10, 8, 8
CASES_A_DAY = 10
# Wards that get on, the first the fastest; the others have hardly begun.
_BUSY = ("00070", "00166", "00190", "00235", "00283", "00328", "00367", "00004")


def work_one_day(day: int, people: dict[str, User]) -> None:
    """One day: some cases of the demo's ward and of wards here and there move on their way."""
    dice = random.Random(day)  # noqa: S311 - a demo that looks the same each time
    for case in _cases_of_the_day(day, dice):
        ward = case.unit.code == WARD
        officer = people[Role.WARD_OFFICER if ward else Role.CITY_OFFICER]
        second = people[Role.WARD_SUPERVISOR if ward else Role.CITY_SUPERVISOR]
        try:
            _work(case, officer, second, dice.randrange(100))
        except MoveRefused:
            continue  # an approval before this one closed it already


def spread_due_dates() -> None:
    """Due dates around today: some late, most to come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_verificationcase SET due_on = %s::date + (id %% 31)::int - 4 "
            "WHERE state NOT IN ('closed', 'withdrawn')",
            [timezone.localdate()],
        )


def _cases_of_the_day(day: int, dice: random.Random) -> Iterable[VerificationCase]:
    """A third in the demo's ward, the rest in the wards that get on."""
    fresh = VerificationCase.objects.filter(state=CaseState.OPEN).select_related("unit")
    at_home = CASES_A_DAY // 3
    yield from fresh.filter(unit__code=WARD).order_by("priority", "id")[:at_home]
    for _turn in range(CASES_A_DAY - at_home):
        ward = _BUSY[int(len(_BUSY) * dice.random() ** 2)]
        yield from fresh.filter(unit__code=ward).order_by("priority", "id")[dice.randrange(9) :][:1]


def _work(case: VerificationCase, officer: User, second: User, share: int) -> None:
    if share < _APPROVED + _RETURNED + _PROPOSED:
        proposed = _propose(case, officer)
        if share < _APPROVED:
            case_approve(case=proposed, user=second, version=proposed.version)
        elif share < _APPROVED + _RETURNED:
            case_return(
                case=proposed, user=second, version=proposed.version, reason="Thiếu ảnh giấy đăng ký xe"
            )
        return
    share -= _APPROVED + _RETURNED + _PROPOSED
    if share < _WAITING:
        until = timezone.localdate() + timedelta(days=3)
        case_wait(
            case=case, user=officer, version=case.version, waiting_for="Công dân bổ sung giấy tờ", until=until
        )
    elif share < _WAITING + _VERIFYING:
        make_move(case=case, move="verify", user=officer, version=case.version)
    else:
        case_take(case=case, user=officer, version=case.version)


def _propose(case: VerificationCase, officer: User) -> VerificationCase:
    person = _first_proposed(case)
    if case.register == "vehicle" or person is None:
        return case_propose(
            case=case,
            user=officer,
            version=case.version,
            disposition=Disposition.ENTRY_RIGHT,
            reason="Đã xác minh tại nơi ở: đăng ký đúng",
        )
    ending = Disposition.INHERITANCE if person.died_on else Disposition.LINK_PERSON
    return case_propose(case=case, user=officer, version=case.version, disposition=ending, person=person)


def _first_proposed(case: VerificationCase) -> Person | None:
    verdict = Verdict.objects.filter(
        register=case.register, subject_id=case.subject_id, superseded_by__isnull=True
    )
    in_force = verdict.select_related("person").first()
    return in_force.person if in_force else None
