"""`manage.py match` and `manage.py export_verdicts`, as formats.md promises them."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import MatchRun, VerificationCase
from cases.runs.services import start_run
from tests import factories
from tests.cases.runs.people import decide, licence_of, owner_of
from vehreg.accounts.models import Unit
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)


def run_match(*options: str) -> str:
    out = StringIO()
    call_command("match", *options, stdout=out)
    return out.getvalue()


def exported(path: Path) -> list[dict[str, str]]:
    call_command("export_verdicts", str(path))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_match_prints_its_figures_as_json(city: Unit) -> None:
    owner_of(factories.person())
    owner_of(factories.person(), name="Vũ Quang Đát")
    figures = json.loads(run_match("--json"))
    assert figures.pop("seconds") >= 0
    assert figures == {
        "run": MatchRun.objects.get().pk,
        "parties": 2,
        "verdicts": {"name_variant": 1, "verified": 1},
        "cases_opened": 1,
        "cases_withdrawn": 0,
    }
    assert json.loads(run_match("--since-last", "--json"))["parties"] == 0


def test_match_is_refused_with_the_reason_while_a_run_is_going_on(city: Unit) -> None:
    start_run(user=None)
    with pytest.raises(CommandError, match=r"\w"):
        run_match()


def test_the_export_has_a_row_for_each_vehicle_and_licence(city: Unit, tmp_path: Path) -> None:
    person = factories.person()
    owner = owner_of(person, name="Vũ Quang Đát", vehicle_count=2)
    factories.vehicle(source_id="XE1", owner=owner)
    factories.vehicle(source_id="XE2", owner=owner)
    firm = factories.owner(kind="organisation", name="Công ty A", id_number="0100109106", vehicle_count=1)
    factories.vehicle(source_id="XE3", owner=firm)
    licence_of(person, source_id="GP1")
    run_match()
    rows = exported(tmp_path / "verdicts.csv")
    assert list(rows[0]) == ["register", "source_id", "verdict", "personal_id", "score", "pass", "case_state"]
    said = {(row["register"], row["source_id"]): row for row in rows}
    assert len(rows) == len(said) == 4
    for vehicle in ("XE1", "XE2"):
        row = said["vehicle", vehicle]
        assert (row["verdict"], row["personal_id"], row["case_state"]) == (
            "name_variant",
            person.personal_id,
            "open",
        )
    assert (said["vehicle", "XE3"]["verdict"], said["vehicle", "XE3"]["personal_id"]) == ("organisation", "")
    assert (said["licence", "GP1"]["verdict"], said["licence", "GP1"]["case_state"]) == ("verified", "")
    assert AuditEvent.objects.filter(kind="export").count() == 1


def test_the_export_tells_the_state_of_the_newest_case(city: Unit, tmp_path: Path) -> None:
    owner = owner_of(factories.person(), name="Vũ Quang Đát")
    factories.vehicle(source_id="XE1", owner=owner)
    run_match()
    decide(VerificationCase.objects.get(), "entry_right")
    assert [row["case_state"] for row in exported(tmp_path / "verdicts.csv")] == ["closed"]


def test_an_entry_that_was_never_matched_is_in_the_export(city: Unit, tmp_path: Path) -> None:
    factories.vehicle(source_id="XE1")
    assert [row["verdict"] for row in exported(tmp_path / "verdicts.csv")] == [""]


def test_a_file_that_cannot_be_written_is_said_so(city: Unit, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="missing"):
        call_command("export_verdicts", str(tmp_path / "missing" / "verdicts.csv"))
