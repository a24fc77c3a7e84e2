"""What becomes of items that are sent in: stored, known, contradicted, refused."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import timezone, translation

from cases.declarations.job import NAME
from cases.intake.services import Outcome, receive
from cases.models import Declaration, Receipt, RefusedDeclaration
from tests import factories
from tests.cases.intake.items import NUMBER, of_licence, of_vehicle
from vehreg.clients.services import create_client
from vehreg.jobs.models import Job

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def one(item: Any, **sender: Any) -> Any:
    (received,) = receive([item], channel="ihanoi", **sender)
    return received


def faults(received: Any) -> set[tuple[str, str]]:
    return {(error.field, error.code) for error in received.errors}


def test_an_accepted_item_stands_as_a_row_of_a_file_would() -> None:
    ward = factories.unit()
    received = one(of_vehicle(ward_code=ward.code, declarant_name="  NguyÔn V¨n Hoµ ", plate="29h1-012.34"))

    declaration = Declaration.objects.get(pk=received.declaration)
    assert received.outcome is Outcome.ACCEPTED
    assert (declaration.channel, declaration.unit, declaration.state) == ("ihanoi", ward, "received")
    assert declaration.declarant_name == "Nguyễn Văn Hoà"
    assert declaration.received == {"declarant_name": "NguyÔn V¨n Hoµ"}
    assert declaration.plate_key == "29H101234"
    assert declaration.declared_at == datetime(2025, 11, 20, 8, 15, tzinfo=HANOI)


def test_vietnamese_words_are_understood() -> None:
    item = of_vehicle(subject="Xe", vehicle_kind="Ô tô", usage_status="Đã bán", plate="30A-123.45")
    declaration = Declaration.objects.get(pk=one(item).declaration)
    assert (declaration.vehicle_kind, declaration.usage_status) == ("car", "sold_not_transferred")


def test_the_receipt_names_who_sent_it() -> None:
    client, _secret = create_client(name="iHanoi", channel="ihanoi")
    officer = factories.user()
    sent, typed = one(of_vehicle(), client=client), one(of_vehicle(), user=officer)
    assert Receipt.objects.get(pk=sent.declaration).client == client
    assert Receipt.objects.get(pk=typed.declaration).user == officer


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        (of_vehicle(usage_status="gone"), ("usage_status", "choice_unknown")),
        (of_vehicle(vehicle_kind="boat"), ("vehicle_kind", "choice_unknown")),
        (of_vehicle(subject="ship"), ("subject", "choice_unknown")),
        (of_vehicle(plate=None), ("plate", "missing")),
        (of_vehicle(plate="  "), ("plate", "missing")),
        (of_vehicle(plate="mất biển"), ("plate", "plate_unreadable")),
        (of_licence(licence_number=None), ("licence_number", "missing")),
        (of_vehicle(external_id=None), ("external_id", "missing")),
        (of_vehicle(external_id="x" * 65), ("external_id", "too_long")),
        (of_vehicle(declarant_name=""), ("declarant_name", "missing")),
        (of_vehicle(declared_at="2025-02-30T08:00"), ("declared_at", "timestamp_unreadable")),
        (of_vehicle(since="gestern"), ("since", "date_unreadable")),
        (of_vehicle(since="2199-01-01"), ("since", "date_in_future")),
        (of_vehicle(declarant_id="không có"), ("declarant_id", "id_unreadable")),
        (of_vehicle(declarant_id="1.09108E+11"), ("declarant_id", "digits_lost")),
        (of_vehicle(channel="organisation"), ("channel", "channel_other")),
        (of_vehicle(plate=29), ("plate", "not_text")),
        (of_vehicle(plate=10**400), ("plate", "not_text")),
        (of_vehicle(note={"a": [1]}), ("note", "not_text")),
        (of_vehicle(note="a\0b"), ("note", "characters")),
        (of_vehicle(note="\ud800"), ("note", "characters")),
        (of_vehicle(note="x" * 10_001), ("note", "field_too_long")),
        (["plate"], ("", "not_an_object")),
        ("plate", ("", "not_an_object")),
        (None, ("", "not_an_object")),
    ],
)
def test_what_is_wrong_is_told_by_field_and_nothing_is_stored(item: Any, fault: tuple[str, str]) -> None:
    received = one(item)
    assert received.outcome is Outcome.REFUSED
    assert fault in faults(received)
    assert not Declaration.objects.exists()


def test_an_item_is_told_everything_that_is_wrong_with_it() -> None:
    received = one(of_vehicle(plate=None, usage_status="gone", declared_at=5))
    assert faults(received) == {
        ("plate", "missing"), ("usage_status", "choice_unknown"), ("declared_at", "not_text"),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_sentences_are_in_the_readers_language(language: str) -> None:
    with translation.override(language):
        (error,) = one(of_vehicle(plate=None)).errors
        name, code, message = error
        assert (name, code) == ("plate", "missing")
        assert message == ("Trường này là bắt buộc." if language == "vi" else "This field is mandatory.")


@pytest.mark.parametrize(("minutes", "accepted"), [(5, True), (15, False)])
def test_a_clock_may_be_a_little_ahead(minutes: int, accepted: bool) -> None:
    moment = (timezone.now() + timedelta(minutes=minutes)).isoformat()
    received = one(of_vehicle(declared_at=moment))
    assert (received.outcome is Outcome.ACCEPTED) is accepted
    assert faults(received) == (set() if accepted else {("declared_at", "date_in_future")})


@pytest.mark.parametrize(
    ("item", "age", "accepted"),
    [(of_vehicle, 15, True), (of_vehicle, 14, False), (of_licence, 16, True), (of_licence, 15, False)],
)
def test_who_is_too_young_by_the_number_cannot_declare(item: Any, age: int, accepted: bool) -> None:
    born = timezone.localdate().year - age
    number = f"001{(born // 100 - 19) * 2}{born % 100:02d}084217"
    received = one(item(declarant_id=number))
    assert (received.outcome is Outcome.ACCEPTED) is accepted
    assert faults(received) == (set() if accepted else {("declarant_id", "under_age")})


@pytest.mark.parametrize("number", ["012345678", "A01234567", None])
def test_a_number_that_tells_no_year_keeps_nobody_out(number: str | None) -> None:
    assert one(of_vehicle(declarant_id=number)).outcome is Outcome.ACCEPTED


def test_a_plate_of_another_province_is_taken() -> None:
    assert one(of_vehicle(plate="36-B5 123.45")).outcome is Outcome.ACCEPTED


def test_what_hinders_nobody_is_noticed_only() -> None:
    received = one(of_vehicle(declarant_phone="không", ward_code="99999", note="x" * 3000, app_version="7"))
    assert received.outcome is Outcome.ACCEPTED
    noticed = {(notice.field, notice.code) for notice in received.notices}
    assert noticed == {
        ("declarant_phone", "phone_unreadable"), ("note", "too_long"), ("app_version", "field_unknown"),
        ("ward_code", "ward_unknown"),
    }  # fmt: skip
    kept = Declaration.objects.get(pk=received.declaration).received
    assert kept["ward_code"] == "99999"
    assert len(kept["note"]) == 3000


def test_fields_nobody_knows_are_left_out_whatever_they_hold() -> None:
    junk = {f"a\0{n}": [{"b\0": 10**400}] for n in range(50)}
    received = one(of_vehicle(**junk))
    assert received.outcome is Outcome.ACCEPTED
    assert [notice.field for notice in received.notices] == [f"a\ufffd{n}" for n in range(5)]
    assert Declaration.objects.get().received is None


def test_one_broken_item_of_a_thousand_keeps_no_other_out() -> None:
    items = [of_vehicle() for _item in range(1000)]
    items[417]["plate"] = None
    found = receive(items, channel="ihanoi")
    assert [one.index for one in found] == list(range(1000))
    assert [one.index for one in found if one.outcome is not Outcome.ACCEPTED] == [417]
    assert Declaration.objects.count() == 999
    stored = dict(Declaration.objects.values_list("pk", "external_id"))
    assert all(stored[one.declaration] == one.external_id for one in found if one.declaration)


def test_the_same_again_is_known_and_writes_nothing() -> None:
    item = of_vehicle(declarant_name="NguyÔn V¨n Hoµ", app_version="7")
    first, again = one(item), one(dict(reversed(item.items())))
    assert (again.outcome, again.declaration, again.errors) == (Outcome.KNOWN, first.declaration, [])
    assert Declaration.objects.count() == 1
    assert not RefusedDeclaration.objects.exists()


def test_the_same_id_with_other_content_is_refused_and_both_are_kept() -> None:
    client, _secret = create_client(name="iHanoi", channel="ihanoi")
    item = of_vehicle()
    first = one(item)
    for _time in range(2):
        other = one(item | {"usage_status": "stolen"}, client=client)
        assert other.outcome is Outcome.CONFLICT
        assert faults(other) == {("external_id", "same_id_other_content")}
    assert Declaration.objects.get().usage_status == "in_use_owner"
    refused = RefusedDeclaration.objects.get()
    assert (refused.declaration_id, refused.client) == (first.declaration, client)
    assert refused.content["usage_status"] == "stolen"


def test_another_channel_has_ids_of_its_own() -> None:
    item = of_vehicle()
    receive([item], channel="ihanoi")
    (other,) = receive([item | {"usage_status": "stolen"}], channel="officer")
    assert other.outcome is Outcome.ACCEPTED


def test_within_a_batch_the_first_counts() -> None:
    item = of_vehicle()
    found = receive([item, item, item | {"usage_status": "lost"}], channel="ihanoi")
    assert [one.outcome for one in found] == [Outcome.ACCEPTED, Outcome.KNOWN, Outcome.CONFLICT]
    assert len({one.declaration for one in found}) == 1


def test_a_declaration_that_was_reconciled_is_still_known() -> None:
    item = of_vehicle()
    first = one(item)
    Declaration.objects.filter(pk=first.declaration).update(
        state="unknown", finding={"entry": "none"}, reconciled_at=timezone.now()
    )
    assert one(item).outcome is Outcome.KNOWN


def test_many_declarations_ring_for_one_job(broker: Any, django_capture_on_commit_callbacks: Any) -> None:
    caches["memory"].clear()
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(3):
            one(of_vehicle())
    assert Job.objects.filter(kind=NAME, state="queued").count() == 1


def test_nothing_new_rings_for_nobody(broker: Any, django_capture_on_commit_callbacks: Any) -> None:
    item = of_vehicle()
    one(item)
    caches["memory"].clear()
    with django_capture_on_commit_callbacks(execute=True):
        one(item)
        one(of_vehicle(plate=None))
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_commits_itself_and_refuses_to_stand_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        receive([of_vehicle()], channel="ihanoi")


@pytest.mark.django_db(transaction=True)
def test_the_same_batch_from_several_sides_is_stored_once(broker: Any) -> None:
    items = [of_vehicle() for _item in range(200)]
    start = threading.Barrier(4)
    outcomes: list[Outcome] = []

    def send(order: int) -> None:
        start.wait()
        try:
            found = receive(items[::order], channel="ihanoi")
            outcomes.extend(one.outcome for one in found)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[order]) for order in (1, -1, 1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Declaration.objects.count() == 200
    assert outcomes.count(Outcome.ACCEPTED) == 200
    assert outcomes.count(Outcome.KNOWN) == 600
    assert NUMBER not in str(Job.objects.values())


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_meets_a_file_with_the_same_ids_goes_second(broker: Any) -> None:
    first, second = of_vehicle(), of_vehicle()
    found: list[Outcome] = []

    def send() -> None:
        try:
            found.extend(one.outcome for one in receive([first, second], channel="ihanoi"))
        finally:
            connection.close()

    def load(item: dict[str, Any]) -> None:
        Declaration.objects.create(
            channel="ihanoi", **item | {"declared_at": datetime.fromisoformat(item["declared_at"])}
        )

    sender = threading.Thread(target=send)
    with transaction.atomic():
        load(second)
        sender.start()
        _wait_until_another_waits_for_me()
        load(first)
    sender.join()

    assert found == [Outcome.KNOWN, Outcome.KNOWN]
    assert Declaration.objects.count() == 2


def _wait_until_another_waits_for_me() -> None:
    waits = """
        SELECT EXISTS (SELECT FROM pg_locks AS mine JOIN pg_locks AS wanted USING (transactionid)
                       WHERE mine.pid = pg_backend_pid() AND NOT wanted.granted)"""
    with connection.cursor() as cursor:
        for _moment in range(200):
            cursor.execute(waits)
            if cursor.fetchone() == (True,):
                return
            time.sleep(0.05)
    raise AssertionError("the batch does not wait for the file")
