"""One case page: everything on it, read with few queries."""

from dataclasses import dataclass, replace
from typing import Any

from cases.desk.candidates import Proposed, proposed_people
from cases.desk.comparison import Row, party_rows, residence_note, vehicle_rows
from cases.desk.hands import Caught, Hand, caught, hands
from cases.desk.party import Party, party_of
from cases.desk.reasons import Facts
from cases.desk.sentences import Sentence, sentence
from cases.models import (
    Candidate,
    CaseEvent,
    CaseNote,
    Declaration,
    Discrepancy,
    Verdict,
    VerificationCase,
)
from cases.models.case import CaseState
from cases.models.subject import Register
from cases.services.corrections import MODELS, Change, field_label, from_json
from cases.services.declared import declared_changes
from registry.identity.numbers import mask
from registry.models import DriverLicence, Owner, Person, Vehicle
from vehreg.accounts.models import User

SHOWN_VEHICLES = 6
SHOWN_RELATED = 8
SHOWN_EVENTS = 30


@dataclass(frozen=True)
class Choice:
    """One person to compare with: the rows for them, and their card when they are a candidate."""

    person: Person | None
    rows: list[Row]
    card: Proposed | None = None


@dataclass(frozen=True)
class Story:
    """One step of the timeline, or a note in its place."""

    event: CaseEvent
    note: CaseNote | None


@dataclass(frozen=True)
class PlannedChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class CasePage:
    """What the template draws."""

    case: VerificationCase
    entry: Any  # None: the register row is gone (a delivery was undone)
    party: Party | None
    sentence: Sentence
    discrepancies: list[Discrepancy]
    choices: list[Choice]
    verdict: Verdict | None
    declaration: Declaration | None
    vehicle_rows: list[Row]
    residence_note: str
    vehicles: list[Vehicle]
    declarations: list[Declaration]
    story: list[Story]
    related: list[VerificationCase]
    changes: list[PlannedChange]
    declared_changes: list[PlannedChange]
    hands: list[Hand]
    caught: list[Caught]

    @property
    def people(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.card]

    @property
    def returned_because(self) -> str:
        """What was said when the case was last returned; notes may have followed."""
        returned = (step.event for step in self.story if step.event.to_state == CaseState.RETURNED)
        return next((event.reason for event in returned), "")

    @property
    def explains_bits(self) -> bool:
        return any(choice.card and choice.card.waterfall for choice in self.choices)


def case_page(case: VerificationCase, *, user: User, whole: bool) -> CasePage:
    """Read everything about a case. `whole`: this reader may see personal numbers in full."""
    entry = _entry(case)
    party = party_of(case.register, entry) if entry else None
    verdict, candidates = _verdict(case, entry)
    facts = Facts(verdict, party, candidates, whole) if verdict else None
    discrepancies = list(case.discrepancies.order_by("-found_at"))
    declarations = _declarations(case, entry)
    declaration = declarations[0] if declarations else None
    return CasePage(
        case=case,
        entry=entry,
        party=party,
        sentence=sentence(case.kind, facts, discrepancies, whole=whole),
        discrepancies=discrepancies,
        choices=_choices(case, party, facts, declaration, whole) if party else [],
        verdict=verdict,
        declaration=declaration,
        vehicle_rows=vehicle_rows(entry, declaration) if isinstance(entry, Vehicle) else [],
        residence_note=residence_note(party) if party else "",
        vehicles=_vehicles(entry),
        declarations=declarations,
        story=_story(case),
        related=_related(case, entry, user),
        changes=[_planned(change) for change in from_json(case.changes) if change.field != "person"],
        declared_changes=_as_declared(case, entry, discrepancies, whole),
        hands=hands(discrepancies, whole=whole),
        caught=caught(discrepancies),
    )


def _entry(case: VerificationCase) -> Any:
    related = {
        Register.OWNER: ["unit", "person__unit"],
        Register.VEHICLE: ["owner__unit", "unit"],
        Register.LICENCE: ["unit", "person__unit"],
    }[Register(case.register)]
    rows = MODELS[case.register]._default_manager.select_related(*related)
    return rows.filter(pk=case.subject_id).first()


