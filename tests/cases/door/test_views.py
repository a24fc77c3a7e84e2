"""What the page at the door asks for."""

import json
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from cases.door import shell
from cases.models import Declaration, Photograph, Receipt
from tests import factories
from tests.cases.declarations.rows import registered
from tests.cases.photographs.pictures import picture
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

# What is received is committed before it is answered.
pytestmark = pytest.mark.django_db(transaction=True)

PAGE, OFFICER, LOOKUP, DECLARATIONS = (
    reverse(name) for name in ("door", "door_officer", "door_lookup", "door_declarations")
)


@pytest.fixture(autouse=True)
def city():
    return factories.unit(code="CITY", kind=Unit.Kind.CITY, name="Đội Đăng ký")


@pytest.fixture
def officer():
    return factories.user()


@pytest.fixture
def telephone(officer):
    return factories.client(officer)


def said(**columns):
    return {
        "external_id": str(uuid.uuid4()),
        "declared_at": "2025-11-20T08:00:00.000Z",
        "subject": "vehicle",
        "declarant_id": "001091084217",
        "declarant_name": "Vũ Quang Đạt",
        "plate": "29-H1 123.45",
        "vehicle_kind": "motorbike",
        "usage_status": "in_use_owner",
    } | columns


def send(telephone, officer, declared):
    return telephone.post(
        DECLARATIONS, json.dumps(declared), "application/json", headers={"X-Door-Officer": str(officer.pk)}
    )


def send_photograph(telephone, officer, external_id, content):
    return telephone.post(
        reverse("door_photographs", args=[external_id]),
        content,
        "image/jpeg",
        headers={"X-Door-Officer": str(officer.pk)},
    )


def test_a_declaration_is_received_in_the_officers_ward_and_says_who_took_it(telephone, officer):
    declared = said()
    answer = send(telephone, officer, declared)
    assert (answer.status_code, answer.json()["outcome"]) == (201, "accepted")
    row = Declaration.objects.get(external_id=declared["external_id"])
    assert (row.channel, row.unit, row.declarant_name) == ("officer", officer.unit, "Vũ Quang Đạt")
    assert Receipt.objects.get(declaration=row).user == officer


def test_the_page_of_a_declaration_names_the_officer(telephone, officer):
    pk = send(telephone, officer, said()).json()["id"]
    html = telephone.get(reverse("admin:cases_declaration_change", args=[pk])).content.decode()
    assert officer.full_name in html


def test_the_same_declaration_again_is_known(telephone, officer):
    declared = said()
    first, again = (send(telephone, officer, declared) for _time in range(2))
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    assert Declaration.objects.count() == 1


def test_another_content_under_the_same_id_is_refused_in_words(telephone, officer):
    declared = said()
    send(telephone, officer, declared)
    answer = send(telephone, officer, declared | {"usage_status": "stolen"})
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["message"]
    assert Declaration.objects.get().usage_status == "in_use_owner"


def test_what_is_wrong_is_told_by_field(telephone, officer):
    answer = send(telephone, officer, said(plate="", since="2999-01-01"))
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"plate", "since"}
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "3", '"x"', "{}", '{"external_id": 5}', '{"external_id": "KB1"}', "[[1]]"]
)
def test_what_the_page_does_not_send_is_refused(telephone, officer, body):
    answer = telephone.post(
        DECLARATIONS, body, "application/json", headers={"X-Door-Officer": str(officer.pk)}
    )
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_a_ward_cannot_be_chosen_by_the_telephone(telephone, officer):
    elsewhere = factories.unit()
    send(telephone, officer, said(ward_code=elsewhere.code, channel="ihanoi"))
    row = Declaration.objects.get()
    assert (row.unit, row.channel) == (officer.unit, "officer")


def test_photographs_follow_their_declaration_once(telephone, officer):
    declared = said()
    send(telephone, officer, declared)
    for _time in range(2):
        assert send_photograph(telephone, officer, declared["external_id"], picture()).status_code == 201
    (kept,) = Photograph.objects.all()
    assert kept.declaration.external_id == declared["external_id"]
    assert kept.user == officer


def test_a_script_is_no_photograph(telephone, officer):
    declared = said()
    send(telephone, officer, declared)
    answer = send_photograph(telephone, officer, declared["external_id"], b"<script>alert(1)</script>")
    assert (answer.status_code, answer.json()["error"]) == (422, "no_photograph")
    assert not Photograph.objects.exists()


