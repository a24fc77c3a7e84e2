"""Parties and decisions of single people, for tests that look at one case."""

from typing import Any

from cases.models import VerificationCase
from cases.services.approvals import Decision, case_approve
from cases.services.proposals import case_propose
from registry.models import DriverLicence, Owner, Person
from tests import factories
from vehreg.accounts.roles import Role


def owner_of(person: Person, **columns: Any) -> Owner:
    """An owner with one vehicle, registered as the population register has the person."""
    said = {
        "name": person.full_name,
        "id_number": person.personal_id,
        "birth_date": person.birth_date,
        "birth_precision": "day",
        "vehicle_count": 1,
        "unit": person.unit,
    }
    return factories.owner(**said | columns)


def licence_of(person: Person, **columns: Any) -> DriverLicence:
    said = {
        "holder_name": person.full_name,
        "holder_id_number": person.personal_id,
        "holder_birth_date": person.birth_date,
        "holder_birth_precision": "day",
        "unit": person.unit,
    }
    return factories.licence(**said | columns)


def propose(case: VerificationCase, disposition: str, **how: Any) -> VerificationCase:
    officer = factories.user(Role.CITY_OFFICER)
    how.setdefault("reason", "Đã xác minh tại nhà")
    return case_propose(case=case, user=officer, version=case.version, disposition=disposition, **how)


def decide(case: VerificationCase, disposition: str, **how: Any) -> Decision:
    """One officer proposes, another approves."""
    proposed = propose(case, disposition, **how)
    return case_approve(case=proposed, user=factories.user(Role.CITY_SUPERVISOR), version=proposed.version)
