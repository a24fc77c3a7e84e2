"""An officer's word on one declaration, and who comes too late."""

import threading

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.db.utils import ProgrammingError

from cases.confirmations.deciding import ConfirmationRefused, declaration_confirm, declaration_question
from cases.confirmations.standing import seen_now
from cases.models import CaseEvent, Confirmation, Discrepancy, VerificationCase
from registry.models import Owner, Person
from tests import factories
from tests.cases.confirmations.rows import again, confirm, plain
from tests.cases.declarations.rows import declare
from tests.cases.rows import open_case
from vehreg.accounts.roles import Role

pytestmark = pytest.mark.django_db


def question(declaration, user, reason="Chữ ký không khớp"):
    return declaration_question(
        declaration=declaration, seen=seen_now(declaration.pk), user=user, reason=reason
    )


def test_a_confirmation_says_who_when_and_what_was_seen(ward, officer):
    declaration = plain(ward)
    seen = seen_now(declaration.pk)
    word = declaration_confirm(declaration=declaration, seen=seen, user=officer)
    assert (word.outcome, word.officer_name, word.unit, word.seen) == ("confirmed", str(officer), ward, seen)
    assert again(declaration).confirmed_at == word.at
    assert again(declaration).waits is None


def test_a_word_is_never_changed_nor_removed(ward, officer):
    word = confirm(plain(ward), officer)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Confirmation.objects.filter(pk=word.pk).update(outcome="questioned")
    with pytest.raises(ProgrammingError), transaction.atomic():
        word.delete()


def test_a_double_click_confirms_once(ward, officer):
    declaration = plain(ward)
    seen = seen_now(declaration.pk)
    declaration_confirm(declaration=declaration, seen=seen, user=officer)
    with pytest.raises(ConfirmationRefused):
        declaration_confirm(declaration=declaration, seen=seen, user=officer)
    assert Confirmation.objects.count() == 1


def test_whoever_comes_second_is_told_who_was_quicker(ward, officer, second):
    declaration = plain(ward)
    seen = seen_now(declaration.pk)
    declaration_confirm(declaration=declaration, seen=seen, user=officer)
    with pytest.raises(ConfirmationRefused, match=str(officer)):
        declaration_question(declaration=declaration, seen=seen, user=second, reason="Sai")
    assert not VerificationCase.objects.exists()


def test_what_was_replaced_meanwhile_is_not_confirmed(ward, officer):
    declaration = plain(ward)
    seen = seen_now(declaration.pk)
    declare(declaration.person, declaration.vehicle, unit=ward)
    with pytest.raises(ConfirmationRefused):
        declaration_confirm(declaration=again(declaration), seen=seen, user=officer)
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("changed", [Owner, Person])
def test_what_changed_in_a_register_meanwhile_is_to_be_looked_at_again(ward, officer, changed):
    declaration = plain(ward)
    seen = seen_now(declaration.pk)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {changed._meta.db_table} SET changed_at = changed_at + interval '1 s'")
    with pytest.raises(ConfirmationRefused):
        declaration_confirm(declaration=declaration, seen=seen, user=officer)
    assert confirm(declaration, officer).outcome == "confirmed"


def test_only_the_own_ward_confirms(ward):
    declaration = plain(ward)
    for user in (factories.user("ward_officer", factories.unit()), factories.user("city_supervisor")):
        with pytest.raises(ConfirmationRefused):
            confirm(declaration, user)


@pytest.mark.parametrize("role", [role for role in Role if not role.startswith("ward")])
def test_no_other_role_than_the_wards_confirms(role):
    assert not factories.user(role).has_perm("cases.confirm_declaration")


def test_a_question_needs_a_reason(ward, officer):
    with pytest.raises(ConfirmationRefused):
        question(plain(ward), officer, reason="  ")


def test_a_question_opens_a_case_of_the_ward_with_the_reason(ward, officer):
    declaration = plain(ward)
    question(declaration, officer)
    case = VerificationCase.objects.get()
    assert (case.register, case.subject_id, case.unit) == ("vehicle", declaration.vehicle_id, ward)
    assert case.kind == "declared_questioned"
    found = Discrepancy.objects.get()
    assert found.declaration == declaration
    assert found.evidence["note"] == "Chữ ký không khớp"
    step = CaseEvent.objects.get(move="questioned")
    assert (step.actor, step.reason) == (officer, "Chữ ký không khớp")
    assert again(declaration).questioned_at is not None
    assert again(declaration).waits is None


def test_a_question_joins_the_case_that_is_open(ward, officer):
    declaration = plain(ward)
    case = open_case(declaration.vehicle, register="vehicle", unit=ward, kind="chassis_missing")
    question(declaration, officer)
    assert VerificationCase.objects.get().pk == case.pk
    kinds = Discrepancy.objects.filter(case=case, state="open").values_list("kind", flat=True)
    assert set(kinds) == {"chassis_missing", "declared_questioned"}


def test_a_question_stays_when_something_else_is_declared(ward, officer):
    declaration = plain(ward)
    question(declaration, officer)
    declare(declaration.person, declaration.vehicle, unit=ward)
    assert VerificationCase.objects.get().state == "open"
    assert Discrepancy.objects.get().state == "open"


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_give_one_word(ward, officer, second):
    declaration = plain(ward)
    seen = seen_now(declaration.pk)
    together, said = threading.Barrier(2), []

    def speak(user):
        try:
            together.wait()
            word = declaration_confirm(declaration=declaration, seen=seen, user=user)
            said.append(word.outcome)
        except ConfirmationRefused:
            said.append("refused")
        finally:
            connection.close()

    officers = [threading.Thread(target=speak, args=(user,)) for user in (officer, second)]
    for thread in officers:
        thread.start()
    for thread in officers:
        thread.join()
    assert sorted(said) == ["confirmed", "refused"]
    assert Confirmation.objects.count() == 1


def test_a_declaration_somebody_confirmed_is_not_removed(ward, officer):
    declaration = plain(ward)
    confirm(declaration, officer)
    with pytest.raises(ProtectedError):
        declaration.delete()
