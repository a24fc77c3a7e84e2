"""The pages of releases, as supervisors and auditors meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.admin import release_class
from cases.models import Release, ReleaseCase, ReleaseClass, ReviewPair
from cases.releases import lots
from cases.releases.rules import from_json
from tests import factories
from tests.cases.releases import rows
from vehreg.accounts.roles import Role
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)

FORM = {
    "name": "Số cũ, tên trùng",
    "kinds": ["verified_former_id"],
    "registers": ["owner"],
    "min_score": "90",
    "max_vehicles": "2",
    "level_name": ["same", "case"],
    "wrong_limit": "2",
    "confidence": "95",
    "allowed": "1",
}


def page(name, *args):
    return reverse(f"admin:cases_{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.fixture
def accepted(ward, drawer):
    rows.former_cases(ward, 3)
    return rows.settle(rows.draw(drawer))


def test_the_list_of_classes_says_how_many_cases_each_holds_now(ward, drawer):
    rows.former_cases(ward, 3)
    answer = factories.client(drawer).get(page("releaseclass_changelist"))
    sizes = {row.code: row.lot for row in answer.context_data["cl"].result_list}
    assert sizes == {"verified_former_id": 3, "name_variant": 0}


def test_the_list_of_classes_counts_large_ones_only_so_far(ward, drawer, monkeypatch):
    monkeypatch.setattr(release_class, "MOST", 2)
    rows.former_cases(ward, 4)
    assert "hơn 2" in text(factories.client(drawer).get(page("releaseclass_changelist")))


def test_a_class_whose_lot_is_not_counted_in_time_is_listed_and_may_be_drawn(ward, drawer, monkeypatch):
    rows.former_cases(ward, 3)
    monkeypatch.setattr(lots, "_SIZES_MS", 1)
    monkeypatch.setattr(lots, "_OPEN", lots._OPEN.replace("FROM cases_ver", "FROM pg_sleep(1), cases_ver"))
    browser = factories.client(drawer)
    assert "chưa đếm" in text(browser.get(page("releaseclass_changelist")))
    one = ReleaseClass.objects.get(code="verified_former_id")
    assert browser.get(page("releaseclass_change", one.pk)).context_data["may_draw"]


def test_a_class_is_defined_in_a_form_without_sql(ward, drawer):
    browser = factories.client(drawer)
    answer = browser.post(page("releaseclass_add"), FORM | {"units": [ward.code]})
    made = ReleaseClass.objects.get(name=FORM["name"])
    assert answer.url == page("releaseclass_change", made.pk)
    rule = from_json(made.rule)
    assert (rule.kinds, rule.registers, rule.min_score) == (("verified_former_id",), ("owner",), 0.9)
    assert (rule.max_vehicles, rule.units) == (2, (ward.code,))
    assert rule.levels == {"name": ("same", "case")}
    assert (made.wrong_limit, made.confidence, made.allowed, made.made_by) == (0.02, 0.95, 1, drawer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kinds": []},
        {"kinds": ["ambiguous"]},
        {"registers": ["vehicle"]},
        {"min_score": "101"},
        {"level_name": ["'; DROP TABLE"]},
        {"units": ["nowhere"]},
        {"wrong_limit": "20"},
        {"confidence": "50"},
        {"allowed": "9"},
        {"name": " "},
    ],
)
def test_a_class_that_makes_no_sense_is_not_saved(wrong, ward, drawer):
    answer = factories.client(drawer).post(page("releaseclass_add"), FORM | wrong)
    assert answer.status_code == 200
    assert not ReleaseClass.objects.exclude(made_by=None).exists()


def test_a_change_makes_the_next_version_and_starts_from_what_stands(ward, drawer):
    browser = factories.client(drawer)
    old = rows.own_class(drawer, min_score=0.9, levels={"name": ("same",)})
    shown = browser.get(page("releaseclass_rule", old.pk)).context_data["form"]
    assert (shown["min_score"].value(), list(shown["level_name"].value())) == (90, ["same"])
    browser.post(page("releaseclass_rule", old.pk), FORM)
    assert ReleaseClass.objects.get(code=old.code, version=2).rule["max_vehicles"] == 2
    assert "v2" in text(browser.get(page("releaseclass_change", old.pk)))


def test_from_draw_to_take_back_by_clicks(ward, drawer, second):
    rows.former_cases(ward, 3)
    first, other = factories.client(drawer), factories.client(second)
    made = rows.own_class(drawer)
    there = first.post(page("releaseclass_draw", made.pk)).url
    release = Release.objects.get()
    assert there == page("release_change", release.pk)
    rows.done(release.job)
    assert "3" in text(first.get(there))
    ReviewPair.objects.filter(sample=Release.objects.get().sample_id).update(outcome="match", judged=2)
    assert first.get(there).context_data["release"].state == "accepted"
    assert not first.get(there).context_data["release_url"]
    go = other.get(there).context_data["release_url"]
    assert other.get(go).status_code == 200
    other.post(go)
    rows.done(Release.objects.get().job)
    back = first.get(there).context_data["take_back_url"]
    assert first.get(back).context_data["preview"].restored == 3
    first.post(back, {"reason": "Thử"})
    rows.done(Release.objects.get().job)
    assert Release.objects.get().state == "taken_back"
    actions = AuditEvent.objects.filter(kind="change", subject_type="release").order_by("id")
    assert [event.detail["action"] for event in actions] == ["draw", "release", "take_back"]


def test_a_second_click_on_release_says_that_the_step_is_taken(accepted, second):
    browser = factories.client(second)
    for _time in range(2):
        answer = browser.post(page("release_release", accepted.pk), follow=True)
    assert answer.status_code == 200
    assert list(
        answer.context_data["messages"] if "messages" in answer.context_data else answer.context["messages"]
    )
    rows.done(Release.objects.get().job)
    assert Release.objects.get().counts == {"released": 3}


def test_who_drew_is_told_why_not(accepted, drawer):
    shown = factories.client(drawer).get(page("release_change", accepted.pk)).context_data
    assert shown["refused"]
    assert factories.client(drawer).get(page("release_release", accepted.pk)).status_code == 302
    factories.client(drawer).post(page("release_release", accepted.pk))
    assert Release.objects.get().state == "accepted"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.WARD_SUPERVISOR, Role.CITY_OFFICER, Role.REGISTRAR])
def test_others_look_at_most(role, accepted, ward):
    user = factories.user(role, ward if role.startswith("ward") else None)
    browser = factories.client(user)
    sees = 200 if role == Role.AUDITOR else 403
    for address in (page("release_change", accepted.pk), page("release_cases", accepted.pk),
                    page("release_changelist"), page("releaseclass_changelist"),
                    page("releaseclass_change", accepted.release_class_id)):  # fmt: skip
        assert browser.get(address).status_code == sees, address
    for address in (page("release_release", accepted.pk), page("release_take_back", accepted.pk),
                    page("release_give_up", accepted.pk), page("releaseclass_add"),
                    page("releaseclass_draw", accepted.release_class_id),
                    page("releaseclass_rule", accepted.release_class_id)):  # fmt: skip
        assert browser.post(address, {"reason": "x"}).status_code == 403, address
    assert Release.objects.get().state == "accepted"


def test_examples_hide_numbers_until_a_purpose_is_stated(accepted, drawer):
    browser = factories.client(drawer)
    person = ReleaseCase.objects.filter(release=accepted).first().person
    address = page("release_change", accepted.pk)
    assert person.personal_id not in text(browser.get(address))
    browser.post(reverse("admin:reveal"), {"purpose": "inspection", "next": address})
    assert person.personal_id in text(browser.get(address))


def test_a_look_at_a_release_is_on_the_trail(accepted):
    auditor = factories.user(Role.AUDITOR)
    browser = factories.client(auditor)
    browser.get(page("release_change", accepted.pk))
    browser.get(page("release_cases", accepted.pk))
    looks = AuditEvent.objects.filter(actor=auditor, kind="view", subject_type="release")
    assert looks.count() == 2


def test_the_cases_of_a_lot_are_turned_by_key(ward, drawer, second, monkeypatch):
    monkeypatch.setattr("cases.admin.release_cases.ROWS", 2)
    cases = rows.former_cases(ward, 5)
    release = rows.settle(rows.draw(drawer))
    for case in cases[:2]:
        type(case).objects.filter(pk=case.pk).update(version=9)
    rows.let_go(release, second)
    browser = factories.client(drawer)
    address = page("release_cases", release.pk)
    first = browser.get(address).context_data
    rest = browser.get(address, {"after": first["next"]}).context_data
    assert [len(shown["panel"].rows) for shown in (first, rest)] == [2, 2]
    assert first["previous"] is None
    assert rest["previous"]
    left = browser.get(address, {"state": "skipped"}).context_data["panel"].rows
    assert [row[0].text for row in left] == [case.number for case in cases[:2]]


def test_pages_take_few_queries_however_many_lots_and_cases(ward, drawer, second):
    rows.former_cases(ward, 25)
    release = rows.released(drawer, second)
    for _time in range(4):
        rows.own_class(drawer)
    browser = factories.client(drawer)
    for address, most in (
        (page("releaseclass_changelist"), 12),
        (page("release_changelist"), 10),
        (page("release_change", release.pk), 16),
        (page("release_cases", release.pk), 10),
    ):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= most, (address, len(asked), asked)
