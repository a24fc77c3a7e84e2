"""One row of everything in a ward, so that a test can walk all pages and know whose rows it met.

An application with a new page adds how its row is made to `ROWS`; a test says when one is missing.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask

from cases.confirmations.rules import rule_in_force
from cases.models import (
    ChangeRecord,
    CheckRule,
    Confirmation,
    ConfirmationLot,
    ConfirmationRule,
    DailyFigure,
    Declaration,
    Doorstep,
    Posting,
    Release,
    ReleaseClass,
)
from cases.review.sampling import Frame, draw_sample
from tests import factories
from tests.cases import rows as case_rows
from tests.cases.review.verdicts import one_verdict
from vehreg.accounts.models import Unit, User
from vehreg.audit.models import AuditEvent
from vehreg.clients.services import create_client
from vehreg.jobs.models import Job
from vehreg.webhooks.models import Webhook

Maker = Callable[[Unit, str], Any]
_codes = count(1)


def _owner(unit: Unit, name: str) -> Any:
    return factories.owner(unit=unit, name=name, address=f"Nhà {name}", vehicle_count=1)


def _vehicle(unit: Unit, name: str) -> Any:
    return factories.vehicle(unit=unit, owner=_owner(unit, name), brand=name)


def _case(unit: Unit, name: str) -> Any:
    person = factories.person(unit=unit, full_name=name)
    return case_rows.open_case(_owner(unit, name), unit=unit, subject_name=name, person=person)


def _declaration(unit: Unit, name: str) -> Any:
    return Declaration.objects.create(
        channel="ihanoi",
        external_id=f"D{next(_codes)}",
        declared_at=datetime(2025, 11, 20, tzinfo=UTC),
        subject="vehicle",
        declarant_name=name,
        unit=unit,
        vehicle=_vehicle(unit, name),
    )


def _confirmation(unit: Unit, name: str) -> Any:
    return Confirmation.objects.create(
        declaration=_declaration(unit, name),
        unit=unit,
        outcome="questioned",
        officer=factories.user("ward_officer", unit),
        officer_name=name,
        at=datetime(2025, 11, 21, tzinfo=UTC),
        reason=name,
    )


def _confirmation_lot(unit: Unit, name: str) -> Any:
    return ConfirmationLot.objects.create(
        unit=unit,
        rule=rule_in_force(),
        state="given_up",
        wrong_limit=0.02,
        confidence=0.95,
        allowed=0,
        seed=1,
        made_by=factories.user("ward_officer", unit),
        made_by_name=name,
    )


def _doorstep(unit: Unit, name: str) -> Any:
    vehicle = _vehicle(unit, name)
    return Doorstep.objects.create(register="owner", subject_id=vehicle.owner_id, unit=unit, group_name=name)


def _posting(unit: Unit, name: str) -> Any:
    vehicle = _vehicle(unit, name)
    case = case_rows.open_case(
        vehicle, register="vehicle", unit=unit, kind="declared_bought", subject_name=name
    )
    return Posting.objects.create(
        vehicle=vehicle,
        case=case,
        unit=unit,
        plate=vehicle.plate,
        vehicle_kind=vehicle.vehicle_kind,
        plate_colour="white",
        posted_on=date(2025, 11, 20),
        ends_on=date(2025, 12, 20),
    )


def _webhook(unit: Unit, name: str) -> Any:
    client, _secret = create_client(name=f"Hệ thống {next(_codes)}", channel="ihanoi")
    return Webhook.objects.create(client=client, url="https://portal.example/hook")


def _change(unit: Unit, name: str) -> Any:
    return ChangeRecord.objects.create(
        register="owner",
        subject_id=_owner(unit, name).pk,
        sequence=next(_codes),
        unit=unit,
        case=_case(unit, name),
        at=datetime(2025, 11, 20, tzinfo=UTC),
        changes={"name": {"old": name, "new": name}},
        proposed_by_name="a",
        approved_by_name="b",
    )


def _release_class(unit: Unit, name: str) -> Any:
    rule = {"kinds": ["name_variant"], "registers": ["owner"], "units": [unit.code]}
    return ReleaseClass.objects.create(code=f"walk-{next(_codes)}", name="Lớp thử", rule=rule)


def _release(unit: Unit, name: str) -> Any:
    drawn_from = _release_class(unit, name)
    return Release.objects.create(
        release_class=drawn_from,
        class_code=drawn_from.code,
        state="given_up",
        wrong_limit=0.01,
        confidence=0.95,
        allowed=0,
        drawn_by=factories.user("city_supervisor"),
        drawn_by_name="a",
    )


def _review_pair(unit: Unit, name: str) -> Any:
    """A settled pair: those still open are shown to their judges only."""
    verdict = one_verdict(factories.person(unit=unit, full_name=name), owner=_owner(unit, name))
    only = Frame(sql="SELECT %(id)s::bigint, 'probable:95-99'", params={"id": verdict.pk}, sizes=1)
    sample = draw_sample(purpose="quality", frame=only, by=factories.user("city_supervisor"))
    sample.pairs.update(outcome="match", judged=2)
    return sample.pairs.get()


# Model label → makes a row of a ward. `name` stands wherever the row names somebody.
ROWS: dict[str, Maker] = {
    "registry.vehicle": _vehicle,
    "registry.owner": _owner,
    "registry.driverlicence": lambda unit, name: factories.licence(unit=unit, holder_name=name),
    "registry.person": lambda unit, name: factories.person(unit=unit, full_name=name),
    "registry.violation": lambda unit, name: factories.violation(unit=unit, behaviour=name),
    "registry.paperfile": lambda unit, name: factories.paper_file(_vehicle(unit, name), shelf=name),
    "registry.delivery": lambda unit, name: factories.delivery(),
    "cases.verificationcase": _case,
    "cases.declaration": _declaration,
    "cases.confirmation": _confirmation,
    "cases.confirmationlot": _confirmation_lot,
    "cases.confirmationrule": lambda unit, name: ConfirmationRule.objects.create(),
    "cases.doorstep": _doorstep,
    "cases.posting": _posting,
    "cases.changerecord": _change,
    "cases.dailyfigure": lambda unit, name: DailyFigure.objects.create(
        day=date(2025, 11, 20),
        unit=unit,
        name="walked",
        value=1,
        counted_at=datetime(2025, 11, 20, tzinfo=UTC),
    ),
    "cases.releaseclass": _release_class,
    "cases.release": _release,
    "cases.reviewsample": lambda unit, name: _review_pair(unit, name).sample,
    "cases.reviewpair": _review_pair,
    "cases.matchrun": lambda unit, name: case_rows.match_run(),
    "cases.checkrule": lambda unit, name: CheckRule.objects.get_or_create(code="use_life_passed")[0],
    "accounts.user": lambda unit, name: factories.user(unit=unit),
    "accounts.unit": lambda unit, name: unit,
    "audit.auditevent": lambda unit, name: AuditEvent.objects.create(kind="view", unit=unit),
    "clients.client": lambda unit, name: create_client(name=f"Hệ thống {next(_codes)}", channel="ihanoi")[0],
    "webhooks.webhook": _webhook,
    "jobs.job": lambda unit, name: Job.objects.create(kind="adminsite.export", state="failed"),
    "django_celery_beat.periodictask": lambda unit, name: PeriodicTask.objects.create(
        name=f"task {next(_codes)}",
        task="jobs.sweep",
        interval=IntervalSchedule.objects.create(every=next(_codes)),
    ),
    "django_celery_beat.crontabschedule": lambda unit, name: CrontabSchedule.objects.create(),
    "django_celery_beat.intervalschedule": lambda unit, name: IntervalSchedule.objects.create(every=5),
}


# Pages that another permission than the model's own opens.
PERMISSIONS = {
    ("view", "cases.dailyfigure"): "cases.view_dashboard",
    ("view", "cases.doorstep"): "cases.view_declaration",
}
# Lists that who sees every ward is shown one ward at a time.
WARD_BY_WARD = frozenset({"cases.doorstep"})


class Ward:
    """A ward with one row of every register of the site; `secret` stands in all that names somebody."""

    def __init__(self, secret: str, labels: list[str]) -> None:
        self.unit = factories.unit()
        self.secret = secret
        self.rows = {label: ROWS[label](self.unit, secret) for label in labels if label in ROWS}


def officer(role: str, ward: Ward) -> User:
    return factories.user(role, ward.unit if role.startswith("ward") else None)
