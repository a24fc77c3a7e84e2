import pytest

from tests import factories
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

pytestmark = pytest.mark.django_db


def test_an_auditor_finds_what_an_officer_did() -> None:
    officer = factories.user("ward_officer", full_name="Nguyễn Thị Hòa")
    record(AuditEvent.Kind.VIEW, user=officer, subject_type="vehicle", subject_id=5)
    record(AuditEvent.Kind.VIEW, user=factories.user("city_officer"), subject_type="vehicle", subject_id=6)
    client = factories.client(factories.user("auditor"))
    rows = client.get("/admin/audit/auditevent/", {"q": "thị hòa"}).context_data["cl"].result_list
    assert [row.subject_id for row in rows] == [5]
    rows = client.get("/admin/audit/auditevent/?subject_type__exact=vehicle&subject_id__exact=6")
    assert [row.subject_id for row in rows.context_data["cl"].result_list] == [6]


def test_an_event_shows_its_detail_with_nothing_run_as_html() -> None:
    event = record(AuditEvent.Kind.SEARCH, detail={"text": "<script>x</script>", "filter": {"kind": "car"}})
    page = factories.client(factories.user("auditor")).get(f"/admin/audit/auditevent/{event.pk}/change/")
    assert "&lt;script&gt;" in page.content.decode()
    assert "kind: car" in page.content.decode()


def test_reading_the_trail_adds_nothing_to_it() -> None:
    event = record(AuditEvent.Kind.SEARCH)
    client = factories.client(factories.user("auditor"))
    before = AuditEvent.objects.count()
    client.get(f"/admin/audit/auditevent/{event.pk}/change/")
    client.get("/admin/audit/auditevent/", {"q": "abc"})
    assert AuditEvent.objects.count() == before
