"""The pages of confirmation: the queue, one declaration, a lot through its steps; who may, at what cost."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.confirmations.lots import lot_make, next_sampled
from cases.confirmations.rules import rule_in_force
from cases.confirmations.standing import seen_now
from cases.models import Confirmation, ConfirmationLot, VerificationCase
from cases.models.declaration import Waiting
from tests import factories
from tests.cases.confirmations.rows import again, done, easy_rule, judge_all, lot_of, plain, unmarked
from vehreg.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
# Jobs, and what a page sends in all, are seen outside of a test's own transaction.
committed = pytest.mark.django_db(transaction=True)

QUEUE = "admin:cases_confirmation_waiting"
MOST_IN_THE_QUEUE, MOST_ON_ONE = 10, 15


def page(name, *args):
    return reverse(f"admin:cases_{name}", args=args)


def one(declaration):
    return page("confirmation_one", declaration.pk)


def text(response):
    return html.unescape(response.content.decode())


def say(browser, declaration, word="confirmed", **more):
    data = {"seen": seen_now(declaration.pk), "word": word, "kind": declaration.waits or 1}
    return browser.post(one(declaration), data | more)


def statements(browser, address):
    browser.get(address)  # what a process remembers is known from then on
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return [query["sql"][:120] for query in queries]


def test_the_queue_shows_plain_ones_and_those_to_be_looked_at_apart(ward, officer):
    first, other = plain(ward), unmarked(ward)
    browser = factories.client(officer)
    plain_page = text(browser.get(reverse(QUEUE)))
    singly_page = text(browser.get(reverse(QUEUE), {"kind": Waiting.SINGLY.value}))
    assert first.declarant_name in plain_page
    assert other.declarant_name not in plain_page
    assert other.declarant_name in singly_page


def test_the_queue_of_a_ward_names_nobody_of_another(ward, officer):
    theirs = plain(factories.unit(), declarant_phone="0912345678")
    browser = factories.client(officer)
    assert one(theirs) not in text(browser.get(reverse(QUEUE)))
    assert browser.get(one(theirs)).status_code == 404
    assert say(browser, theirs).status_code == 404
    assert not Confirmation.objects.exists()


def test_the_city_chooses_a_ward(ward):
    ours, theirs = plain(ward), plain(factories.unit())
    browser = factories.client(factories.user("city_officer"))
    shown = text(browser.get(reverse(QUEUE), {"unit": ward.code}))
    assert one(ours) in shown
    assert one(theirs) not in shown


def test_enter_confirms_and_the_next_one_stands_there(ward, officer):
    first, second = plain(ward), plain(ward)
    answer = say(factories.client(officer), first)
    assert again(first).confirmed_at is not None
    assert answer["Location"].startswith(one(second))


def test_after_the_last_one_stands_the_empty_queue(ward, officer):
    browser = factories.client(officer)
    answer = say(browser, plain(ward))
    assert answer["Location"].startswith(reverse(QUEUE))
    assert browser.get(answer["Location"]).status_code == 200


def test_one_left_for_later_still_waits(ward, officer):
    first, second = plain(ward), plain(ward)
    answer = factories.client(officer).get(one(first), {"kind": "1", "later": "1"})
    assert answer["Location"].startswith(one(second))
    assert again(first).waits == Waiting.PLAIN


def test_a_second_click_goes_on_and_says_who_was_quicker(ward, officer):
    first, second = plain(ward), plain(ward)
    browser = factories.client(officer)
    seen = seen_now(first.pk)
    say(browser, first, seen=seen)
    answer = browser.post(one(first), {"seen": seen, "word": "confirmed"}, follow=True)
    assert Confirmation.objects.count() == 1
    assert str(officer) in text(answer)
    assert answer.redirect_chain[-1][0].startswith(one(second))


def test_what_changed_meanwhile_is_shown_again(ward, officer):
    declaration = plain(ward)
    answer = say(factories.client(officer), declaration, seen="older")
    assert answer["Location"].startswith(one(declaration))
    assert again(declaration).confirmed_at is None


def test_a_question_with_a_reason_opens_a_case(ward, officer):
    declaration = plain(ward)
    say(factories.client(officer), declaration, word="questioned", reason="Không ở địa chỉ này")
    case = VerificationCase.objects.get()
    shown = text(factories.client(officer).get(page("verificationcase_change", case.pk)))
    assert "Không ở địa chỉ này" in shown


def test_the_page_marks_the_syllables_that_differ(ward, officer):
    declaration = unmarked(ward)
    declaration.declarant_name = "Vũ Quang Đát"
    declaration.save()
    shown = text(factories.client(officer).get(one(declaration)))
    assert '<mark class="theirs">Đát</mark>' in shown


def test_who_confirms_sees_whole_numbers_and_who_looks_on_does_not(ward, officer):
    declaration = plain(ward)
    number = declaration.declarant_id
    assert number in text(factories.client(officer).get(one(declaration)))
    assert number not in text(factories.client(factories.user("auditor")).get(one(declaration)))


def test_a_look_and_a_word_are_on_the_trail_without_names(ward, officer):
    declaration = plain(ward)
    browser = factories.client(officer)
    browser.get(one(declaration))
    say(browser, declaration)
    events = AuditEvent.objects.filter(subject_type="declaration", subject_id=declaration.pk)
    assert list(events.order_by("pk").values_list("kind", flat=True)) == ["view", "change"]
    assert declaration.declarant_name not in str(list(events.values_list("detail", flat=True)))


def test_the_declaration_itself_tells_what_the_ward_said(ward, officer):
    declaration = plain(ward)
    browser = factories.client(officer)
    say(browser, declaration)
    assert str(officer) in text(browser.get(page("declaration_change", declaration.pk)))


@committed
def test_a_lot_from_the_queue_to_its_end_by_clicks(ward, officer, second, supervisor):
    easy_rule(supervisor)
    declarations = [plain(ward) for _number in range(12)]
    maker, judge = factories.client(officer), factories.client(second)
    made = maker.post(page("confirmationlot_make"), {"size": "12"})
    lot = ConfirmationLot.objects.get()
    assert made["Location"] == page("confirmationlot_change", lot.pk)
    # Who made it is led away from the sample, with the reason.
    assert page("confirmationlot_judge", lot.pk) not in text(maker.get(made["Location"]))
    assert maker.get(page("confirmationlot_judge", lot.pk)).status_code == 302
    while lot.state == "judging":
        assert judge.get(page("confirmationlot_judge", lot.pk)).status_code == 200
        sampled = next_sampled(lot, second)
        seen = seen_now(sampled.of.declaration_id)
        data = {"sampled": sampled.pk, "answer": "right", "seen": seen}
        judge.post(page("confirmationlot_judge", lot.pk), data)
        lot.refresh_from_db()
    assert done(lot).state == "confirmed"
    assert again(declarations[0]).confirmed_at is not None
    leader = factories.client(supervisor)
    assert "take_back" in text(leader.get(page("confirmationlot_change", lot.pk)))
    leader.post(page("confirmationlot_take_back", lot.pk), {"reason": "Xem vội"})
    lot.refresh_from_db()
    assert done(lot).state == "taken_back"
    assert "Xem vội" in text(leader.get(page("confirmationlot_change", lot.pk)))


@pytest.mark.parametrize("role", ["registrar", "administrator"])
def test_others_see_neither_queue_nor_lots(role, ward):
    browser = factories.client(factories.user(role))
    assert browser.get(reverse(QUEUE)).status_code == 403
    assert browser.get(page("confirmationlot_changelist")).status_code == 403


def test_who_may_only_look_is_refused_every_step(ward, officer):
    lot = lot_of(ward, officer, 30)
    browser = factories.client(factories.user("auditor"))
    assert browser.get(page("confirmationlot_change", lot.pk)).status_code == 200
    for step in ("judge", "give_up", "take_back"):
        assert browser.post(page(f"confirmationlot_{step}", lot.pk)).status_code == 403
    assert browser.post(page("confirmationlot_make"), {"size": "5"}).status_code == 403


@pytest.mark.parametrize("role", ["ward_officer", "city_officer"])
@committed
def test_the_pages_ask_as_much_for_many_as_for_few(role, ward, supervisor, officer):
    easy_rule(supervisor)
    few = [plain(ward) for _number in range(3)]
    user = factories.user(role, ward if role == "ward_officer" else None)
    browser = factories.client(user)
    lot = judge_all(lot_make(size=2, user=officer), supervisor, "wrong")
    addresses = (reverse(QUEUE), one(few[2]), page("confirmationlot_change", lot.pk))
    asked = [statements(browser, address) for address in addresses]
    for _number in range(12):
        plain(ward)
    assert [len(sent) for sent in asked] == [len(statements(browser, address)) for address in addresses]
    assert len(asked[0]) <= MOST_IN_THE_QUEUE, "\n".join(asked[0])
    assert len(asked[1]) <= MOST_ON_ONE, "\n".join(asked[1])


def test_the_city_sets_another_rule_and_nobody_else_does(ward, supervisor):
    figures = {"wrong_limit": "0.05", "confidence": "0.9", "allowed": "1", "most": "1000"}
    add = page("confirmationrule_add")
    assert factories.client(supervisor).post(add, figures).status_code == 403
    leader = factories.client(factories.user("city_supervisor"))
    assert leader.post(add, figures | {"wrong_limit": "0.5"}).status_code == 200
    assert leader.post(add, figures).status_code == 302
    rule = rule_in_force()
    assert (rule.wrong_limit, rule.confidence, rule.allowed, rule.most) == (0.05, 0.9, 1, 1000)
    assert AuditEvent.objects.filter(subject_type="confirmationrule", subject_id=rule.pk).exists()