def test_nobody_adds_photographs_to_what_another_officer_took(telephone, officer):
    declared = said()
    send(telephone, officer, declared)
    colleague = factories.user(unit=officer.unit)
    answer = send_photograph(factories.client(colleague), colleague, declared["external_id"], picture())
    assert answer.status_code == 404
    assert not Photograph.objects.exists()


def test_what_one_officer_kept_is_not_taken_from_another(telephone):
    other = factories.user()
    answer = send(telephone, other, said())
    assert (answer.status_code, answer.json()["error"]) == (409, "other_officer")
    assert not Declaration.objects.exists()


def test_a_lookup_is_on_the_trail_with_every_row_it_showed(telephone, officer):
    vehicle = registered(unit=officer.unit, plate="29-H1 123.45")
    answer = telephone.get(LOOKUP, {"q": "29H112345"})
    assert answer.json()["entries"][0]["title"] == "29-H1 123.45"
    assert "no-store" in answer["Cache-Control"]
    assert AuditEvent.objects.filter(
        kind="view", actor=officer, subject_type="vehicle", subject_id=vehicle.pk, detail={"door": True}
    ).exists()


def test_the_trail_does_not_hold_the_number_that_was_looked_up(telephone):
    telephone.get(LOOKUP, {"q": "001091084217"})
    assert "084217" not in str(AuditEvent.objects.get(kind="search").detail)


def test_a_name_is_not_looked_up(telephone):
    answer = telephone.get(LOOKUP, {"q": "Vũ Quang Đạt"})
    assert (answer.status_code, answer.json()["error"]) == (400, "not_a_number")


def test_the_page_tells_who_is_signed_in_and_the_time(telephone, officer):
    answer = telephone.get(OFFICER).json()
    assert (answer["id"], answer["name"]) == (officer.pk, str(officer))
    assert re.match(r"\d{4}-\d\d-\d\dT", answer["now"])


@pytest.mark.parametrize("role", list(Role))
def test_the_page_opens_for_those_who_may_declare(role):
    user = factories.user(role)
    may = role not in (Role.REGISTRAR, Role.AUDITOR, Role.ADMINISTRATOR)
    assert factories.client(user).get(PAGE).status_code == (200 if may else 403)
    assert factories.client(user).get(OFFICER).status_code == (200 if may else 403)
    assert (PAGE in factories.client(user).get(reverse("admin:password_change")).content.decode()) is may


def test_the_kept_page_holds_nobodys_data(telephone, officer):
    html = telephone.get(PAGE).content.decode()
    assert officer.full_name not in html
    assert officer.username not in html
    assert "csrfmiddlewaretoken" not in html


def test_who_is_not_signed_in_is_led_to_signing_in_and_back():
    answer = Client().get(PAGE)
    assert answer.status_code == 302
    assert answer.url == f"{reverse('admin:login')}?next={PAGE}"
    asked = Client().get(OFFICER)
    assert (asked.status_code, asked.json()["error"]) == (401, "signed_out")


def test_a_temporary_password_opens_nothing(officer):
    officer.set_temporary_password(factories.PASSWORD)
    officer.save()
    telephone = factories.client(officer)
    assert telephone.get(PAGE).url == reverse("admin:password_change")
    assert telephone.get(OFFICER).status_code == 403
    assert send(telephone, officer, said()).status_code == 403


def test_a_request_without_the_form_token_takes_nothing(officer):
    telephone = Client(enforce_csrf_checks=True)
    telephone.force_login(officer, backend="vehreg.accounts.backends.RoleBackend")
    assert send(telephone, officer, said()).status_code == 403
    assert not Declaration.objects.exists()


def test_signing_out_gives_another_form_token(telephone):
    before = telephone.get(OFFICER).cookies["csrftoken"].value
    telephone.post(reverse("admin:logout"))
    assert telephone.cookies["csrftoken"].value != before


def test_the_worker_keeps_every_file_the_page_is_made_of(telephone):
    script = telephone.get(reverse("door_worker")).content.decode()
    settings = json.loads(re.search(r"const DOOR = (.*);", script)[1])
    assert settings["page"] == PAGE
    assert settings["files"] == shell.addresses()
    html = telephone.get(PAGE).content.decode()
    wanted = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
    assert wanted
    assert wanted <= set(settings["files"])


def test_no_module_of_the_page_is_missing_from_what_is_kept():
    folder = {f"door/{path.name}" for path in (shell.found(shell.WORKER).parent).iterdir()}
    assert folder == {name for name in shell.FILES if name.startswith("door/")} | {shell.WORKER}