def _verdict(case: VerificationCase, entry: Any) -> tuple[Verdict | None, list[Candidate]]:
    """The verdict in force on the case's party and whom it shows; a vehicle case shows its owner's."""
    register, subject_id = (
        (Register.OWNER, entry.owner_id) if isinstance(entry, Vehicle) else (case.register, case.subject_id)
    )
    about = {"register": register, "subject_id": subject_id, "superseded_by__isnull": True}
    shown = Candidate.objects.filter(**{f"verdict__{name}": value for name, value in about.items()})
    related = ("person__unit", "verdict__run", "verdict__person__unit")
    candidates = list(shown.select_related(*related).order_by("verdict_id", "rank"))
    if candidates:
        return candidates[0].verdict, candidates
    return Verdict.objects.filter(**about).select_related("person__unit", "run").first(), []


def _choices(
    case: VerificationCase,
    party: Party,
    facts: Facts | None,
    declaration: Declaration | None,
    whole: bool,
) -> list[Choice]:
    """A column for each candidate, the one already chosen in the proposal first."""
    people = proposed_people(facts.verdict, facts.candidates) if facts else []
    choices = [
        Choice(one.person, party_rows(party, one.person, declaration, whole=whole), one) for one in people
    ]
    if case.person and case.person_id not in {one.person.pk for one in people}:
        choices.insert(0, Choice(case.person, party_rows(party, case.person, declaration, whole=whole)))
    choices.sort(key=lambda choice: choice.person is None or choice.person.pk != case.person_id)
    return choices or [Choice(None, party_rows(party, None, declaration, whole=whole))]


def _declarations(case: VerificationCase, entry: Any) -> list[Declaration]:
    """What was declared of the subject, or of the owner's vehicles, newest first."""
    if isinstance(entry, Vehicle):
        about = Declaration.objects.filter(vehicle=entry)
    elif isinstance(entry, DriverLicence):
        about = Declaration.objects.filter(licence=entry)
    elif isinstance(entry, Owner):
        about = Declaration.objects.filter(vehicle__owner=entry)
    else:
        return []
    return list(about.select_related("unit", "vehicle").order_by("-declared_at")[:SHOWN_RELATED])


def _vehicles(entry: Any) -> list[Vehicle]:
    """The other vehicles of the owner."""
    if isinstance(entry, Owner):
        return list(Vehicle.objects.filter(owner=entry).order_by("-id")[:SHOWN_VEHICLES])
    if isinstance(entry, Vehicle):
        others = Vehicle.objects.filter(owner_id=entry.owner_id).exclude(pk=entry.pk)
        return list(others.order_by("-id")[:SHOWN_VEHICLES])
    return []


def _story(case: VerificationCase) -> list[Story]:
    events = list(case.events.order_by("-id")[:SHOWN_EVENTS])
    wanted = [event.detail["note"] for event in events if event.detail.get("note")]
    notes = CaseNote.objects.in_bulk(wanted) if wanted else {}
    return [Story(event, notes.get(event.detail.get("note") or 0)) for event in events]


def _related(case: VerificationCase, entry: Any, user: User) -> list[VerificationCase]:
    """Earlier cases of the same subject, and cases of the owner or of the owner's vehicles."""
    cases = VerificationCase.objects.visible_to(user).exclude(pk=case.pk)
    found = cases.filter(register=case.register, subject_id=case.subject_id)
    # Each part by its index: one condition with OR is answered by walking all cases, the newest first.
    if isinstance(entry, Owner):
        vehicles = Vehicle.objects.filter(owner=entry).values("id")
        found = found.union(cases.filter(register=Register.VEHICLE, subject_id__in=vehicles), all=True)
    elif isinstance(entry, Vehicle):
        found = found.union(cases.filter(register=Register.OWNER, subject_id=entry.owner_id), all=True)
    return list(found.order_by("-id")[:SHOWN_RELATED])


def _as_declared(
    case: VerificationCase, entry: Any, discrepancies: list[Discrepancy], whole: bool
) -> list[PlannedChange]:
    """What the register would say if the declaration is right, for a case that is still open."""
    if entry is None or not case.is_open:
        return []
    changes = declared_changes(case.register, entry, discrepancies)
    return [_planned(change if whole else _masked(change)) for change in changes]


def _masked(change: Change) -> Change:
    if not change.field.endswith("id_number"):
        return change
    return replace(change, old=change.old and mask(change.old), new=mask(change.new))


def _planned(change: Change) -> PlannedChange:
    field: Any = MODELS[change.register]._meta.get_field(change.field)
    choices = dict(field.flatchoices or ())
    before, after = (str(choices.get(value, value) or "—") for value in (change.old, change.new))
    return PlannedChange(field_label(change), before, after)
