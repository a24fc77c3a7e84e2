"""The officer's desk as its users meet it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import VerificationCase
from cases.models.case import CaseState
from registry.models import Owner
from tests import factories
from tests.cases.rows import open_case, propose_person
from vehreg.accounts.models import Unit
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db

QUEUE = "admin:cases_verificationcase_changelist"


@pytest.fixture
def ward():
    factories.unit(kind=Unit.Kind.CITY, name="Công an thành phố Hà Nội")
    return factories.unit(name="Phường Giảng Võ")


@pytest.fixture
def officer(ward):
    return factories.user(Role.WARD_OFFICER, ward)


@pytest.fixture
def person():
    return factories.person(full_name="Vũ Quang Đạt", personal_id="001091084217")


@pytest.fixture
def case(ward, person):
    owner = factories.owner(name="VŨ QUANG ĐAT", id_number="001091048217", unit=ward, vehicle_count=1)
    factories.vehicle(owner=owner, unit=ward, plate="29-H1 123.45")
    return open_case(owner, unit=ward, person=person)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def page_of(case):
    return reverse("admin:cases_verificationcase_change", args=[case.pk])


def move(client, case, name, **fields):
    return client.post(
        reverse("admin:cases_verificationcase_move", args=[case.pk]),
        {"move": name, "version": case.version, **fields},
        follow=True,
    )


def shown(response):
    return [case.pk for case in response.context["cases"]]


def test_the_queue_opens_on_my_ward_mine_or_nobodys_most_urgent_first(desk, ward, officer):
    later = open_case(unit=ward, priority=3)
    urgent = open_case(unit=ward, priority=1)
    mine = open_case(unit=ward, priority=2, assignee=officer, state=CaseState.ASSIGNED)
    open_case(unit=ward, assignee=factories.user(Role.WARD_OFFICER, ward), state=CaseState.ASSIGNED)
    open_case(priority=1)  # another ward's
    assert shown(desk.get(reverse(QUEUE))) == [urgent.pk, mine.pk, later.pk]


@pytest.mark.parametrize("text", ["29-H1 123.45", "29h112345", "001091048217", "vu quang dat", "VŨ QUANG"])
def test_the_search_box_knows_plates_numbers_and_folded_names(desk, case, text):
    open_case(factories.owner(name="Trần Thị Mai", unit=case.unit), unit=case.unit)
    assert shown(desk.get(reverse(QUEUE), {"q": text})) == [case.pk]


def test_the_search_box_knows_a_case_number(desk, case):
    assert shown(desk.get(reverse(QUEUE), {"q": case.number.lower()})) == [case.pk]


def test_a_search_is_on_the_trail_without_the_whole_number(desk, case):
    desk.get(reverse(QUEUE), {"q": "001091048217"})
    event = AuditEvent.objects.get(kind="search")
    assert "048217" not in str(event.detail)


def test_another_wards_case_does_not_exist_for_an_officer(desk):
    foreign = open_case(person=factories.person())
    assert desk.get(page_of(foreign)).status_code == 404
    assert move(desk, foreign, "take").status_code == 404
    assert VerificationCase.objects.get(pk=foreign.pk).state == CaseState.OPEN


def test_the_page_shows_both_registers_with_the_difference_marked(desk, case):
    html = desk.get(page_of(case)).content.decode()
    assert '<mark class="ours">ĐAT</mark>' in html
    assert '<mark class="theirs">Đạt</mark>' in html
    assert "0010910" in html
    assert '<mark class="ours">48</mark>' in html


def test_opening_a_case_is_on_the_trail(desk, case, officer):
    desk.get(page_of(case))
    assert AuditEvent.objects.filter(
        kind="view", subject_type="verificationcase", subject_id=case.pk, actor=officer
    ).exists()


def test_an_auditor_sees_the_numbers_masked(client, case):
    client.force_login(factories.user(Role.AUDITOR))
    html = client.get(page_of(case)).content.decode()
    assert "001091048217" not in html
    assert "001091084217" not in html


def test_from_proposal_to_approval_by_two_people(desk, client, case, person, ward):
    proposed = move(desk, case, "propose", disposition="link_person", person=person.pk)
    assert proposed.status_code == 200
    case = VerificationCase.objects.get(pk=case.pk)
    assert case.state == CaseState.PROPOSED
    client.force_login(factories.user(Role.WARD_SUPERVISOR, ward))
    move(client, case, "approve")
    assert VerificationCase.objects.get(pk=case.pk).state == CaseState.CLOSED
    assert Owner.objects.get(pk=case.subject_id).name == "Vũ Quang Đạt"


def test_after_a_proposal_the_officer_stands_before_the_next_case_of_the_queue(desk, case, person, ward):
    following = open_case(unit=ward, priority=case.priority, kind="ambiguous")
    other = open_case(unit=ward, kind="deceased")
    response = move(desk, case, "propose", disposition="link_person", person=person.pk, kind="ambiguous")
    assert response.context["case"].pk == following.pk
    assert other.pk != following.pk


def test_previous_and_next_stay_inside_the_filter(desk, ward):
    first, second, third = (open_case(unit=ward, kind=kind) for kind in ("id_typo", "ambiguous", "id_typo"))
    response = desk.get(page_of(first) + "?kind=id_typo")
    assert response.context["following"].pk == third.pk
    assert response.context["previous"] is None
    assert second.kind == "ambiguous"


def test_a_page_out_of_date_is_refused_in_words(desk, case):
    move(desk, case, "take")
    response = move(desk, case, "verify")  # the version of before
    assert any(
        "Somebody else" in str(message) or "khác" in str(message) for message in response.context["messages"]
    )
    assert VerificationCase.objects.get(pk=case.pk).state == CaseState.ASSIGNED


def test_moves_are_posts(desk, case):
    assert desk.get(reverse("admin:cases_verificationcase_move", args=[case.pk])).status_code == 405


def test_a_move_nobody_knows_is_refused(desk, case):
    assert move(desk, case, "close").status_code == 403
    assert move(desk, case, "withdraw").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_queue_costs_the_same_whatever_it_holds(desk, ward, django_assert_max_num_queries):
    for _time in range(8):
        open_case(unit=ward)
    desk.get(reverse(QUEUE))
    with django_assert_max_num_queries(10):
        desk.get(reverse(QUEUE))


@pytest.mark.django_db(transaction=True)
def test_a_case_page_takes_few_queries(desk, case, person, django_assert_max_num_queries):
    verdict = propose_person(open_case(unit=case.unit), *(factories.person() for _time in range(5)))
    other = VerificationCase.objects.get(register="owner", subject_id=verdict.subject_id)
    desk.get(page_of(case))
    with django_assert_max_num_queries(15):
        desk.get(page_of(other))


def test_the_waterfall_stands_as_a_table_beside_the_candidate(desk, case):
    html = desk.get(page_of(case)).content.decode()
    fall = html[html.index('class="fall"') : html.index("</details>", html.index('class="fall"'))]
    assert "<table>" in fall
    assert "margin-left:" in fall
    assert "+14" in fall
    assert "98" in fall


def test_an_attachment_must_be_what_it_says(desk, case):
    script = SimpleUploadedFile("anh.jpg", b"<script>alert(1)</script>", "image/jpeg")
    desk.post(
        reverse("admin:cases_verificationcase_note", args=[case.pk]), {"text": "ảnh", "attachment": script}
    )
    assert not case.notes.exists()
    picture = SimpleUploadedFile("giấy bán xe.png", b"\x89PNG\r\n\x1a\n0000", "image/png")
    desk.post(
        reverse("admin:cases_verificationcase_note", args=[case.pk]), {"text": "ảnh", "attachment": picture}
    )
    note = case.notes.get()
    download = desk.get(reverse("admin:cases_verificationcase_attachment", args=[note.pk]))
    assert download["Content-Disposition"].startswith("attachment")


def test_an_attachment_of_another_ward_cannot_be_fetched(client, desk, case):
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n0000", "image/png")
    desk.post(reverse("admin:cases_verificationcase_note", args=[case.pk]), {"attachment": picture})
    client.force_login(factories.user(Role.WARD_OFFICER))
    url = reverse("admin:cases_verificationcase_attachment", args=[case.notes.get().pk])
    assert client.get(url).status_code == 404


def test_a_person_the_machine_did_not_find_is_named_by_number(desk, ward):
    case = open_case(unit=ward, kind="no_candidate")
    found = factories.person(full_name="Vũ Quang Đạt", personal_id="001091777888")
    move(desk, case, "propose", disposition="link_person", person_number="001 091 777 888")
    assert VerificationCase.objects.get(pk=case.pk).person == found


def test_a_number_nobody_has_is_refused_in_words(desk, ward):
    case = open_case(unit=ward, kind="no_candidate")
    move(desk, case, "propose", disposition="link_person", person_number="001091000999")
    assert VerificationCase.objects.get(pk=case.pk).state == CaseState.OPEN


def test_ids_beyond_a_thousand_stand_in_forms_without_separators(desk, ward):
    person = factories.person(pk=1_234_567)
    case = open_case(unit=ward, person=person)
    assert 'data-choose="1234567"' in desk.get(page_of(case)).content.decode()
