"""Lots for tests: cases as a run leaves them, samples judged without waiting for officers."""

from itertools import count
from typing import Any

from django.utils import timezone

from cases.models import Release, ReleaseClass, ReviewJudgement, ReviewPair, VerificationCase
from cases.models.review import Answer
from cases.releases.classes import class_define, present_classes
from cases.releases.rules import Rule
from cases.releases.services import release_begin, release_draw, release_settle, take_back_begin
from cases.runs.services import start_run
from cases.runs.single import match_one
from registry.models import Owner, Person
from tests import factories
from vehreg.accounts.models import Unit, User
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.services import run_in_foreground

_numbers = count(1)
_GIVEN = ("Hùng", "Dũng", "Lan", "Thuý", "Anh", "Hoà", "Đạt", "Trang", "Sơn", "Linh")


def person(ward: Unit, **columns: Any) -> Person:
    number = next(_numbers)
    return factories.person(
        **{
            "personal_id": f"00109{number % 10}{number:06d}",
            "former_ids": [f"01{number:07d}"],
            "full_name": f"Đỗ Quang {_GIVEN[number % 10]}",
            "birth_date": f"19{60 + number % 40}-03-{1 + number % 28:02d}",
            "unit": ward,
        }
        | columns
    )


def former_case(ward: Unit, who: Person | None = None, **columns: Any) -> VerificationCase:
    """An owner registered under the former number, matched; its case is open and nobody's."""
    owner = former_owner(ward, who, **columns)
    match_one("owner", owner.pk)
    return open_case_of(owner)


def former_cases(ward: Unit, how_many: int) -> list[VerificationCase]:
    """Many such owners, matched together."""
    owners = [former_owner(ward) for _time in range(how_many)]
    done(start_run(user=None).job)
    return [open_case_of(owner) for owner in owners]


def open_case_of(owner: Owner) -> VerificationCase:
    return VerificationCase.objects.get(register="owner", subject_id=owner.pk, state="open")


def former_owner(ward: Unit, who: Person | None = None, **columns: Any) -> Owner:
    who = who or person(ward)
    owner = factories.owner(
        **{
            "name": who.full_name,
            "id_number": who.former_ids[0],
            "birth_date": who.birth_date,
            "birth_precision": "day",
            "unit": ward,
            "vehicle_count": 1,
        }
        | columns
    )
    factories.vehicle(owner=owner, unit=ward, plate=f"29-X{owner.pk}")
    return owner


def former_licence(ward: Unit) -> VerificationCase:
    who = person(ward)
    licence = factories.licence(
        holder_name=who.full_name, holder_id_number=who.former_ids[0], holder_birth_date=who.birth_date,
        holder_birth_precision="day", unit=ward,
    )  # fmt: skip
    match_one("licence", licence.pk)
    return VerificationCase.objects.get(register="licence", subject_id=licence.pk, state="open")


def former_class() -> ReleaseClass:
    return next(one for one in present_classes() if one.code == "verified_former_id")


def own_class(user: User, **rule: Any) -> ReleaseClass:
    """A class a supervisor defined, with a plan that small lots can meet."""
    return class_define(
        name=f"Lớp thử {next(_numbers)}",
        rule=Rule(**{"kinds": ("verified_former_id",)} | rule),
        wrong_limit=0.05,
        confidence=0.9,
        allowed=0,
        user=user,
    )


def done(job: Job | None) -> Job:
    assert job is not None
    ended = run_in_foreground(job)
    assert ended.state == JobState.SUCCEEDED, ended.error_detail or ended.error
    return ended


def draw(user: User, release_class: ReleaseClass | None = None) -> Release:
    release = release_draw(release_class=release_class or own_class(user), user=user)
    done(release.job)
    return Release.objects.get(pk=release.pk)


def settle(release: Release, **wrong: Any) -> Release:
    """Judge every pair as the same person; `not_same` and `undecidable` are subject ids that are not."""
    for pair in ReviewPair.objects.filter(sample=release.sample_id, outcome=""):
        answer = Answer.MATCH
        if pair.subject_id in wrong.get("not_same", ()):
            answer = Answer.NO_MATCH
        elif pair.subject_id in wrong.get("undecidable", ()):
            answer = Answer.UNDECIDABLE
        ReviewPair.objects.filter(pk=pair.pk).update(outcome=answer, judged=2, settled_at=timezone.now())
    return release_settle(release=Release.objects.get(pk=release.pk))


def judged_by(release: Release, officer: User) -> None:
    pair = ReviewPair.objects.filter(sample=release.sample_id).first()
    ReviewJudgement.objects.create(pair=pair, officer=officer, officer_name=str(officer), answer="match")


def let_go(release: Release, user: User) -> Release:
    done(release_begin(release=release, user=user).job)
    return Release.objects.get(pk=release.pk)


def take_back(release: Release, user: User, reason: str = "Mẫu sai") -> Release:
    done(take_back_begin(release=release, user=user, reason=reason).job)
    return Release.objects.get(pk=release.pk)


def released(drawer: User, second: User) -> Release:
    """A lot of all cases there are, drawn, accepted and released."""
    return let_go(settle(draw(drawer)), second)
